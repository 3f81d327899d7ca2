"""Whether a command would read a folder as if it were a file."""

from __future__ import annotations

from dictation.spelled import programs
from dictation.spelled.lazy_regex import late
from dictation.spelled.plain_words import NO_FILES

_READ = late(r"\{(?:path|file|stream|doc|csv|blanks|testfile)\}")
"""A slot that stands for what is read; ``{dest}`` is where it goes."""


def reads_a_folder(template: str, slots: dict[str, str]) -> bool:
    """Whether ``slots`` put the name of a folder where a program of ``template`` takes files alone."""
    folders = {f"{{{slot}}}" for slot, said in slots.items() if _is_folder(said)}
    return any(_takes_one(call, folders) for call in programs.calls(template))


def _takes_one(words: list[str], folders: set[str]) -> bool:
    lifting = programs.sheet(words[0]).get("options.folders")
    if lifting is None or not any(_READ.fullmatch(each) and each in folders for each in words):
        return False
    letters = lifting.replace("-", "").split()
    options = [word for word in words if word.startswith("-")]
    return not any("{r}" in word or any(each in word for each in letters) for word in options)


def _is_folder(said: str) -> bool:
    return said.endswith("/") or said.lower() in NO_FILES
