"""Overlay: the pill that shows you are heard. It never has the focus, can be clicked only where it offers something,
and costs nothing unseen.

It stands near the bottom (or top) of the screen that the cursor's window is on.

On Wayland no client may place a window: a plain one would be put anywhere and be given the focus. There the pill is a
picture on the compositor's layer above all windows, where it has one (not GNOME). Else the tray's icon and messages say
the same, and without a tray messages of the desktop's.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from dictation.core.errors import DictationError
from dictation.core.events import Progress, SettingsChanged, Taught
from dictation.core.ports import PictureLayer
from dictation.core.types import Degraded, Event, Finished, Notice, Purpose, State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.fields.level_meter import POLL_MS, LevelMeter
from dictation.ui.overlay import outcome_words, overlay_text
from dictation.ui.overlay.layer_pill import LayerPill
from dictation.ui.overlay.overlay_text import Course, Message, Sign
from dictation.ui.overlay.pill_window import PillWindow
from dictation.ui.overlay.stand_in import StandIn
from dictation.ui.overlay.surface import placeable, screen_at

STEP_MS = 300
"""One step of the three dots while thinking."""


class Overlay(QObject):
    """Follows the bridge. The window is made when it is first needed."""

    asked = Signal(str)
    """Something was clicked that another window does: settings, models, ai, download."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._controls = bridge, bridge.controls
        self.window: PillWindow | None = None
        self._meter = LevelMeter()
        self._purpose = Purpose.DICTATE
        self._so_far = ""
        self._degraded: Degraded | None = None
        self._stand_in = StandIn(bridge)
        self._layer: PictureLayer | None = None
        self._layered: bool | None = None
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._measure)
        self._step = QTimer(self, interval=STEP_MS)
        self._step.timeout.connect(self._advance)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._count)
        self._course = Course()
        self._leave = QTimer(self, singleShot=True)
        self._leave.timeout.connect(self.hide)
        bridge.told.connect(self._hear)

    def working(self) -> bool:
        """Whether what happens is shown here: wanted by the user, and possible on this desktop."""
        return self._controls.settings().look.overlay != "off" and (placeable() or self._has_layer())

    def show(self, message: Message) -> None:
        """Say ``message``."""
        if not self.working():
            self._stand_in.say(message)
            return
        if self.window is None:
            if layer := self._layer:
                self.window = pill = LayerPill(self._meter, layer, self._bridge.background)
                pill.lost.connect(self._lose)
            else:
                self.window = PillWindow(self._meter)
            self.window.clicked.connect(self._act)
        _run(self._clock, message.sign is Sign.METER)
        motion = self._controls.settings().look.motion
        _run(self._poll, message.sign is Sign.METER and motion)
        _run(self._step, message.sign is Sign.DOTS and motion)
        if message.seconds:
            self._leave.start(round(1000 * message.seconds))
        else:
            self._leave.stop()
        if not self.window.seen:
            look = self._controls.settings().look
            self.window.settle(
                screen_at(self._controls.room.place()), look.overlay == "top", self._controls.room.blends()
            )
        self.window.say(message, self._purpose, motion)

    def hide(self) -> None:
        """Say nothing; no timer runs any more."""
        for timer in (self._poll, self._step, self._leave, self._clock):
            timer.stop()
        self._stand_in.hush()
        if self.window is not None:
            self.window.vanish()

    def close(self) -> None:
        """Off the screen for good."""
        self.hide()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        if self._layer is not None:
            self._layer.close()
            self._layer = None

    def _has_layer(self) -> bool:
        """Whether there is a layer for a picture. Where there never was one nobody looks again."""
        if self._layer is None and self._layered is not False:
            self._layer = self._controls.room.layer()
            self._layered = self._layered or self._layer is not None
        return self._layer is not None

    def _lose(self) -> None:
        """The layer has gone, maybe with the compositor: the next utterance looks for one."""
        self.close()

    def _hear(self, event: Event) -> None:
        match event:
            case StateChanged():
                self._follow(event)
            case Progress(text=text):
                self._so_far = text
                if self._bridge.state.state is State.LISTENING:
                    self.show(overlay_text.listening(self._purpose, text, deaf=False, course=self._course))
            case Degraded():
                self._degraded = event
            case Finished(outcome=outcome):
                degraded, self._degraded = self._degraded, None
                # The next utterance may have begun already: its level matters more than how the last one ended.
                if self._bridge.state.state is State.LISTENING:
                    return
                if message := overlay_text.outcome(outcome, degraded, self._bridge.offer_keys()):
                    self.show(message)
                else:
                    self.hide()
            case Taught():
                self.show(overlay_text.taught(event))
            case SettingsChanged():
                if not self.working():
                    self.hide()
            case Notice() if self._bridge.silent:
                self.show(overlay_text.notice(event.error))
            case _:
                return

    def _follow(self, now: StateChanged) -> None:
        if now.state is State.LISTENING:
            self._purpose, self._so_far, self._degraded = now.purpose, "", None
            self._course = Course()
            self._meter.clear()
            if self.window is not None:
                self.window.vanish()  # the next one may be on another screen
            self.show(overlay_text.listening(now.purpose, "", deaf=False))
        elif now.state is State.THINKING:
            self.show(overlay_text.thinking(self._so_far))
        elif not self._leave.isActive():  # cancelled: what has an end of its own stays until then
            self.hide()

    def _measure(self) -> None:
        assert self.window is not None, "it is polled while it is seen"
        before = self._meter.deaf
        if self._meter.take(self._controls.keys.level()):
            self.window.beat()
        if self._meter.deaf != before:
            self.show(overlay_text.listening(self._purpose, self._so_far, self._meter.deaf, self._course))

    def _count(self) -> None:
        """Another second."""
        status = self._controls.status()
        self._course = Course(self._course.seconds + 1, str(status.get("target") or ""))
        self.show(overlay_text.listening(self._purpose, self._so_far, self._meter.deaf, self._course))

    def _act(self, action: str) -> None:
        history, last = self._controls.history, self._bridge.last
        try:
            match action:
                case "insert":
                    history.insert_last()
                case "anyway":
                    history.anyway()
                case "copy":
                    self._copy(outcome_words.text(last))
                case _:
                    self.asked.emit(action)
        except DictationError as error:
            self.show(overlay_text.notice(error))
            return
        self.hide()

    def _copy(self, text: str) -> None:
        """On Wayland Qt can put nothing there for a window without the cursor."""

        def copied(done: bool) -> None:
            if not done:
                QGuiApplication.clipboard().setText(text)

        if placeable():
            copied(False)
        else:
            copy = self._controls.room.copy
            self._bridge.background.ask(lambda: copy(text), copied, lambda error: self.show(overlay_text.notice(error)))

    def _advance(self) -> None:
        assert self.window is not None, "it steps while it is seen"
        self.window.beat()


def _run(timer: QTimer, yes: bool) -> None:
    if yes != timer.isActive():
        timer.start() if yes else timer.stop()
