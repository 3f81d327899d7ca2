"""Command panel: shows a command that waits, and what the user decides goes to the app. Nothing is ever run here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from dictation.core.commands import Command
from dictation.core.errors import DictationError
from dictation.core.events import SettingsChanged
from dictation.core.types import Event, Finished, Proposed, Purpose, State, StateChanged
from dictation.ui.bridge import Bridge
from dictation.ui.fields.key_row import KeyRow
from dictation.ui.look import sentences, style
from dictation.ui.overlay import panel_text
from dictation.ui.overlay.command_box import CommandBox
from dictation.ui.overlay.pill import LEAST_HEIGHT
from dictation.ui.overlay.surface import EDGE, Surface, screen_at

WIDTH = 640

TALLEST = 560

DEAF_MS = 700
"""Enter does nothing for so long after a command has appeared: it may have been meant for the window before."""

RISKS = {"safe": "good", "caution": "caution", "danger": "danger"}
"""The colour of each risk in ``style.Colours``."""


class Panel(QObject):
    """Follows the bridge. The window is made when it is first needed."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._controls = bridge, bridge.controls
        self.window: PanelWindow | None = None
        self._id = 0
        bridge.told.connect(self._hear)

    def open(self) -> None:
        """Show the command that waits, if one does, because the user asked."""
        if (waiting := self._controls.commands.waiting()) is not None:
            self._show(waiting)

    def close(self) -> None:
        """Off the screen for good; the command waits on."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _hear(self, event: Event) -> None:
        match event:
            case Finished(outcome=Proposed() as proposed):
                self._id = event.id
                self._show(proposed)
            case Finished(id=id) if id == self._id and self.window is not None:
                self.window.hide()
            case StateChanged() if self.window is not None and self.window.isVisible():
                # Words for commands that are said now revise the one that is shown.
                busy = event.state is State.THINKING
                self.window.wait(busy or (event.state is State.LISTENING and event.purpose is Purpose.COMMAND))
            case SettingsChanged() if self.window is not None and not self.window.isVisible():
                self.close()  # the next one may speak another language
            case _:
                return

    def _show(self, proposed: Proposed) -> None:
        if self.window is None:
            self.window = PanelWindow(self._decide)
        if not self.window.isVisible():
            # Above the place of the pill, which shows that the answer is heard.
            look = self._controls.settings().look
            distance = EDGE + (LEAST_HEIGHT + EDGE if look.overlay != "off" else 0)
            self.window.settle(
                screen_at(self._controls.room.place()), look.overlay == "top", self._controls.room.blends(), distance
            )
        self.window.show_command(proposed)

    def _decide(self, action: str) -> None:
        assert self.window is not None, "only the window decides"
        try:
            match action:
                case "insert" | "confirm":
                    # Hidden first: the cursor has to be back in its own window before anything is put in.
                    self.window.hide()
                    self._controls.commands.insert(confirmed=action == "confirm")
                case "drop":
                    self.window.hide()
                    self._controls.commands.drop()
                case "again":
                    self._controls.commands.again()
                    self.window.wait(True)
                case "copy":
                    if (waiting := self._controls.commands.waiting()) is not None:
                        QGuiApplication.clipboard().setText(waiting.command.text)
        except DictationError as error:
            self.window.say(sentences.line(error))
            self.window.appear()


class PanelWindow(Surface):
    """The window. It takes the focus, and gives it back by going away."""

    def __init__(self, decide: Callable[[str], None]) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(flags, style.RADIUS, QSize(WIDTH, TALLEST))
        self.setWindowTitle(self.tr("Command"))
        self.setWindowRole("command")
        # No input method: keys here are answers, not text.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._decide = decide
        self._proposed: Proposed | None = None
        self._since = QElapsedTimer()
        self.armed = self._explained = self._waiting = False
        self._trouble = ""
        self.risk, self.shell = _label(0.95, bold=True), _label(0.95)
        self.box, self.keys = CommandBox(self), KeyRow(self)
        self.heard = _label(1.0)
        self.question, self.explanation = _label(1.15, bold=True), _label(1.0)
        self.reasons, self.details, self.note = _label(1.0), _label(0.95), _label(0.95)
        self.keys.chosen.connect(self._act)
        head = QHBoxLayout()
        head.addWidget(self.risk)
        head.addStretch(1)
        head.addWidget(self.shell)
        self._rows = QVBoxLayout(self)
        self._rows.setSpacing(10)
        self._rows.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # the size is ours, see _fit
        self._rows.addWidget(self.heard)
        self._rows.addLayout(head)
        for each in (self.question, self.box, self.explanation, self.reasons, self.details, self.note):
            self._rows.addWidget(each)
        self._rows.addSpacing(2)
        self._rows.addWidget(self.keys)

    def show_command(self, proposed: Proposed) -> None:
        """Show ``proposed`` from the beginning: whatever was armed for the one before is not for this one."""
        self._proposed = proposed
        self.armed = self._explained = self._waiting = False
        self._trouble = ""
        self._since.start()
        self._fill()
        self.appear()

    def appear(self) -> None:
        """Come to the front, with the focus."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.setFocus()

    def wait(self, yes: bool) -> None:
        """Another command is on its way (or none any more): this one cannot be put in meanwhile."""
        if yes != self._waiting and self._proposed is not None:
            self._waiting, self.armed, self._trouble = yes, False, ""
            self._since.start()
            self._fill()

    def say(self, words: str) -> None:
        """Say what went wrong in the line above the keys."""
        self._trouble = words
        self._note()
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self._act("drop")
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain and self._since.elapsed() >= DEAF_MS:
                self._act("insert")
            case Qt.Key.Key_Y if plain or event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
                self._act("confirm")
            case Qt.Key.Key_R if control:
                self._act("again")
            case Qt.Key.Key_C if control:
                self._act("copy")

    def event(self, event: QEvent) -> bool:
        # Tab would go looking for the next field before keyPressEvent sees it.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            self._act("explain")
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        # The keys stay as they are: the click that activates the window may be meant for one of them.
        if event.type() == QEvent.Type.ActivationChange and self._proposed is not None and self.isVisible():
            self._note()
            self._fit()
        super().changeEvent(event)

    def _act(self, action: str) -> None:
        if action not in self.keys.offered or self._proposed is None:
            return
        if action == "insert" and self._proposed.command.risk == "danger":
            self.armed = True
            self._fill()
        elif action == "explain":
            self._explained = not self._explained
            self._fill()
        else:
            self._decide(action)
            if action == "copy":
                _say(self.note, self.tr("Copied."), style.colours().good)

    def _fill(self) -> None:
        assert self._proposed is not None, "there is something to show"
        now, proposed, command = style.colours(), self._proposed, self._proposed.command
        colour = getattr(now, RISKS.get(command.risk, "caution"))
        self.setPalette(style.palette())
        if command.question:
            _say(self.risk, "● " + self.tr("Question"), now.thinking)
        else:
            _say(self.risk, "● " + panel_text.risk(command), colour)
        _say(self.heard, panel_text.heard(proposed), now.muted)
        _say(self.shell, command.shell, now.muted)
        _say(self.question, command.question, now.text)
        self.box.setVisible(bool(command.text))
        self.box.show_command(command)
        _say(self.explanation, command.explanation, now.text)
        _say(self.reasons, "\n".join(f"• {each}" for each in _reasons(command)), colour)
        _say(self.details, "\n".join(panel_text.details(proposed)) if self._explained else "", now.muted)
        self._note()
        offered = panel_text.keys(command, self.armed)
        self.keys.offer([each for each in offered if not self._waiting or each[0] == "drop"])
        self._fit()

    def _note(self) -> None:
        """The line above the keys: what went wrong, or what is in the way, or what comes next."""
        assert self._proposed is not None, "there is something to show"
        now = style.colours()
        if self._trouble:
            _say(self.note, self._trouble, now.danger)
        elif self._waiting:
            _say(self.note, self.tr("A moment…"), now.muted)
        elif self.isVisible() and not self.isActiveWindow():
            _say(self.note, self.tr("Click here to use the keys."), now.muted)
        else:
            _say(self.note, panel_text.note(self._proposed, self.armed), now.danger if self.armed else now.muted)

    def _fit(self) -> None:
        side = self.margin + style.PADDING
        self._rows.setContentsMargins(side, side, side, side)
        wide = min(WIDTH, self.area.width() - 2 * EDGE)
        inner = wide - 2 * style.PADDING
        self.box.fit(inner)
        for each in (self.heard, self.question, self.explanation, self.reasons, self.details, self.note):
            each.setFixedWidth(inner)
            each.setMinimumHeight(0)  # else it is never lower again than it was
            each.setFixedHeight(max(0, each.heightForWidth(inner)))
        self._rows.invalidate()
        self.stand(QSize(wide, self._rows.minimumSize().height() - 2 * self.margin))


def _reasons(command: Command) -> list[str]:
    return list(dict.fromkeys(panel_text.reason(each) for each in command.reasons))


def _label(scale: float, bold: bool = False) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(style.font(scale, bold))
    return label


def _say(label: QLabel, words: str, colour: str) -> None:
    palette = style.palette()
    palette.setColor(label.foregroundRole(), QColor(colour))
    label.setPalette(palette)
    label.setText(words)
    label.setVisible(bool(words))
