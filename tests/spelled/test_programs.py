"""The sheets of programs: each fact stands once, the quick reader reads what TOML says, and nothing is a stranger."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dictation.spelled import programs

SHEETS = sorted(programs.SHEETS.glob("*.toml"))
TABLE = (programs.__doc__ or "").split("=\n")[1]
KEYS = re.findall(r"^([a-z_]+(?:\.(?:SUB|X|[a-z_]+))*) ", TABLE, re.M)
KNOWN = [re.sub(r"\\\.(?:SUB|X)$", r"\\.[\\w-]+", re.escape(each)) for each in KEYS]


def flat(table: dict[str, Any], before: str = "") -> dict[str, str]:
    """A table with its dotted keys in one, and every value as the sheet writes it."""
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= flat(value, f"{before}{key}.")
        else:
            found[before + key] = value if isinstance(value, str) else str(value).lower()
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_the_quick_reader_reads_what_toml_says(sheet: Path) -> None:
    tables = tomllib.loads(sheet.read_text(encoding="utf-8"))
    plain = str(tables.pop("plain", "")).split()
    assert {each: programs.sheet(each) for each in tables} == {name: flat(table) for name, table in tables.items()}
    assert all(programs.sheet(each) == {} for each in plain)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_sheet_uses_the_keys_that_are_described(sheet: Path) -> None:
    tables = tomllib.loads(sheet.read_text(encoding="utf-8"))
    used = {key for table in tables.values() if isinstance(table, dict) for key in flat(table)}
    assert [key for key in used if not any(re.fullmatch(known, key) for known in KNOWN)] == []


def test_a_program_stands_in_one_sheet() -> None:
    named: Counter[str] = Counter()
    for sheet in SHEETS:
        tables = tomllib.loads(sheet.read_text(encoding="utf-8"))
        named.update(str(tables.pop("plain", "")).split())
        named.update(list(tables))
    assert [name for name, times in named.items() if times > 1] == []


def test_no_fact_stands_twice() -> None:
    forms = [form.strip() for value in programs.having("heard").values() for form in value.split(";")]
    assert [form for form, times in Counter(forms).items() if times > 1] == []
    for program in programs.known():
        for key, value in programs.sheet(program).items():
            if key not in ("heard", "reads_when", "endless_when", "runs_argument"):
                assert [word for word, times in Counter(value.split()).items() if times > 1] == [], (program, key)


def test_what_a_program_shares_is_written_with_the_other() -> None:
    for program, other in programs.having("same_as").items():
        assert other in programs.known()
        assert not programs.sheet(program).keys() & {"subcommands", "options.long", "options.bundles"}, program


@pytest.mark.parametrize("key", ["reads_when", "runs_argument"])
def test_every_pattern_can_be_compiled(key: str) -> None:
    for program, pattern in programs.having(key).items():
        assert re.compile(pattern).groups >= (key == "runs_argument"), program


def test_words_under_a_subcommand_stand_under_one_that_is_there() -> None:
    for program in programs.known():
        under = {key.partition(".")[2] for key in programs.sheet(program) if key.startswith("under.")}
        assert under <= programs.subcommands(program), program


def test_a_program_is_known_by_adding_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pottery.toml").write_text(
        'plain = "kiln"\n\n[glaze]\nheard = "glass; g laze"\nsubcommands = "fire cool"\noptions.valued = "-t --heat"\n',
        encoding="utf-8",
    )
    readers = [each for each in vars(programs).values() if hasattr(each, "cache_clear")]
    monkeypatch.setattr(programs, "SHEETS", tmp_path)
    try:
        for each in readers:
            each.cache_clear()
        assert programs.spoken() == {"glaze", "kiln"}
        assert programs.heard() == {"glass": "glaze", "g laze": "glaze"}
        assert programs.subcommands("glaze") == {"fire", "cool"}
        assert programs.letters("glaze", "options.valued") == {"t"}
    finally:
        for each in readers:
            each.cache_clear()
