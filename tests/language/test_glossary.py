"""The glossary file: what is understood, what is reported, and what is built in."""

from __future__ import annotations

import zlib
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from dictation.language.terms.lists.built_in import shipped, write
from dictation.language.terms.lists.glossary import Entry, builtin, parse
from dictation.language.terms.lists.lexicon import lexicon
from dictation.language.terms.lists.packed import Packed, pack


def test_a_word_alone_is_enough() -> None:
    assert parse(["Hasura"]) == ((Entry("Hasura"),), ())


def test_forms_stand_between_bars() -> None:
    (entry,), problems = parse(["Nginx\tengine x| n jinx |\t恩金克斯|恩吉克斯\r\n"])
    assert entry == Entry("Nginx", ("engine x", "n jinx"), ("恩金克斯", "恩吉克斯")) and not problems


def test_comments_blank_lines_a_heading_and_a_byte_order_mark_are_passed_over() -> None:
    entries, problems = parse(["\ufeffterm\tspoken_en\tspoken_zh\r\n", "# mine\n", "\n", "  \n", "Qdrant\n"])
    assert [entry.term for entry in entries] == ["Qdrant"] and not problems


def test_a_bad_line_is_named_and_the_others_count() -> None:
    entries, problems = parse(["Good", "\tno term", "x" * 65, "---", "a\tb\tc\td\te\tf", "Also"])
    assert [entry.term for entry in entries] == ["Good", "Also"]
    assert [problem.split(":")[0] for problem in problems] == ["line 2", "line 3", "line 4", "line 5"]


def test_the_last_line_for_a_term_counts() -> None:
    assert parse(["A1\tone", "A1\ttwo"])[0] == (Entry("A1", ("two",)),)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_no_line_makes_it_fail(lines: list[str]) -> None:
    entries, problems = parse(lines)
    assert len(entries) + len(problems) <= len(lines)


def test_the_built_in_glossary_is_large_and_clean() -> None:
    entries = builtin()
    assert len(entries) >= 800
    assert len({entry.term for entry in entries}) == len(entries)
    assert {"Kubernetes", "GitHub", "智谱", "秒言", "通义千问", "飞书"} <= {entry.term for entry in entries}


def test_no_form_of_several_words_holds_another_name_that_would_be_lost() -> None:
    names = {entry.term.lower() for entry in builtin() if not entry.term.islower()}
    lost = [
        (entry.term, form, word)
        for entry in builtin()
        if " " in entry.term
        for form in entry.english
        for word in form.lower().split()
        if len(word) > 2 and word in names and word not in entry.term.lower() and lexicon().cost(word) > 64
    ]
    assert not lost


def test_the_shipped_index_is_what_the_glossary_compiles_to() -> None:
    shipped_file = files("dictation.language").joinpath("data", "index.bin").read_bytes()
    assert zlib.decompress(shipped_file) == zlib.decompress(write()), "run models/language/index.py"


def test_a_term_of_the_users_own_hides_the_built_in_one() -> None:
    assert shipped().has("redis")
    assert not shipped(frozenset(["Redis"])).has("redis")
    assert shipped(frozenset(["Redis"])).has("kubernetes")


@given(st.dictionaries(st.text("abc", min_size=1, max_size=5), st.integers(0, 99)), st.integers(1, 3))
def test_a_packed_table_gives_back_what_was_put_in(table: dict[str, int], width: int) -> None:
    packed = Packed(pack(table, width), width, int)
    assert dict(packed.items()) == table
    assert all(packed.get(key) == value and key in packed for key, value in table.items())
    assert packed.get("zebra") is None
