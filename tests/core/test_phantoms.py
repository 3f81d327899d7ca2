"""What is said by nobody is dropped; what is said by somebody is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.core.hearing.phantoms import echoes, sift, syllables, without_credits, without_loops
from dictation.core.types import Span, Transcript, Verdict


def said(seconds: float) -> Verdict:
    return Verdict("accept", None, 0, seconds + 0.6, seconds)


STRONG = said(60.0)
WEAK = Verdict("uncertain", None, 0, 2.0, 0.5)


def outcome(text: str, verdict: Verdict, logprob: float = -0.2, no_speech: float = 0.1) -> tuple[str, str | None]:
    kept, reason = sift(Transcript(text, "en", spans=(Span(text, 0, 1, logprob, no_speech),)), verdict)
    return kept.text, reason


CREDITS = (
    "字幕由 Amara.org 社区提供", "字幕由Amara.org社群提供", "字幕by索兰娅", "中文字幕志愿者 李宗盛",
    "词曲 李宗盛", "Zither Harp",
    "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目", "請不吝點贊訂閱轉發打賞支持明鏡與點點欄目", "打赏支持明镜与点点栏目",
    "优优独播剧场——YoYo Television Series Exclusive", "字幕製作：貝爾", "MING PAO CANADA MING PAO TORONTO",
    "Subtitles by the Amara.org community", "Thanks for watching and please subscribe!",
    "Don't forget to like and subscribe",
    "Please subscribe to my channel.", "www.mooji.org", "Sous-titres réalisés par la communauté d'Amara.org",
    "Untertitel im Auftrag des ZDF für funk, 2017", "Ｓｕｂｔｉｔｌｅｓ ｂｙ ｔｈｅ Amara．org ｃｏｍｍｕｎｉｔｙ",
)  # fmt: skip


@pytest.mark.parametrize("credit", CREDITS)
@pytest.mark.parametrize("verdict", [STRONG, WEAK], ids=["strong", "weak"])
def test_a_credit_is_never_typed(credit: str, verdict: Verdict) -> None:
    assert outcome(credit, verdict) == ("", "phantom")
    assert outcome(f"{credit}。", verdict)[1] == "phantom"


@pytest.mark.parametrize("credit", CREDITS)
def test_a_credit_goes_and_the_speech_around_it_stays(credit: str) -> None:
    assert outcome(f"restart the server. {credit}.", STRONG) == ("restart the server.", None)
    assert outcome(f"{credit} restart the server", STRONG) == ("restart the server", None)
    assert outcome(f"重启服务器，{credit}。然后看日志", STRONG)[0].startswith("重启服务器，")


SOUNDS = (
    "[BLANK_AUDIO]", "(silence)", "[Music]", "(gentle music)", "(keyboard clicking)", "(wind blowing)", "*coughs*",
    "♪♪♪", "♪ ♪", "（音乐）", "[音乐]", "(laughs)", "[Applause].",
)  # fmt: skip


@pytest.mark.parametrize("text", SOUNDS)
@pytest.mark.parametrize("verdict", [STRONG, WEAK], ids=["strong", "weak"])
def test_the_name_of_a_sound_as_the_whole_output_is_a_phantom(text: str, verdict: Verdict) -> None:
    assert outcome(text, verdict)[1] == "phantom"


@pytest.mark.parametrize("text", [".", "。", "...", "(dramatic pause)", "*sad*"])
def test_weak_evidence_needs_words(text: str) -> None:
    assert outcome(text, WEAK)[1] == "phantom"
    assert outcome(text, STRONG) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "[0]", "(a, b)", "*args", "**kwargs", "items[0] = (x, y)", "[1, 2, 3]", "print(music)",
        "see [Music] in the list",
        "#include <stdio.h>", "if (x) { y(); }", "ls", "好", "谢谢", "Thank you.", "no no no no",
        "0 0 0 0", "字幕文件在哪里",
        "subscribe to my channel object", "add subtitles by default", "鸟の诗",
        "transcribed by the worker thread in Rust and sent",
    ],
)  # fmt: skip
def test_real_speech_and_code_are_left_alone(text: str) -> None:
    assert outcome(text, STRONG) == (text, None)


@pytest.mark.parametrize("text", ["ls", "git status", "items[0]", "好", "Okay.", "yes", "重启", "no, no"])
def test_a_short_word_with_weak_evidence_is_kept_when_the_recogniser_is_sure(text: str) -> None:
    assert outcome(text, WEAK) == (text, None)


@pytest.mark.parametrize(
    "text",
    ["Thank you.", "Thanks for watching!", "you", "The", "谢谢大家", "感谢观看", "Subtitles by Jane Doe", "字幕"],
)
def test_a_courtesy_needs_strong_evidence(text: str) -> None:
    assert outcome(text, WEAK)[1] == "phantom"
    assert outcome(text, STRONG) == (text, None)
    assert outcome(text, STRONG, no_speech=0.8)[1] == "phantom"
    assert outcome(text, said(0.1))[1] == "phantom"
    assert outcome(f"{text} restart the server", said(3.0))[1] is None


@pytest.mark.parametrize(
    "text",
    ["ご視聴ありがとうございました", "시청해주셔서 감사합니다", "Субтитры сделал DimaTorzok", "Продолжение следует..."],
)
def test_scripts_that_nobody_here_speaks_are_phantoms(text: str) -> None:
    assert outcome(text, STRONG)[1] == "phantom"
    assert outcome(text, WEAK)[1] == "phantom"


def test_no_one_speaks_as_fast_as_a_phantom() -> None:
    sentence = "please open the settings and restart the recording service now"
    assert outcome(sentence, said(0.3))[1] == "impossible_rate"
    assert outcome(sentence, said(1.8)) == (sentence, None)
    assert outcome("我们今天来讲一下怎么样做一个好吃的蛋糕", said(0.4))[1] == "impossible_rate"
    assert outcome("我们今天来讲一下怎么样做一个好吃的蛋糕", said(2.2))[1] is None


@pytest.mark.parametrize(
    "text",
    [
        "Thank you. Thank you. Thank you. Thank you.",
        "you you you you you",
        "的的的的的的的的",
        "我会上课我会上课我会上课我会上课",
        "a b a b a b a b",
    ],
)
def test_a_loop_is_dropped_where_there_was_no_time_to_say_it(text: str) -> None:
    assert outcome(text, said(0.5))[1] == "loop"
    assert outcome(text, WEAK)[1] == "loop"
    assert outcome(text, STRONG) == (text, None)


def test_a_loop_after_speech_collapses() -> None:
    looping = "restart the server" + " and the server" * 40
    assert outcome(looping, said(4.0)) == ("restart the server and the server", None)
    assert without_loops("打开 终端" + "的" * 200 + "。") == "打开 终端的。"
    assert without_loops("no no no") == "no no no"


def test_reading_the_hints_out_is_an_echo() -> None:
    hints = ["Kubernetes", "kubectl", "git rebase", "pytest"]
    assert echoes("Kubernetes, kubectl, git rebase, pytest.", hints)
    assert not echoes("kubectl pytest", hints)
    assert not echoes("run pytest and then kubectl apply on the cluster", hints)
    assert not echoes("", hints)
    assert sift(Transcript("Kubernetes kubectl pytest", "en"), WEAK, hints)[1] == "echo"
    assert sift(Transcript("Kubernetes kubectl pytest", "en"), STRONG, hints)[1] is None


def test_syllables_are_never_overcounted() -> None:
    assert [syllables(text) for text in ("restart", "重启server", "2048", "git", "")] == [2, 4, 1, 1, 0]


words = st.lists(
    st.sampled_from(
        ["ls", "重启", "server", "[Music]", "字幕由Amara.org社区提供", "you", "的", "♪", "0", "。", " ", "の"]
    )
)
texts = st.text() | words.map("".join) | words.map(" ".join)
spans = st.builds(Span, texts, st.just(0.0), st.just(1.0), st.floats(-3, 0), st.floats(0, 1)) | st.none()
verdicts = st.builds(
    Verdict, st.sampled_from(["accept", "uncertain"]), st.none(), st.just(0.0), st.just(9.0), st.floats(0, 9)
)
LEGAL = {None, "phantom", "echo", "loop", "impossible_rate"}


@given(texts, verdicts, spans, st.lists(texts, max_size=3))
def test_sifting_never_fails_and_twice_is_as_once(
    text: str, verdict: Verdict, span: Span | None, hints: list[str]
) -> None:
    once, reason = sift(Transcript(text, "zh", spans=(span,) if span else ()), verdict, hints)
    assert reason in LEGAL
    again, still = sift(once, verdict, hints)
    assert again.text == once.text
    assert still == reason or not once.text


@given(texts)
def test_removing_credits_or_loops_twice_is_as_once(text: str) -> None:
    bare = without_credits(text)
    assert without_credits(bare) == bare
    alone = without_loops(text)
    assert alone is None or without_loops(alone) == alone


@given(
    st.lists(
        st.sampled_from(
            ["restart", "server", "打开", "git", "items[0]", "(x)", "*y*", "`ls -la`", "好", "no", "you", "0"]
        ),
        min_size=2,
    )
)
def test_strong_evidence_is_never_touched(parts: list[str]) -> None:
    text = " ".join(parts).strip()
    assert outcome(text, STRONG) == (text, None)
