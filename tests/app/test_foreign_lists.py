"""Owns the proof that lists of other programs become terms: made files in the formats that those programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dictation.app.words.foreign_lists import read
from dictation.app.words.glossary_file import GlossaryFile
from dictation.core.errors import UsageError

VOICEINK = {
    "version": "1.0", "vocabularyWords": ["Zorblax"], "wordReplacements": {"klein, kline": "Cline"}, "exportDate": 1
}  # fmt: skip
VOICEINK_LATER = {
    "dictionaryItems": ["Zorblax"], "wordReplacements": [{"originalVariants": "klein, kline", "replacement": "Cline"}]
}  # fmt: skip
HANDY = {"settings": {"custom_words": ["Zorblax", "Cline"], "push_to_talk": True}}
DRAGON = (
    '<?xml version="1.0"?>\n<List><Word name="Cline"><SpokenForm>klein</SpokenForm></Word><Word name="Zorblax"/></List>'
)

LISTS = [
    ("hot.txt", "# 热词\n\nZorblax\n魔搭\n", {"Zorblax": (), "魔搭": ()}),
    (
        "hot-rule.txt",
        "# 规则\n毫安时  =   mAh\n(艾特)\\s*QQ = @qq.\n赫兹 = Hz\n",
        {"mAh": ("毫安时",), "Hz": ("赫兹",)},
    ),
    ("v.json", json.dumps(VOICEINK), {"Zorblax": (), "Cline": ("klein", "kline")}),
    ("v2.json", json.dumps(VOICEINK_LATER), {"Zorblax": (), "Cline": ("klein", "kline")}),
    ("settings_store.json", json.dumps(HANDY), {"Zorblax": (), "Cline": ()}),
    ("words.json", '{"klein": "Cline"}', {"Cline": ("klein",)}),
    ("list.json", '["Zorblax", "Cline"]', {"Zorblax": (), "Cline": ()}),
    ("a.csv", "wrong,correct\nklein,Cline\n克莱因,Cline\n", {"Cline": ("klein", "克莱因")}),
    ("b.csv", "Cline,klein\nZorblax\n", {"Cline": ("klein",), "Zorblax": ()}),
    ("c.tsv", "from\tto\nklein\tCline\n", {"Cline": ("klein",)}),
    ("dragon.xml", DRAGON, {"Cline": ("klein",), "Zorblax": ()}),
]


@pytest.mark.parametrize("name, text, terms", LISTS, ids=[each[0] for each in LISTS])
def test_a_list_becomes_terms_with_what_they_are_heard_as(
    tmp_path: Path, name: str, text: str, terms: dict[str, tuple[str, ...]]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    glossary = GlossaryFile(tmp_path / "glossary.tsv")
    assert glossary.take(tmp_path / name) == len(terms)
    assert {each.term: (*each.english, *each.chinese) for each in glossary.entries()} == terms


def test_a_list_in_two_bytes_a_character_is_read(tmp_path: Path) -> None:
    (tmp_path / "dragon.xml").write_bytes(DRAGON.encode("utf-16"))
    assert GlossaryFile(tmp_path / "glossary.tsv").take(tmp_path / "dragon.xml") == 2


def test_forms_are_added_to_a_term_that_is_known_and_nothing_is_lost(tmp_path: Path) -> None:
    own = tmp_path / "glossary.tsv"
    own.write_text("# mine\nCline\tcly in\t\tc\n", encoding="utf-8")
    (tmp_path / "v.json").write_text(json.dumps(VOICEINK), encoding="utf-8")
    GlossaryFile(own).take(tmp_path / "v.json")
    assert own.read_text(encoding="utf-8").splitlines() == ["# mine", "Cline\tcly in|klein|kline\t\tc", "Zorblax\t\t"]


@pytest.mark.parametrize("name", ["x.json", "x.csv", "x.tsv"])
def test_what_is_exported_is_imported_again(tmp_path: Path, name: str) -> None:
    here, there = GlossaryFile(tmp_path / "a.tsv"), GlossaryFile(tmp_path / "b.tsv")
    here.put("Cline", ["klein", "克莱因"])
    here.put("Zorblax", [])
    assert here.give(tmp_path / name) == 2
    assert there.take(tmp_path / name) == 2
    assert [(e.term, e.english, e.chinese) for e in there.entries()] == [
        (e.term, e.english, e.chinese) for e in here.entries()
    ]


@pytest.mark.parametrize(
    "name, text",
    [
        ("a.json", "{"),
        ("a.json", "[[[]]]"),
        ("a.json", '{"a": 1}'),
        ("a.xml", "<a><b></a>"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a><word>&b;</word></a>'),
        ("a.txt", "(a|b) = c\n\\d = d\n"),
        ("a.csv", "\n"),
    ],
)
def test_a_broken_or_empty_list_is_refused_and_nothing_is_written(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        GlossaryFile(tmp_path / "glossary.tsv").take(tmp_path / name)
    assert not (tmp_path / "glossary.tsv").exists()


def test_a_glossary_of_our_own_is_none_of_them() -> None:
    assert read("glossary.tsv", b"term\tenglish\tchinese\nCline\tklein\t\n") is None


@pytest.mark.parametrize(
    ("element", "terms"),
    [
        ('<word name="Git"><name>Other</name><spoken>g i t</spoken></word>', {"Git": ("g i t",)}),
        ("<entry><written>Git</written><written>Other</written><spoken>get</spoken></entry>", {"Git": ("get",)}),
        ("<word>Git</word>", {"Git": ()}),
    ],
)
def test_an_attribute_goes_before_a_child_and_the_first_child_before_others(
    element: str, terms: dict[str, tuple[str, ...]]
) -> None:
    found = read("words.xml", f"<list>{element}<word>Redis</word></list>".encode())
    assert found is not None and found.terms == {**terms, "Redis": ()}
