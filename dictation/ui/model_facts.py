"""Model facts: what the app says of a model, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

translate = QCoreApplication.translate

SELF_TEST = "mini"
"""The model that comes with the app, good for testing it only."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One model of the catalog. ``bytes`` is the size of its download; ``chosen`` means in use,
    ``recommended`` the best for this machine."""

    name: str
    label: str
    bytes: int
    languages: tuple[str, ...]
    licence: str
    good_for: str
    installed: bool
    chosen: bool
    recommended: bool
    wait_ms: int | None = None
    """The usual wait for the text on this machine, once it is known."""

    @classmethod
    def read(cls, entry: Mapping[str, object]) -> ModelFacts:
        """From an entry of ``ModelControls.catalog()``."""
        megabytes, languages = entry.get("size_mb"), entry.get("languages")
        return cls(
            name=str(entry["name"]),
            label=str(entry.get("label") or entry["name"]),
            bytes=round(megabytes * 1_000_000) if isinstance(megabytes, int | float) else 0,
            languages=tuple(map(str, languages)) if isinstance(languages, Sequence) else (),
            licence=str(entry.get("licence", "")),
            good_for=str(entry.get("good_for", "")),
            installed=bool(entry.get("installed")),
            chosen=bool(entry.get("chosen")),
            recommended=bool(entry.get("recommended")),
            wait_ms=wait if isinstance(wait := entry.get("wait_ms"), int) else None,
        )

    @property
    def facts(self) -> str:
        """Size, languages, licence and the wait measured here in one line."""
        known = {
            "zh": translate("models", "Chinese"),
            "en": translate("models", "English"),
            "multi": translate("models", "Chinese, English, more"),
        }
        spoken = ", ".join(known.get(each, each) for each in self.languages)
        built_in = translate("models", "built in") if self.name == SELF_TEST else ""
        parts = [size(self.bytes) if self.bytes else built_in, spoken, self.licence]
        if self.wait_ms is not None:
            seconds = QLocale().toString(self.wait_ms / 1000, "f", 1)
            parts.append(translate("models", "usual wait here {seconds} s").format(seconds=seconds))
        return " · ".join(each for each in parts if each)


def size(count: int) -> str:
    """``count`` bytes in the user's own notation."""
    if count < 1000:  # Qt has no word for these in Chinese
        return translate("models", "{count} bytes").format(count=count)
    return QLocale().formattedDataSize(count, int(count >= 1e9), QLocale.DataSizeFormat.DataSizeSIFormat)


def only_self_test(rows: list[ModelFacts]) -> bool:
    """Whether there is no model yet that understands people."""
    return not any(row.installed and row.name != SELF_TEST for row in rows)


def best(rows: list[ModelFacts]) -> ModelFacts | None:
    """The one to propose: the recommended one, or the first of any worth."""
    worthy = [row for row in rows if row.name != SELF_TEST]
    return next((row for row in worthy if row.recommended), worthy[0] if worthy else None)
