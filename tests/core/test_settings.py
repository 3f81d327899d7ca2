"""Settings are declared once and refuse what they cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.errors import SettingError
from dictation.core.options import Value, check
from dictation.core.settings import Settings, find, get, options, put, read


def test_every_setting_has_a_label_a_sentence_and_a_good_default() -> None:
    for each in options():
        assert each.label and each.help.endswith("."), each.key
        assert check(each, each.default) == each.default


def test_a_value_given_as_text_is_read_as_its_type() -> None:
    settings = put(Settings(), "microphone.warm", "yes")
    assert get(settings, "microphone.warm") is True
    assert get(put(settings, "hearing.gate", "0.6"), "hearing.gate") == 0.6
    assert get(put(settings, "keys.tap_ms", 250.0), "keys.tap_ms") == 250


@pytest.mark.parametrize(
    ("key", "value", "nearest"),
    [
        ("hearing.gate", 7, "0.9"), ("hearing.gate", "loud", "0.5"), ("keys.mode", "bth", "both"),
        ("keys.tap_ms", 1.5, "400"), ("microphone.warm", "maybe", "false"), ("keys.tap_ms", True, "400"),
        ("hearing.gate", "nan", "0.5"), ("hearing.gate", "inf", "0.9"), ("hearing.language", "english", "en"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_with_the_nearest_good_one(key: str, value: Value, nearest: str) -> None:
    with pytest.raises(SettingError) as caught:
        put(Settings(), key, value)
    assert caught.value.remedy == f"Try `dictation config set {key} {nearest}`."


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(SettingError, match="no setting") as caught:
        find("hearing.gates")
    assert "hearing.gate" in caught.value.remedy


def test_a_table_with_mistakes_keeps_what_is_right() -> None:
    settings, wrong = read({"hearing": {"language": "zh", "gate": "x"}, "nonsense": 3, "keys": {"mode": ["a"]}})
    assert settings.hearing.language == "zh"
    assert settings.hearing.gate == 0.5
    assert [error.code for error in wrong] == ["bad-value", "unknown-setting", "bad-value"]


@given(
    st.dictionaries(
        st.text(), st.one_of(st.text(), st.dictionaries(st.text(), st.one_of(st.text(), st.floats(), st.none())))
    )
)
def test_no_table_breaks_the_reader(table: dict[str, object]) -> None:
    settings, _ = read(table)
    assert isinstance(settings, Settings)
