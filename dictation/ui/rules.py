"""Rules: what changed a text, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def rule(name: str) -> str:
    """The rule ``name`` of an edit."""
    return {
        "terms": translate("rules", "Term"),
        "split": translate("rules", "Term in pieces"),
        "letters": translate("rules", "Spelt letters"),
        "number": translate("rules", "Number"),
        "path": translate("rules", "Path or code"),
        "symbols": translate("rules", "Symbol"),
        "punctuation": translate("rules", "Punctuation"),
        "spacing": translate("rules", "Spacing"),
        "script": translate("rules", "Chinese script"),
        "filler": translate("rules", "Filler left out"),
        "spoken": translate("rules", "Spoken key"),
        "casing": translate("rules", "Capitals"),
        "llm": translate("rules", "Language model"),
    }.get(name, name)


def changes(edits: object) -> str:
    """The edits of a text, one a line."""
    lines = []
    for each in edits if isinstance(edits, list) else []:
        before, after = _shown(str(each["from"])), _shown(str(each["to"]))
        lines.append(f"{rule(str(each['rule']))}: {before} → {after}")
    return "\n".join(lines)


def _shown(text: str) -> str:
    return text if text.strip() else f"“{text}”"
