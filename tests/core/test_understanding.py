"""What was said in one piece of sound: nothing without support, nothing left out, and no word for a worse one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.evidence import WINDOW_SECONDS, HeardWord, Verdict, Weight
from dictation.core.hearing import coverage, gate
from dictation.core.hearing.stretches import LEAST_SUPPORT, SURE_SUPPORT
from dictation.core.hearing.understanding import support_of, understand
from dictation.core.types import RATE, SAMPLE_BYTES, Span, Transcript


class Ear:
    """Hears by its window: texts by way, the support and the word onsets of each text; counts what it encodes."""

    weighs = True

    def __init__(self, **ways: str) -> None:
        self.ways = ways
        self.support: dict[str, float] = {}
        self.onsets: dict[str, Sequence[float]] = {}
        self.parts: list[tuple[str, str]] = []  # of a divided piece: text and language, in order
        self.encoded: list[str] = []
        self.most = 0

    def _hear(self, way: str, samples: bytes, language: str) -> Transcript:
        self.encoded.append(way)
        text, spoken = self.ways.get(way, ""), "en"
        if self.parts and len(samples) < self.most:
            text, spoken = self.parts.pop(0)
        self.most = max(self.most, len(samples))
        seconds = len(samples) / SAMPLE_BYTES / RATE
        span = Span(text, 0.0, seconds, -0.9, 0.0, len(self.encoded), spoken, short=way == "fast")
        return Transcript(text, spoken, 0.5, (span,) if text else ())

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        return self._hear("fast", samples, language)

    def transcribe_whole(
        self, samples: bytes, language: str, hints: Sequence[str] = (), styled: bool = False
    ) -> Transcript:
        return self._hear("whole", samples, language)

    def transcribe_short(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        return self._hear("short", samples, language)

    def again(self, piece: int, language: str = "", hints: Sequence[str] = (), style: str = "") -> Transcript | None:
        return None

    def weigh(self, piece: int, texts: Sequence[str], language: str = "") -> tuple[Weight, ...]:
        return tuple(self._weight(text) for text in texts)

    def _weight(self, text: str) -> Weight:
        said, much = text.split(), self.support.get(text, 5.0)
        starts = self.onsets.get(text, [0.3 * number for number in range(len(said))])
        words = tuple(
            HeardWord(f" {each}", start, start + 0.2, 0.0, -much) for each, start in zip(said, starts, strict=True)
        )
        return Weight(text, 0.0, -much * len(said), len(said), words)


def piece(seconds: float, pause: tuple[float, float] = (0.0, 0.0)) -> tuple[bytes, tuple[float, ...]]:
    """Samples, and their voice: all of it but for ``pause``."""
    voice = [0.9] * round(seconds / WINDOW_SECONDS)
    for index in range(*(round(each / WINDOW_SECONDS) for each in pause)):
        voice[index] = 0.05
    return bytes(round(seconds * RATE) * SAMPLE_BYTES), tuple(voice)


def verdict(seconds: float, voice: tuple[float, ...], kind: str = "accept", spoken: float = 4.0) -> Verdict:
    return Verdict(kind, None, 0.0, seconds, seconds, voice, voiced=spoken, spoken=spoken)


def hear(
    ear: Ear, seconds: float, kind: str = "accept", spoken: float = 4.0, **more: tuple[float, float]
) -> tuple[Transcript, str | None]:
    samples, voice = piece(seconds, **more)
    return understand(ear, samples, verdict(seconds, voice, kind, spoken), "auto", lambda: ())


@given(st.text(max_size=40), st.floats(-9, 0), st.sampled_from(["accept", "uncertain"]))
def test_a_piece_with_no_support_types_nothing(text: str, support: float, kind: str) -> None:
    ear = Ear(fast=text, whole=text, short=text)
    ear.support = dict.fromkeys((text, text.strip()), support)
    ear._weight = lambda text: Weight(text, 0.0, -support * 3, 3, ())  # type: ignore[method-assign]
    _, reason = hear(ear, 1.0, kind, spoken=1.0)
    assert reason is not None


@given(st.floats(0.5, 9), st.floats(0.5, 9))
def test_a_decode_never_gives_way_to_one_that_the_sound_supports_less(fast: float, whole: float) -> None:
    ear = Ear(fast="one two", whole="three four")
    ear.support = {"one two": fast, "three four": whole}
    ear.onsets = {"one two": (0.0, 0.3), "three four": (0.0, 0.3)}  # both leave the same unexplained
    heard, reason = hear(ear, 1.5)
    if reason is None and heard.text in ear.support:
        assert ear.support[heard.text] == max(fast, whole)


@given(st.floats(0.5, 9), st.floats(0.0, 9))
def test_the_other_language_is_asked_where_one_has_little_support_and_the_better_supported_stays(
    taken: float, other: float
) -> None:
    ear, asked = Ear(fast="one two", whole="one two"), list[str]()
    ear.support = {"one two": taken, "三 四": other}
    ear.onsets = {"one two": (0.0, 0.3), "三 四": (0.0, 0.3)}

    def again(piece: int, language: str = "", hints: Sequence[str] = (), style: str = "") -> Transcript:
        asked.append(language)
        return Transcript("三 四", language, 0.5, (Span("三 四", 0.0, 0.8, -0.9, 0.0, piece, language),))

    ear.again = again  # type: ignore[method-assign]
    heard, reason = hear(ear, 0.8)
    assert asked in ([], ["zh"]) and not (asked and taken >= gate.WORD_SUPPORT)
    if not asked:
        assert "三" not in heard.text  # what is refused gets no second chance to be typed
    if reason is None:
        assert ("one two" in heard.text) == (not asked or taken >= other)


@given(st.booleans(), st.booleans(), st.sampled_from([(), ("Grafana",)]))
def test_a_decode_that_ran_into_its_limit_is_weighed_and_gives_way_to_one_that_came_to_an_end(
    cut: bool, still: bool, hints: tuple[str, ...]
) -> None:
    ear, weighed = Ear(fast="one two three four"), list[str]()

    def decoded(text: str, cut: bool) -> Transcript:
        return Transcript(text, "en", 0.9, (Span(text, 0.0, 0.8, -0.05, 0.0, 1, "en", cut=cut),))

    def weigh(piece: int, texts: Sequence[str], language: str = "") -> tuple[Weight, ...]:
        weighed.extend(texts)
        return tuple(ear._weight(text) for text in texts)

    ear.transcribe = lambda *_: decoded("one two three four", cut)  # type: ignore[method-assign]
    ear.again = lambda *_: decoded("five six seven eight", still)  # type: ignore[method-assign]
    ear.weigh = weigh  # type: ignore[method-assign]
    samples, voice = piece(1.2)
    heard, reason = understand(ear, samples, verdict(1.2, voice), "en", lambda: hints)
    assert reason is None
    assert heard.text == ("five six seven eight" if cut and not still else "one two three four")
    assert bool(weighed) == (cut and still), "sure words are doubted only where their decode came to no end"


def test_without_weights_a_decode_that_ran_into_its_limit_is_made_again_without_the_hints() -> None:
    given = list[Sequence[str]]()

    class Plain:
        def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
            given.append(hints)
            text = "one two and and" if hints else "one two"
            return Transcript(text, "en", 0.9, (Span(text, 0.0, 1.2, -0.1, cut=bool(hints)),))

    samples, voice = piece(1.2)
    heard, _ = understand(Plain(), samples, verdict(1.2, voice), "en", lambda: ("Grafana",))
    assert (heard.text, given) == ("one two", [("Grafana",), ()])


@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0, 9)), min_size=1, max_size=6))
def test_support_is_what_the_sound_says_more_than_silence(chances: list[tuple[float, float]]) -> None:
    words = tuple(HeardWord("x", 0, 1, -heard, -unheard) for heard, unheard in chances)
    weight = Weight("x", sum(w.heard for w in words), sum(w.unheard for w in words), len(words), words)
    assert weight.support * len(words) == pytest.approx(sum(word.support for word in words))


def test_what_may_be_noise_is_encoded_once_and_wholly() -> None:
    ear = Ear(whole="Thanks.")
    ear.support["Thanks."] = 0.2
    _, reason = hear(ear, 2.0, "uncertain", spoken=-1.0)
    assert (ear.encoded, reason) == (["whole"], "phantom")


def test_a_courtesy_that_was_heard_is_typed_and_one_that_was_not_is_not() -> None:
    for support, wanted in ((4.0, None), (-1.0, "phantom")):
        ear = Ear(fast="Bye.", whole="Bye.", short="Bye.")
        ear.support["Bye."] = support
        assert hear(ear, 0.5, spoken=2.0)[1] == wanted


def test_a_clause_that_was_left_out_is_decoded_on_its_own_and_joined_in_order() -> None:
    ear = Ear(fast="we merged it", whole="we merged it")
    ear.parts = [("明天再发布", "zh")]
    heard, reason = hear(ear, 3.0, pause=(1.2, 1.6))
    assert reason is None and heard.text == "we merged it 明天再发布" and heard.unexplained == ()
    assert [span.text for span in heard.spans] == ["we merged it", "明天再发布"]
    assert heard.spans[1].start == pytest.approx(1.4, abs=0.1)
    assert ear.encoded == ["fast", "fast"]  # what was heard well is not decoded again, nor the whole in a larger window


@given(st.sampled_from(["", "noch etwas"]), st.floats(0.0, 8.0), st.floats(2.5, 12.0), st.booleans())
def test_a_piece_costs_no_more_than_one_larger_window_and_its_parts(
    part: str, support: float, seconds: float, told: bool
) -> None:
    ear = Ear(fast="we merged it", whole="we merged it" if told else "", short="we merged it")
    ear.parts = [(part, "de")] * 20
    ear.support |= {"we merged it": support, part: support}
    hear(ear, seconds, pause=(1.2, 1.6))
    assert ear.encoded.count("whole") <= 1 and len(ear.encoded) <= 6


@given(st.floats(0.0, 8.0), st.floats(0.0, 8.0))
def test_a_clause_in_another_language_stays_only_where_the_sound_supports_it(whole: float, other: float) -> None:
    ear = Ear(fast="we merged it", whole="we merged it")
    ear.parts = [("明天再发布", "zh")] if whole >= SURE_SUPPORT else [("we merged it", "en"), ("明天再发布", "zh")]
    ear.support |= {"we merged it": whole, "明天再发布": other}
    heard, reason = hear(ear, 3.0, pause=(1.2, 1.6))
    if reason is None and "明天再发布" in heard.text:
        assert other > LEAST_SUPPORT
    assert len(ear.encoded) <= 5


def test_a_stretch_that_stays_unexplained_is_told_and_costs_no_word() -> None:
    ear = Ear(fast="we merged it", whole="we merged it")
    ear.parts = [("", "")]
    heard, reason = hear(ear, 5.0, pause=(1.2, 1.6))
    assert reason is None and heard.text == "we merged it"
    ((start, end),) = heard.unexplained
    assert start < 1.6 and end == pytest.approx(5.0, abs=0.1)


def test_sure_words_that_fill_the_voice_are_not_weighed() -> None:
    ear = Ear(fast="we have merged the new release into main today")
    ear.weigh = None  # type: ignore[assignment, method-assign]
    ear._hear = lambda *_: Transcript(ear.ways["fast"], "en", 0.9, (Span(ear.ways["fast"], 0, 2, -0.1, 0, 1),))  # type: ignore[method-assign]
    samples, voice = piece(2.0)
    heard, reason = understand(ear, samples, verdict(2.0, voice), "auto", lambda: ())
    assert reason is None and heard.text == ear.ways["fast"] and heard.support is None


def test_support_of_the_rest_is_asked_for_at_the_end() -> None:
    ear = Ear()
    ear.support["yes"] = 3.0
    assert support_of(ear, Transcript("yes", "en", 1.0, (Span("yes", 0, 1, piece=1),))) == pytest.approx(3.0)


voices = st.lists(st.floats(0, 1), min_size=1, max_size=300)


@given(voices, st.lists(st.floats(0, 9), max_size=12))
def test_gaps_lie_between_words_and_hold_voice(voice: list[float], starts: list[float]) -> None:
    words = [HeardWord("x", start, start + 0.1, 0, 0) for start in sorted(starts)]
    for gap in coverage.gaps(words, voice, [1] * len(words)):
        assert gap.voiced > coverage.LONGEST and gap.start <= gap.end and gap.last == gap.first + 1
        for place in coverage.cuts(gap, voice, len(words)):
            assert 0 < place < len(voice) * WINDOW_SECONDS


def test_a_cry_is_no_word_and_a_shout_is_one() -> None:
    weight = Weight("PAH!", 0.0, -7.0, 2)
    sound = verdict(1.0, (0.9,) * 31, "uncertain", 1.0)
    assert not gate.supported(sound, Transcript("PAH!", "en", 0.2, (Span("PAH!", 0, 1, -1.6),)), weight)
    assert gate.supported(sound, Transcript("PAH!", "en", 0.9, (Span("PAH!", 0, 1, -0.2),)), weight)
