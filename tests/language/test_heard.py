"""Terms are found by their sound, and of two hearings the words stay that the sound and the sentence speak for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.evidence import HeardWord, Weight
from dictation.language.heard.better_words import ORDINARY, TRADE, brings_term, choose, stretches, taken
from dictation.language.heard.sounds_like import SoundsLike, said_in_chinese, shipped
from dictation.language.terms.lists.glossary import Entry, builtin

TERMS = frozenset({"redis", "localhost", "deepseek"})


def weight(*words: tuple[str, float], unheard: float = -8.0) -> Weight:
    """A weighed text of words that have one token each: their log probability with the sound, and without."""
    made = tuple(HeardWord(text, 0.1 * at, 0.1 * at + 0.1, heard, unheard) for at, (text, heard) in enumerate(words))
    total = sum(heard for _, heard in words)
    return Weight("".join(text for text, _ in words).strip(), total, unheard * len(words), len(words), made)


def listed(word: str) -> bool:
    return word in TERMS


@pytest.mark.parametrize("entry", [each for each in builtin() if not each.is_chinese and len(each.term) > 5][::40])
def test_a_term_said_right_is_found_inside_a_sentence(entry: Entry) -> None:
    assert entry.term in [term for term, _ in shipped().near(f"我们用 {entry.term} 来做这个", 20)]


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("Dipsync 的 API", "DeepSeek"),
        ("用 Ker 刺一下 local hose", "localhost"),
        ("说的是暴躁", "报错"),
        ("red is cash", "Redis"),
    ],
)
def test_a_term_is_found_in_what_it_was_misheard_as(heard: str, meant: str) -> None:
    assert meant in [term for term, _ in shipped().near(heard, 20)]


@pytest.mark.parametrize("word", sorted(word for word in said_in_chinese() if len(word) > 4))
def test_an_everyday_word_inside_chinese_is_heard_again_without_being_a_term(word: str) -> None:
    assert word in dict(shipped().near(f"把这个{word}改一下", 20))


def test_of_words_that_sound_alike_the_one_that_is_said_more_often_comes_first() -> None:
    entries = [Entry("flour"), Entry("flower")]
    for often in ("flour", "flower"):
        assert SoundsLike(entries, {often: 9}).near("flower", 1)[0][0] == often


@given(st.text(max_size=40))
def test_any_text_can_be_looked_through(text: str) -> None:
    found = SoundsLike((Entry("Redis"), Entry("缓存", flags="z"))).near(text, 5)
    assert all(worth > 0 for _, worth in found) and len(found) <= 2


def test_without_terms_nothing_is_found() -> None:
    assert SoundsLike(()).near("anything at all", 5) == []


def test_a_term_stays_that_the_sound_speaks_for_nearly_as_well() -> None:
    first = weight(("the", -0.1), (" red", -0.5), (" is", -0.5), (" cache", -0.1))
    second = weight(("the", -0.1), (" Redis", -4.0), (" cache", -0.1))
    assert choose(first, second, True, listed, marks=False) == "the Redis cache"


def test_the_same_term_stays_out_of_an_ordinary_sentence() -> None:
    first = weight(("it", -0.1), (" said", -0.1), (" red", -0.5), (" is", -0.5))
    second = weight(("it", -0.1), (" said", -0.1), (" Redis", -7.0), unheard=-12.0)
    assert choose(first, second, False, listed, marks=False) == "it said red is"


def test_a_loop_is_refused_whatever_it_says() -> None:
    first = weight(("the", -0.1), (" paper", -0.1))
    second = weight(*((" Redis,", -0.1) for _ in range(9)), unheard=-0.2)
    assert choose(first, second, True, listed, marks=True) == first.text


def test_marks_come_from_the_second_hearing_where_they_are_wanted() -> None:
    first = weight(("缓", -0.1), ("存", -0.1), ("好", -0.1))
    second = weight(("缓", -0.1), ("存,", -0.1), ("好。", -0.1))
    assert choose(first, second, True, listed, marks=True) == "缓存,好。"
    assert choose(first, second, True, listed, marks=False) == "缓存好"


def test_words_that_the_first_hearing_left_out_come_back_if_the_sound_has_them() -> None:
    first = weight(("MongoDB", -0.1), ("的", -0.1))
    second = weight(("MongoDB", -0.1), ("的", -0.1), (" collection", -0.3), (" index", -0.3))
    assert choose(first, second, True, listed, marks=True) == "MongoDB的 collection index"
    weak = weight(("MongoDB", -0.1), ("的", -0.1), (" collection", -3.0), (" index", -3.0))
    assert choose(first, weak, True, listed, marks=True) == "MongoDB的"


words = st.lists(
    st.tuples(st.sampled_from([" red", " is", " Redis", "的", "缓", "存,", " I'm", " localhost"]), st.floats(-20, 0)),
    min_size=1, max_size=8,
)  # fmt: skip


@given(words, words, st.booleans(), st.booleans())
def test_no_word_gives_way_to_one_that_is_worse_by_more_than_the_bar(
    one: list[tuple[str, float]], other: list[tuple[str, float]], trade: bool, marks: bool
) -> None:
    first, second = weight(*one), weight(*other)
    text = choose(first, second, trade, listed, marks)
    most = max((TRADE if trade else ORDINARY).term, (TRADE if trade else ORDINARY).other)
    for stretch in stretches(first.words, second.words):
        if not stretch.alike and stretch.first and stretch.less > most:
            assert not taken(stretch, TRADE if trade else ORDINARY, listed)
    assert text or not first.text


def test_a_term_in_pieces_counts_as_a_term() -> None:
    first, second = weight((" dip", -1), (" sync", -1)), weight((" deep", -1), ("seek", -1))
    (stretch,) = stretches(first.words, second.words)
    assert brings_term(stretch, listed)
