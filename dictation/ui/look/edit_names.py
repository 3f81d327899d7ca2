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
    """The edits of a text, one a line; those that cannot be seen are only counted."""
    lines: list[str] = []
    unseen: dict[str, int] = {}
    for each in edits if isinstance(edits, list) else []:
        name, before, after = rule(str(each["rule"])), str(each["from"]), str(each["to"])
        if before.strip() or after.strip():
            lines.append(f"{name}: {before or '–'} → {after or '–'}")
        else:
            unseen[name] = unseen.get(name, 0) + 1
    return "\n".join([*lines, *(f"{name} × {count}" for name, count in unseen.items())])
