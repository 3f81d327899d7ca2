"""What is known of an entry of the history, in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from dictation.ui.look import sentences

translate = QCoreApplication.translate

Entry = dict[str, object]


def moment(entry: Entry) -> datetime:
    """When it was said, by the clock of this place."""
    return datetime.fromisoformat(str(entry["at"])).astimezone()


def _when(entry: Entry) -> str:
    return moment(entry).strftime("%Y-%m-%d %H:%M")


def about(entry: Entry) -> str:
    """When and where it was said, how long it was, how long the text took, and why it is not there."""
    waits = entry["timings_ms"]
    parts = [_when(entry), str(entry["app"] or "")]
    parts.append(translate("history", "{seconds} s of speech").format(seconds=f"{float(str(entry['seconds'])):.1f}"))
    if isinstance(waits, dict) and (total := sum(int(each) for each in waits.values())):
        parts.append(translate("history", "{ms} ms of waiting").format(ms=total))
    if entry.get("arrival") == "sent":
        parts.append(translate("history", "sent; the window does not tell whether it arrived"))
    if entry["outcome"] != "inserted" and entry["reason"]:
        parts.append(sentences.sentence(str(entry["reason"])))
    return " · ".join(each for each in parts if each)
