"""Settings carried in a file: everything but secrets comes along, and a bad file changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.core.errors import SettingError, StorageError, UsageError
from dictation.core.options import Option, Value
from dictation.core.settings import Settings, get, options, put
from dictation.desktop.store.settings_exchange import LARGEST, give, take

ADDRESSES = [each.key for each in options() if each.key.endswith((".url", ".hub"))]


def values(option: Option) -> st.SearchStrategy[Value]:
    """Values that an option takes."""
    if option.kind is bool:
        return st.booleans()
    if option.choices:
        return st.sampled_from(option.choices)
    if option.kind in (int, float):
        low, high = option.low or 0, option.high or 100
        return st.integers(int(low) + 1, int(high) - 1 if high - low > 2 else int(low) + 1).filter(
            lambda n: low <= n <= high
        )
    return st.just(option.default)


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_what_is_exported_is_taken_over_on_another_machine(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder, here = tmp_path_factory.mktemp("carried"), Settings()
    for each in options():
        if each.kind is not float:
            here = put(here, each.key, data.draw(values(each)))
    assert give(folder / "a.toml", here, folder / "config.toml") == len(list(options()))
    assert take(folder / "a.toml", put(Settings(), "words.fillers", not here.words.fillers)) == here


@pytest.mark.parametrize("key", ADDRESSES)
@pytest.mark.parametrize(
    "address",
    [
        "https://me:se-cret@host/v1",
        "me:se-cret@host:1/v1",
        "http://h/v1?key=se-cret",
        "https://a:se@cret@h",
        "//se-cret@h",
    ],
)
def test_no_secret_of_an_address_is_in_the_file_and_none_is_lost_by_its_import(
    tmp_path: Path, key: str, address: str
) -> None:
    here = put(Settings(), key, address)
    give(tmp_path / "a.toml", here, tmp_path / "config.toml")
    text = (tmp_path / "a.toml").read_text()
    assert "cret" not in text and "se-" not in text and "me:" not in text
    assert take(tmp_path / "a.toml", here) == here
    assert "@" not in str(get(take(tmp_path / "a.toml", Settings()), key))


def test_what_the_file_does_not_name_stays(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('\ufeff[hearing]\nlanguage = "zh"\n', encoding="utf-8")
    here = put(put(Settings(), "look.sounds", True), "hearing.gate", 0.7)
    assert take(tmp_path / "a.toml", here) == put(here, "hearing.language", "zh")


@pytest.mark.parametrize(
    "content, said",
    [
        (b"[[[", "is no file of settings"),
        (b"", "names no setting"),
        (b"[words]\n", "names no setting"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"x = " + b"[" * 9000, "is no file of settings"),
        (b"#" * (LARGEST + 1), "too large"),
        (b'[hearing]\nlanguage = "zh"\ngate = 12\n', "hearing.gate cannot be"),
        (b'[hearing]\nlanguage = "zh"\nloud = true\n', "no setting 'hearing.loud'"),
        (b'[hearing]\nlanguage = ["zh"]\n', "is not a single value"),
        (b"hearing = 3\n", "no setting 'hearing'"),
        (b'[insert]\nmethods = "emacs"\n', "insert.methods cannot hold"),
    ],
)
def test_a_bad_file_is_refused_whole_with_the_reason(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.toml").write_bytes(content)
    with pytest.raises((UsageError, SettingError), match=said) as refused:
        take(tmp_path / "a.toml", Settings())
    assert "a.toml" in refused.value.message and refused.value.remedy


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for each in (tmp_path, tmp_path / "none.toml", tmp_path / "pipe", tmp_path / ("n" * 300)):
        with pytest.raises(UsageError, match="cannot be read"):
            take(each, Settings())


def test_the_file_in_use_is_not_written_over_and_nothing_is_half_written(tmp_path: Path) -> None:
    own, folder = tmp_path / "config.toml", tmp_path / "shared"
    folder.mkdir(mode=0o755)
    with pytest.raises(UsageError, match="settings in use"):
        give(tmp_path / "shared" / ".." / "config.toml", Settings(), own)
    for wrong in (tmp_path / "no" / "a.toml", folder, Path("/dev/null")):
        with pytest.raises(StorageError):
            give(wrong, Settings(), own)
    give(folder / "a.toml", Settings(), own)
    assert [each.name for each in folder.iterdir()] == ["a.toml"] and folder.stat().st_mode & 0o777 == 0o755
    assert not own.exists()
