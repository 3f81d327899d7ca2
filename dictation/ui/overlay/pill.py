"""Pill: lays out and paints what the overlay says."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from dictation.core.types import Purpose
from dictation.ui.fields.level_meter import WIDTH as METER
from dictation.ui.fields.level_meter import LevelMeter
from dictation.ui.look import style
from dictation.ui.overlay.overlay_text import Message, Sign

LEAST_HEIGHT = 44
MOST_TEXT = 520
"""Widest line of text."""

SIGN = 22
"""Side of a sign."""

BUTTON = 28
"""Height of what can be clicked."""

MOST_LINES = 2
"""Of the text; a hint is short, and never cut."""


class Pill:
    """One message, laid out for one width; cheap to make anew whenever the message changes."""

    def __init__(self, message: Message, purpose: Purpose, most_text: float = MOST_TEXT) -> None:
        self.message, self._purpose = message, purpose
        self._text_font, self._hint_font = style.font(1.1), style.font(0.95)
        growing = message.sign in (Sign.METER, Sign.DOTS)
        self._lines = lines(message.text, self._text_font, most_text, MOST_LINES, tail=growing)
        self._hint, hint_width, hint_height = hint_layout(message.hint, self._hint_font, most_text)
        self._line = QFontMetricsF(self._text_font).height() + 1
        wide = max([QFontMetricsF(self._text_font).horizontalAdvance(each) for each in self._lines] + [hint_width])
        self._sign = METER if message.sign is Sign.METER else SIGN
        inner = len(self._lines) * self._line + (hint_height + 2 if hint_height else 0)
        self._row = inner + 8
        self.buttons = self._lay_out(message.actions)
        if self.buttons:
            inner += BUTTON + 10
            wide = max(wide, self.buttons[-1][1].right())
        height = max(LEAST_HEIGHT, inner + 20)
        self.size = QSize(round(style.PADDING + self._sign + 12 + wide + style.PADDING + 4), round(height))
        self._inner = inner

    def sign_place(self, where: QRectF) -> QRectF:
        """Where the sign stands when the pill fills ``where``."""
        middle = where.center().y()
        return QRectF(where.left() + style.PADDING + 2, middle - SIGN / 2, self._sign, SIGN)

    def paint(self, painter: QPainter, where: QRectF, meter: LevelMeter, step: int, hovered: str = "") -> None:
        """Paint everything but the board. ``step`` counts while thinking; -1 is a still picture. ``hovered`` is the
        action under the mouse."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = style.colours()
        self._paint_sign(painter, self.sign_place(where), meter, step)
        left = where.left() + style.PADDING + 2 + self._sign + 12
        top = where.center().y() - self._inner / 2
        quiet = self.message.sign is Sign.DOTS
        painter.setPen(QColor(now.muted if quiet else now.text))
        painter.setFont(self._text_font)
        ascent = QFontMetricsF(self._text_font).ascent()
        for each in self._lines:
            painter.drawText(QPointF(left, top + ascent), each)
            top += self._line
        painter.setPen(QColor(now.muted))
        self._hint.draw(painter, QPointF(left, top + 2))
        painter.setFont(self._hint_font)
        for name, place, words in self.buttons:
            box = self._button_place(where, place)
            painter.setPen(QColor(now.edge))
            painter.setBrush(QColor(now.edge if name == hovered else now.sunk))
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(QColor(now.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def button_places(self, where: QRectF) -> list[QRectF]:
        """What can be clicked when the pill fills ``where``."""
        return [self._button_place(where, place) for _, place, _ in self.buttons]

    def action_at(self, where: QRectF, point: QPointF) -> str:
        """The action under ``point`` when the pill fills ``where``; empty for none."""
        return next((name for name, place, _ in self.buttons if self._button_place(where, place).contains(point)), "")

    def _lay_out(self, actions: tuple[tuple[str, str], ...]) -> list[tuple[str, QRectF, str]]:
        """The row that can be clicked, beside and below nothing yet."""
        found, left, metrics = [], 0.0, QFontMetricsF(self._hint_font)
        for name, words in actions:
            wide = metrics.horizontalAdvance(words) + 24
            found.append((name, QRectF(left, 0, wide, BUTTON), words))
            left += wide + 8
        return found

    def _button_place(self, where: QRectF, place: QRectF) -> QRectF:
        left = where.left() + style.PADDING + 2 + self._sign + 12
        return place.translated(left, where.center().y() - self._inner / 2 + self._row)

    def _paint_sign(self, painter: QPainter, where: QRectF, meter: LevelMeter, step: int) -> None:
        now = style.colours()
        match self.message.sign:
            case Sign.METER:
                command = self._purpose is Purpose.COMMAND
                meter.paint(painter, where, QColor(now.command if command else now.listening))
            case Sign.DOTS:
                _dots(painter, where, QColor(now.thinking), step)
            case Sign.CHECK:
                _stroke(painter, where, QColor(now.good), [(0.18, 0.55), (0.42, 0.78), (0.84, 0.26)])
            case Sign.SENT:
                _stroke(painter, where, QColor(now.good), [(0.14, 0.5), (0.84, 0.5)])
                _stroke(painter, where, QColor(now.good), [(0.58, 0.26), (0.84, 0.5), (0.58, 0.74)])
            case Sign.SILENT:
                _microphone(painter, where, QColor(now.muted))
                _stroke(painter, where, QColor(now.muted), [(0.14, 0.1), (0.86, 0.9)])
            case Sign.KEPT:
                colour = QColor(now.caution)
                _stroke(painter, where, colour, [(0.14, 0.56), (0.14, 0.86), (0.86, 0.86), (0.86, 0.56)])
                _stroke(painter, where, colour, [(0.5, 0.12), (0.5, 0.6)])
                _stroke(painter, where, colour, [(0.3, 0.42), (0.5, 0.62), (0.7, 0.42)])
            case Sign.ALERT:
                _alert(painter, where, QColor(now.danger))


def lines(text: str, font: QFont, width: float, most: int, tail: bool = False) -> list[str]:
    """``text`` in at most ``most`` lines of at most ``width``: with ``tail`` the last ones, else the first ones."""
    flat = " ".join(text.split())
    if not flat:
        return []
    layout = QTextLayout(flat, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        found.append(_piece(flat, line.textStart(), line.textLength()))
    layout.endLayout()
    if len(found) <= most:
        return found
    metrics = QFontMetricsF(font)
    if tail:
        kept = found[len(found) - most + 1 :]
        # From the end, so that the newest words stay; how the lines were joined does not matter to what is left out.
        until = flat[: flat.rindex(kept[0])] if kept else flat
        return [metrics.elidedText(until.rstrip(), Qt.TextElideMode.ElideLeft, width), *kept]
    rest = " ".join(found[most - 1 :])
    return [*found[: most - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def hint_layout(text: str, font: QFont, width: float) -> tuple[QTextLayout, float, float]:
    """``text`` ready to be drawn, with its own width and height; what stands in backquotes is set as code."""
    # A command is not broken at its blanks.
    pieces = [each.replace(" ", "\u00a0") if at % 2 else each for at, each in enumerate(text.split("`"))]
    layout = QTextLayout("".join(pieces), font)
    code, formats, at = QTextCharFormat(), [], 0
    code.setFontFamilies(style.code_font().families())
    for number, piece in enumerate(pieces):
        length = len(piece.encode("utf-16-le")) // 2
        if number % 2:
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = at, length, code
            formats.append(each)
        at += length
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    wide = tall = 0.0
    layout.beginLayout()
    while text and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, tall))
        wide, tall = max(wide, line.naturalTextWidth()), tall + line.height() + 1
    layout.endLayout()
    return layout, wide, tall


def _piece(text: str, start: int, length: int) -> str:
    """Qt counts in UTF-16, in which an emoji is two."""
    units = text.encode("utf-16-le")
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace").strip()


def _stroke(painter: QPainter, where: QRectF, colour: QColor, points: list[tuple[float, float]]) -> None:
    pen = QPen(colour, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        [QPointF(where.left() + x * where.width(), where.top() + y * where.height()) for x, y in points]
    )


def _microphone(painter: QPainter, where: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(where.center().x() - 3.5, where.top() + 2, 7, 11), 3.5, 3.5)
    painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cup = QRectF(where.center().x() - 6.5, where.top() + 3.5, 13, 13)
    painter.drawArc(cup, 180 * 16, 180 * 16)
    painter.drawLine(QPointF(where.center().x(), cup.bottom()), QPointF(where.center().x(), where.bottom() - 2))


def _alert(painter: QPainter, where: QRectF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 2.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(where.adjusted(1.5, 1.5, -1.5, -1.5))
    painter.setPen(QPen(colour, 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    x = where.center().x()
    painter.drawLine(QPointF(x, where.top() + 6.2), QPointF(x, where.center().y() + 1))
    painter.drawPoint(QPointF(x, where.bottom() - 6.2))


def _dots(painter: QPainter, where: QRectF, colour: QColor, step: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for number in range(3):
        faint = QColor(colour)
        faint.setAlphaF(1.0 if step < 0 or step % 3 == number else 0.4)
        painter.setBrush(faint)
        painter.drawEllipse(QPointF(where.left() + 3 + number * 8, where.center().y()), 2.8, 2.8)
