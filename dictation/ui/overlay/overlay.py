"""Overlay: the pill that shows you are heard. It never has the focus, can be clicked only where it offers something,
and costs nothing unseen.

It stands near the bottom (or top) of the screen that the cursor's window is on.

On Wayland there is none: no client may place a window there, a plain one would be put anywhere and be given the
focus, and the protocol for such things (layer-shell) is not in Qt. The tray's icon and its messages say the same.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter

from dictation.core.errors import DictationError
from dictation.core.events import Progress, SettingsChanged, Taught
from dictation.core.types import Degraded, Event, Finished, Notice, Purpose, State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.fields.level_meter import POLL_MS, LevelMeter
from dictation.ui.overlay import outcome_words, overlay_text
from dictation.ui.overlay.overlay_text import Course, Message, Sign
from dictation.ui.overlay.pill import LEAST_HEIGHT, MOST_TEXT, Pill
from dictation.ui.overlay.surface import EDGE, Surface, placeable, screen_at

STEP_MS = 300
"""One step of the three dots while thinking."""

FLAGS = (
    Qt.WindowType.ToolTip
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.WindowTransparentForInput
)


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
        return self._controls.settings().look.overlay != "off" and placeable()

    def show(self, message: Message) -> None:
        """Say ``message``."""
        if not self.working():
            return
        if self.window is None:
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
        if not self.window.isVisible():
            look = self._controls.settings().look
            self.window.settle(
                screen_at(self._controls.room.place()), look.overlay == "top", self._controls.room.blends()
            )
        self.window.say(message, self._purpose, motion)

    def hide(self) -> None:
        """Say nothing; no timer runs any more."""
        for timer in (self._poll, self._step, self._leave, self._clock):
            timer.stop()
        if self.window is not None:
            self.window.hide()

    def close(self) -> None:
        """Off the screen for good."""
        self.hide()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

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
                self.window.hide()  # the next one may be on another screen
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
                    QGuiApplication.clipboard().setText(outcome_words.text(last))
                case _:
                    self.asked.emit(action)
        except DictationError as error:
            self.show(overlay_text.notice(error))
            return
        self.hide()

    def _advance(self) -> None:
        assert self.window is not None, "it steps while it is seen"
        self.window.beat()


class PillWindow(Surface):
    """The window of the pill."""

    clicked = Signal(str)
    """The name of an action."""

    def __init__(self, meter: LevelMeter) -> None:
        super().__init__(FLAGS, LEAST_HEIGHT / 2, QSize(MOST_TEXT + 120, 4 * LEAST_HEIGHT))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWindowRole("overlay")
        self.setAccessibleName(self.tr("Dictation"))
        self._meter = meter
        self.pill: Pill | None = None
        self._step = -1
        self._hovered = ""
        self.setMouseTracking(True)

    def say(self, message: Message, purpose: Purpose, motion: bool) -> None:
        """Show ``message``."""
        most = min(MOST_TEXT, self.area.width() - 2 * EDGE - 140)
        self.pill = Pill(message, purpose, most)
        self._step = 0 if motion else -1
        self.setAccessibleDescription(f"{message.text} {message.hint}".strip())
        self._hovered = ""
        # Changed while hidden only: a window that is seen would go away and come back.
        through = not message.actions
        if through != bool(self.windowFlags() & Qt.WindowType.WindowTransparentForInput):
            self.setWindowFlag(Qt.WindowType.WindowTransparentForInput, through)
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.stand(self.pill.size)
        self.show()
        self.update()

    def beat(self) -> None:
        """The level, or the dots, have moved on: nothing else is painted again."""
        if self.pill is None:
            return
        if self._step >= 0:
            self._step += 1
        self.update(self.pill.sign_place(self.inside()).toAlignedRect().adjusted(-1, -1, 1, 1))

    def draw(self, painter: QPainter) -> None:
        if self.pill is not None:
            self.pill.paint(painter, self.inside(), self._meter, self._step, self._hovered)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.pill.action_at(self.inside(), event.position()) if self.pill else "")

    def leaveEvent(self, event: QEvent) -> None:
        self._hover("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.pill and (action := self.pill.action_at(self.inside(), event.position())):
            self.clicked.emit(action)

    def _hover(self, action: str) -> None:
        if action != self._hovered:
            self._hovered = action
            self.update()


def _run(timer: QTimer, yes: bool) -> None:
    if yes != timer.isActive():
        timer.start() if yes else timer.stop()
