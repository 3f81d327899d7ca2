"""Settings on disk: never half written, never overwritten when broken, comments kept."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.errors import StorageError
from dictation.core.options import Option, Value
from dictation.core.settings import Settings, options, put
from dictation.desktop.store.folders import private_folder, write_whole
from dictation.desktop.store.settings_file import load, save


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "config.toml") == (Settings(), [])


def test_what_is_saved_is_loaded_and_only_its_user_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    changed = put(put(Settings(), "hearing.language", "zh"), "keys.dictate", "f9")
    save(path, changed)
    assert load(path) == (changed, [])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_comments_and_unknown_lines_survive(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("# mine\n[hearing]\ngate = 0.6  # my room\n[future]\nthing = 1\n")
    save(path, put(load(path)[0], "hearing.language", "en"))
    text = path.read_text()
    assert "# mine" in text and "# my room" in text and "thing = 1" in text and 'language = "en"' in text


def test_a_value_set_back_to_its_default_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    save(path, put(Settings(), "hearing.gate", 0.7))
    save(path, Settings())
    assert "gate" not in path.read_text()


def test_a_broken_file_is_set_aside_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    for name in ("config.toml.broken", "config.toml.broken-2"):
        path.write_text("[hearing\n")
        settings, (error,) = load(path)
        assert settings == Settings()
        assert error.code == "config-broken" and "line 1" in error.message and name in error.remedy
        assert (tmp_path / name).read_text() == "[hearing\n"
        assert not path.exists()


def test_a_wrong_value_is_named_and_the_rest_is_used(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[hearing]\nlanguage = "zh"\ngate = 9\n')
    settings, (error,) = load(path)
    assert settings.hearing.language == "zh" and settings.hearing.gate == 0.5
    assert "hearing.gate" in error.message
    assert path.exists()


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    save(path, put(Settings(), "hearing.gate", 0.7))
    before = path.read_text()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        save(path, put(Settings(), "hearing.gate", 0.8))
    assert path.read_text() == before
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    settings, (error,) = load(tmp_path / "config.toml")
    assert settings == Settings() and error.code == "config-unreadable"


def values(each: Option) -> st.SearchStrategy[Value]:
    if each.choices:
        return st.sampled_from(each.choices)
    if each.kind is bool:
        return st.booleans()
    if each.key == "insert.methods":  # the one text with a grammar of its own
        return st.sampled_from(["", "emacs=ctrl+v", "emacs=ctrl+v, xfreerdp=paste", "kitty = type , gimp=never"])
    if each.kind is str:
        return st.text(st.characters(codec="utf-8")).map(str.strip)
    low, high = each.low or 0, each.high or 0
    return st.floats(low, high) if each.kind is float else st.integers(int(low), int(high))


@given(st.data())
def test_every_setting_goes_to_disk_and_back(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(list(options())))
    changed = put(Settings(), each.key, data.draw(values(each)))
    path = tmp_path_factory.mktemp("settings") / "config.toml"
    save(path, changed)
    assert load(path) == (changed, [])


def test_a_byte_order_mark_costs_no_setting(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('# mine\n[keys]\ndictate = "f9"\n', encoding="utf-8-sig")
    settings, wrong = load(path)
    assert settings.keys.dictate == "f9" and not wrong
    save(path, put(settings, "keys.dictate", "f8"))
    assert load(path)[0].keys.dictate == "f8" and "# mine" in path.read_text(encoding="utf-8")


def test_writing_a_file_leaves_the_folder_that_the_user_named_as_it_is(tmp_path: Path) -> None:
    for mode in (0o755, 0o1777):
        folder = tmp_path / oct(mode)
        folder.mkdir()
        folder.chmod(mode)
        write_whole(folder / "export.toml", "x = 1\n", private=False)
        assert stat.S_IMODE(folder.stat().st_mode) == mode
        assert stat.S_IMODE((folder / "export.toml").stat().st_mode) == 0o600


def test_a_folder_that_is_everybodys_is_never_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
    private_folder(tmp_path / "ours")
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == 0o700
