"""Index: which pages there are, which settings stand on which, and what a search finds."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from dictation.core import settings as declared
from dictation.core.options import Option
from dictation.ui.fields.field_form import translate as in_words
from dictation.ui.room import Page, Room

translate = QCoreApplication.translate

SECTIONS = {
    "general": ("look", "insert"),
    "hotkeys": ("keys",),
    "microphone": ("microphone", "hearing"),
    "recognition": ("engine", "models", "remote"),
    "words": ("words",),
    "ai": ("llm",),
    "commands": ("commands",),
    "history": ("history",),
    "privacy": (),
    "about": (),
}
"""Pages in their order, and the sections of the settings that stand on each."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """What a search found: a setting of a page, or the page itself where ``key`` is empty."""

    page: str
    key: str
    words: str


def title(page: str) -> str:
    """What a page is called."""
    return {
        "general": translate("pages", "General"),
        "hotkeys": translate("pages", "Hotkeys"),
        "microphone": translate("pages", "Microphone"),
        "recognition": translate("pages", "Recognition"),
        "words": translate("pages", "Words"),
        "ai": translate("pages", "AI"),
        "commands": translate("pages", "Commands"),
        "history": translate("pages", "History"),
        "privacy": translate("pages", "Privacy"),
        "about": translate("pages", "About"),
    }[page]


def topics(page: str, translate: Callable[[str, str], str]) -> str:
    """Words for what can be done on a page beside its settings; in English where ``translate`` gives back its words."""
    return {
        "general": translate("pages", "Start with the desktop, autostart"),
        "hotkeys": translate("pages", "Shortcut, key combination, mouse button"),
        "microphone": translate("pages", "Test recording, calibrate, level, noise"),
        "recognition": translate("pages", "Whisper, download, size, speed, GPU, server"),
        "words": translate("pages", "Glossary, term, add, import, export, try a sentence"),
        "ai": translate("pages", "API key, endpoint, test, language model, provider"),
        "commands": translate("pages", "Snippets, shell widget, bash, zsh, fish, terminal"),
        "history": translate("pages", "Search, copy, insert again, delete, export, what was heard"),
        "privacy": translate("pages", "What is stored, where, for how long, delete"),
        "about": translate("pages", "Version, doctor, diagnostics, log"),
    }[page]


def make(page: str, room: Room) -> Page:
    """The page itself; its module is imported when it is first needed, so that the window is there at once."""
    module = importlib.import_module(f"dictation.ui.pages.{page}_page")
    made: Page = module.make(room)
    return made


def page_of(option: Option) -> str:
    """Where a setting stands."""
    section = option.key.partition(".")[0]
    return option.page or next(page for page, there in SECTIONS.items() if section in there)


def options_on(page: str, section: str = "") -> list[Option]:
    """The settings of a page, or those of its that belong to ``section``."""
    there = [each for each in declared.options() if page_of(each) == page]
    return [each for each in there if each.key.startswith(f"{section}.")] if section else there


def section_title(section: str) -> str:
    """What a section is called."""
    return next(in_words(words) for name, words, _ in declared.sections() if name == section)


def search(asked: str) -> list[SearchHit]:
    """What has all the words of ``asked`` in its own words, in either language; those that begin with it first."""
    wanted = asked.casefold().split()
    found: list[tuple[int, SearchHit]] = []
    for page, key, words, all_words in _everything():
        haystack = all_words.casefold()
        if wanted and all(each in haystack for each in wanted):
            found.append((0 if wanted[0] in words.casefold() else 1, SearchHit(page, key, words)))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _everything() -> Iterator[tuple[str, str, str, str]]:
    for page in SECTIONS:
        yield (
            page,
            "",
            title(page),
            f"{page} {title(page)} {topics(page, translate)} {topics(page, lambda _, words: words)}",
        )
        for each in options_on(page):
            label = in_words(each.label)
            known = (each.key, each.label, each.help, label, in_words(each.help), *each.words)
            yield page, each.key, label, " ".join((*known, *(in_words(word) for word in each.words)))
