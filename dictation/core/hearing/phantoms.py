"""What Whisper says to an empty room, and how to tell it from what people say.

The phrases are facts collected from public issue threads. Real speech is never touched, with three exceptions that no
one dictates: subtitle credits, the names of sounds in brackets, and sentences in a script that nobody here speaks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from dictation.core.types import Transcript, Verdict

SYLLABLE_SECONDS = 0.05
"""No one speaks twenty syllables a second; fast speech has eight, and a detector of voices misses a third of it."""

WEAK_SYLLABLE_SECONDS = 0.09
"""With weak evidence the voice should at least be as long as fast speech."""

CLEAR_SYLLABLE_SECONDS = 0.12
"""Voice so long that a courtesy was said and not made up."""

LOOP_SYLLABLE_SECONDS = 0.16
"""Repeating oneself on purpose takes longer than this; a decoder that loops fills nine tokens into each second."""

UNSURE_LOGPROB = -0.7
UNSURE_NO_SPEECH = 0.6
"""Where a courtesy is more likely made up than said, whatever the voice."""

ECHO_WORDS = 3
ECHO_SHARE = 0.8

_CREDITS = re.compile(
    "|".join(
        (
            "(?:小編|小编)?字幕(?:由|by)?(?:the)?amaraorg(?:社区|社區|社群)?(?:提供)?",
            "(?:中文)?字幕由amaraorg|由amaraorg(?:社区|社區|社群)提供的?字幕",
            "字幕by索[兰蘭][娅雅]",
            "(?:请不吝|請不吝)?[点點][赞贊讚][订訂][阅閱][转轉][发發]打[赏賞](?:支持明[镜鏡][与與](?:点点|點點)[栏欄]目)?",
            "(?:打[赏賞])?支持明[镜鏡][与與](?:点点|點點)[栏欄]目|明[镜鏡]需要您的支持|[欢歡]迎[订訂][阅閱]明[镜鏡]",
            "[优優]{2}[独獨]播[剧劇][场場](?:yoyotelevisionseriesexclusive)?|yoyotelevisionseriesexclusive",
            "(?:中文)?字幕志[愿願]者(?:李宗盛|[杨楊]茜茜)|(?:作?[词詞]作?曲)李宗盛|字幕[制製]作[贝貝][尔爾]",
            "mingpaocanada(?:mingpaotoronto)?|[谢謝]{2}[观觀]看下集再[见見]|zitherharp",
            "(?:subtitles|captions|transcri(?:bed|ption)|translat(?:ed|ion))by(?:the)?amaraorg(?:community)?",
            "pleasesubscribetomychannel|thanksforwatchingandpleasesubscribe",
            "dont?forgettolikeandsubscribe|(?:subtitlesby)?wwwmoojiorg|formoreinformationvisitwwwfemagov",
            "pleaseseethecompletedisclaimerathttpssitesgooglecom",
            "soustitresréalisés(?:parla|para)?(?:la)?communautédamaraorg|soustitragest501",
            "untertitel(?:imauftragdeszdf(?:fürfunk2017)?|vonstephaniegeiges|deramaraorgcommunity)",
            "sottotitolierevisioneacuradiqtss|tekstingavnicolaiwinther|abone(?:olmayı)unutmayın",
            "napisystworzoneprzezspołecznośćamaraorg",
        )
    )
)
"""Credits and boilerplate of channels as they stand after NFKC, lower case, without spaces and punctuation."""

_SAID = """
    thankyou thanks thankyouverymuch thankyousomuch thanksforwatching thankyouforwatching thanksforlistening
    seeyounexttime illseeyouinthenextvideo bye byebye you so the i imsorry idontknow wellberightback thatsall hmm mm
    谢谢 謝謝 谢谢大家 謝謝大家 谢谢观看 謝謝觀看 感谢观看 感謝觀看 谢谢收看 謝謝收看 感谢收看 感謝收看
    多谢您的观看 多謝您的觀看
    请订阅 請訂閱 点赞订阅 點讚訂閱 下期再见 下期再見 我们下期再见 我們下期再見 再见 再見 拜拜 呃 字幕 中文字幕 字幕提供
"""
_COURTESIES = frozenset(_SAID.split())
"""People do say these: they count as phantoms only as the whole output, with weak evidence."""

_ANSWERS = frozenset(("oh", "okay", "ok", "yeah", "hi", "yes", "no", "嗯", "啊", "哦", "好", "好的", "是", "对", "對"))
"""Made up as often, but said far more often: the recogniser's own doubt is needed as well."""

_GENERIC_CREDIT = re.compile(
    r"(?:subtitles|captions|transcribed|translated|本字幕由|中文字幕由|字幕由|字幕)(?: by|由)? ?\S.{0,40}"
)

_SOUNDS = re.compile(
    r"(?:blank[ _]?audio|silence|inaudible|unintelligible|applause|laugh(?:s|ter|ing)?|cough(?:s|ing)?|sneez(?:es|ing)|"
    r"sighs?|breath(?:s|ing)|groans?|(?:[a-z]+ )?music(?: playing| plays)?|(?:wind|air) blowing|typing|"
    r"(?:keyboard |mouse )?click(?:s|ing)?|(?:door|bell|phone|beep)(?: [a-z]+)?|static|noise|"
    r"音[乐樂]|掌[声聲]|笑[声聲]|静音|無聲|无声|咳嗽[声聲]?|[键鍵][盘盤][声聲]|沉默)"
)
_GROUP = re.compile(r"[\[(（【［](?P<inside>[^\[\]()（）【】［］]*)[\])）】］]|\*(?P<stars>[^*]+)\*")
_NOTES = re.compile(r"[\s♩♪♫♬🎵🎶]*[♩♪♫♬🎵🎶][\s♩♪♫♬🎵🎶]*")
_FOREIGN = re.compile(
    "[\u0400-\u052f\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\uff66-\uff9f\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]"
)
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+(?:['’][^\\W_{_HAN}]+)*")
_SYLLABLES = re.compile(f"[{_HAN}]|\\d+|[aeiouyäöüéèáàí]+", re.IGNORECASE)
_ENDS = " \t,.!?;:，。！？；：、…"


def sift(transcript: Transcript, verdict: Verdict, hints: Sequence[str] = ()) -> tuple[Transcript, str | None]:
    """What remains of a transcript, and the reason to type nothing: phantom, echo, loop, impossible_rate, or None.

    ``verdict`` is the gate's on the audio the words came from; ``hints`` are the terms the recogniser was given.
    Sifting twice changes nothing more.
    """
    text = without_credits(transcript.text.strip())
    if not text:
        return replace(transcript, text=""), "phantom" if transcript.text.strip() else None
    kept = replace(transcript, text=text) if text != transcript.text.strip() else transcript
    weak = verdict.kind != "accept"
    if _is_annotation(text, weak) or _is_foreign(text, weak):
        return kept, "phantom"
    if weak and echoes(text, hints):
        return kept, "echo"
    if _is_courtesy(transcript, text, verdict):
        return kept, "phantom"
    slow = verdict.speech_seconds >= LOOP_SYLLABLE_SECONDS * syllables(text)
    if weak or not slow:
        alone = without_loops(text, 3 if weak else 4)
        if alone is None:
            return kept, "loop"
        if alone != text:
            kept, text = replace(kept, text=alone), alone
    least = WEAK_SYLLABLE_SECONDS if weak else SYLLABLE_SECONDS
    if verdict.speech_seconds < least * syllables(text):
        return kept, "impossible_rate"
    return kept, None


def echoes(text: str, hints: Sequence[str]) -> bool:
    """Whether the recogniser only reads its hints out: decode again without them, for an echo can hide real speech.

    At least three words, four fifths of them from ``hints``. Whoever dictates one or two of his terms is believed.
    """
    words = [word.casefold() for word in _TOKEN.findall(text)]
    given = {word.casefold() for hint in hints for word in _TOKEN.findall(hint)}
    return len(words) >= ECHO_WORDS and sum(word in given for word in words) >= ECHO_SHARE * len(words)


def without_credits(text: str) -> str:
    """``text`` without subtitle credits and channel boilerplate, wherever they stand; no one dictates them."""
    while True:
        bare, places = _bare(text)
        found = _CREDITS.search(bare)
        if not found:
            return text
        before = text[: places[found.start()]].rstrip(" ♪[(（【")
        after = text[places[found.end() - 1] + 1 :]
        after = after.lstrip(_ENDS + "—-~♪])）】")
        seam = " " if before and after and before[-1].isascii() and after[0].isascii() else ""
        text = (before + seam + after).strip()


def without_loops(text: str, most: int = 4) -> str | None:
    """``text`` with one to six words that are said ``most`` or more times in a row said once; None if there is no more.

    The longest loop goes first, so that "a b a b a b a b" becomes "a b".
    """
    while True:
        tokens = list(_TOKEN.finditer(text))
        words = [token.group().casefold() for token in tokens]
        loop = _loop(words, most)
        if loop is None:
            return text
        start, size, times = loop
        if size * times == len(words):
            return None
        stop = start + size * times
        text = text[: tokens[start + size - 1].end()] + text[tokens[stop - 1].end() :]


def syllables(text: str) -> int:
    """How many syllables ``text`` has at least: Chinese characters, groups of vowels, and one for each number."""
    return len(_SYLLABLES.findall(text))


def _loop(words: list[str], most: int) -> tuple[int, int, int] | None:
    """(first word, words, times) of the first loop."""
    for start in range(len(words)):
        for size in range(1, 7):
            times = 1
            unit = words[start : start + size]
            while len(unit) == size and words[start + size * times : start + size * (times + 1)] == unit:
                times += 1
            if times >= most:
                return start, size, times
    return None


def _is_annotation(text: str, weak: bool) -> bool:
    """One sound in brackets, asterisks or notes, and nothing else. ``[0]``, ``(a, b)`` and ``*args*`` are code."""
    if _NOTES.fullmatch(text):
        return True
    if weak and not any(each.isalnum() for each in text):
        return True
    group = _GROUP.fullmatch(text.strip(" .。♪"))
    if not group:
        return False
    inside = (group["inside"] or group["stars"] or "").strip(" ♪")
    return bool(_SOUNDS.fullmatch(inside.lower())) or (weak and inside.replace(" ", "").replace("_", "").isalpha())


def _is_foreign(text: str, weak: bool) -> bool:
    """Kana, Hangul or Cyrillic: any with weak evidence, a third of all letters otherwise (a の alone is Chinese)."""
    foreign = len(_FOREIGN.findall(text))
    return foreign > 0 and (weak or 3 * foreign > sum(each.isalpha() for each in text))


def _is_courtesy(transcript: Transcript, text: str, verdict: Verdict) -> bool:
    bare, _ = _bare(text)
    polite = bare in _COURTESIES or bool(_GENERIC_CREDIT.fullmatch(text.lower().strip(_ENDS)))
    if not polite and bare not in _ANSWERS:
        return False
    unsure = any(span.logprob < UNSURE_LOGPROB or span.no_speech > UNSURE_NO_SPEECH for span in transcript.spans)
    weak = verdict.kind != "accept"
    if bare in _ANSWERS:
        return weak and unsure
    return weak or unsure or verdict.speech_seconds < CLEAR_SYLLABLE_SECONDS * syllables(text)


def _bare(text: str) -> tuple[str, list[int]]:
    """Letters and digits of ``text`` in one form, and where each of them stood."""
    bare, places = [], []
    for place, character in enumerate(text):
        for each in unicodedata.normalize("NFKC", character).casefold():
            if each.isalnum():
                bare.append(each)
                places.append(place)
    return "".join(bare), places
