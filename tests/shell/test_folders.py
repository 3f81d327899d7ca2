"""A folder that is named is never read as a file."""

from __future__ import annotations

import re
import shlex

import pytest

from benchmarks._command_shells import HERE, LISTS, asked
from dictation.shell.compose import compose
from dictation.shell.phrases.phrase_folders import reads_a_folder
from dictation.spelled import programs
from dictation.spelled.plain_words import NO_FILES

_A_FILE = re.compile(r"[\w/]+\.(?:txt|log|py|js|ts|csv|json|md|yml|toml|html|sql|c|go|rs)\b")


@pytest.mark.parametrize("name", LISTS)
def test_no_request_reads_a_folder_that_stands_for_its_file(name: str) -> None:
    requests = {_A_FILE.sub("src", request) for request, _ in asked(name) if _A_FILE.search(request)}
    made = {request: compose(request, HERE) for request in requests}
    # What is spelled out is left as it was said: "cat src" is the user's own.
    spelled = {request for request in requests if request.split()[0] in programs.spoken()}
    wrong = {
        request: command.text
        for request, command in made.items()
        if command and request not in spelled and any(map(_reads_src, re.split(r" \| | && ", command.text)))
    }
    assert not wrong


def _reads_src(call: str) -> bool:
    words = shlex.split(call)
    lifting = programs.sheet(words[0]).get("options.folders")
    read = words[1:2] if words[0] == "cp" else words[1:]
    return lifting is not None and "src" in read and not any("r" in each for each in words if each.startswith("-"))


@pytest.mark.parametrize(
    ("template", "slots", "wrong"),
    [
        ("wc -l {path}", {"path": "src"}, True),
        ("wc -l {path}", {"path": "notes"}, False),
        ("wc -l {path}", {"path": "logs"}, False),
        ("sort {path} | uniq -c", {"path": "build/"}, True),
        ("cp {path} {dest}", {"path": "a.txt", "dest": "build"}, False),
        ("cp {path} {dest}", {"path": "src", "dest": "build"}, True),
        ("cp -r {path} {dest}", {"path": "src", "dest": "build"}, False),
        ("grep -{r}n {pattern} {path}", {"pattern": "x", "path": "src"}, False),
        ("grep {pattern} {file}", {"pattern": "src", "file": "a.txt"}, False),
        ("ls {path}", {"path": "src"}, False),
    ],
)
def test_a_program_that_takes_files_alone_takes_no_folder(template: str, slots: dict[str, str], wrong: bool) -> None:
    assert reads_a_folder(template, slots) is wrong


def test_what_is_said_of_folders_is_one_of_the_options_of_the_program() -> None:
    for program in programs.having("options.folders"):
        assert all(re.fullmatch(r"-\w", each) for each in programs.listed(program, "options.folders")), program


@pytest.mark.parametrize("folder", sorted(NO_FILES - {"bin"}))
def test_a_folder_is_copied_with_what_is_in_it(folder: str) -> None:
    made = compose(f"copy {folder} to /mnt/old", HERE)
    assert made is None or made.text == f"cp -r {folder} /mnt/old"
