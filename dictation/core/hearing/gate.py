"""Silence gate: from what was measured of a recording to accept, uncertain or reject, with the reason.

The decision rests on the few stretches of a recording that are most like speech. Two weighted sums of the same six
numbers say whether a stretch is a voice at all (else nothing is decoded) and whether it is speech (else the recogniser
has to be sure of itself). The weights were fitted by ``models/gate/fit.py``, whose README says on what and how well.
"""

from __future__ import annotations

import math

from dictation.core.evidence import WINDOW_SECONDS, Evidence, SpeechBurst, Verdict, Weight
from dictation.core.types import Transcript

TAP_SECONDS = 0.4
"""A press of 0.2 s and the 0.2 s recorded after release."""

DEAD_PEAK = 0.0005
"""-66 dBFS: quieter than the hiss of any open microphone."""

MARGIN_SECONDS = 0.3
"""What is kept before the first and after the last voiced window."""

VOICE = (0.38, 0.43, -0.30, 1.55, 0.95, 3.71, -3.65)
"""Weights of ``features``, and the constant: is it a voice, or clatter, hum, hiss, the room?"""

SPEECH = (0.32, 0.38, -1.65, 0.56, 0.33, 3.61, -1.62)
"""The same: is it speech, or anything else, a sneeze, a cry, a cough?"""

REJECT, ACCEPT = 0.15, 1.4
"""What is no voice is rejected; what is speech is accepted; what lies between is uncertain."""

DECODED = -2.0
"""What is less a voice than ``REJECT`` but more than this is decoded where the recogniser can weigh its own words."""

SUPPORTED = (0.55, 0.97, -4.49, -1.72)
"""Weights of ``believed``, and the constant; what is above 0 is believed. Fitted by ``models/gate/fit_support.py``."""

LEAST_SUPPORT = 0.5
"""Nats per token. Loops, and what is made up for a sound, have less; of 148 words no right one had less than 1.4."""

PLENTY, WORD_SUPPORT = 26.0, 1.4
"""Nats of a whole text, and per token, that are believed of any sound, a whisper too; of 67 noises none had over 16."""

CRY_WORDS, CRY_LOGPROB = 2, -0.9
"""A sneeze or a cry is spelled as a word or two with an exclamation mark, and not surely."""

SURE_LOGPROB = -0.5
"""Mean log-probability of words that need no weighing where the gate is sure as well."""

MOST_SUPPORT = 8.0
"""Nats per token; more says no more."""

QUIET = 1.5
"""By so much less is a whisper a voice: no tone, and little above the room."""

TYPICAL = SpeechBurst(0.0, 0.0, 0.0, 0.9, 0.8, 25.0)
"""Tone, variety and height above the room of speech, for evidence that has only probabilities."""

WORDLESS_SECONDS = 2.0
"""Of speech: a mark that is said by its name, or a sound that is no word, takes less."""

UNSURE_LOGPROB = -0.8
UNSURE_NO_SPEECH = 0.6

MUTED = "The microphone delivers no sound at all: it is muted, or the wrong one is chosen"
FAINT = "The microphone hears next to nothing: it is turned down, too far away, or the wrong one is chosen"


def judge(evidence: Evidence, threshold: float = 0.5, quiet_voice: bool = False, weighs: bool = False) -> Verdict:
    """Whether anything was said. ``threshold`` is the speech probability that counts as speech (0 to 1).

    ``quiet_voice`` lets whispers through to the recogniser; ``weighs``: so does a recogniser that will say how much the
    sound speaks for what it hears. The verdict's ``start`` and ``end`` (seconds) trim only the ends of the recording.
    """
    voice = evidence.voice
    voiced, spoken = scores(evidence, threshold)
    heard = voiced >= (DECODED if weighs else REJECT) - (QUIET if quiet_voice else 0.0)
    if evidence.seconds < TAP_SECONDS and not heard:
        return Verdict("reject", "too_short", voice=voice)
    if evidence.peak < DEAD_PEAK:
        return Verdict("reject", "microphone_silent", voice=voice, note=FAINT if evidence.peak else MUTED)
    if not heard:
        return Verdict("reject", "no_voice", voice=voice)
    # Ends are found with a lower bar than the decision, so that a soft first consonant is kept.
    bar = min(threshold - (0.25 if quiet_voice else 0.15), max(voice) / 2)
    inside = [index for index, chance in enumerate(voice) if chance >= bar]
    return Verdict(
        "accept" if spoken >= ACCEPT and voiced >= REJECT - (QUIET if quiet_voice else 0.0) else "uncertain",
        None,
        max(0.0, inside[0] * WINDOW_SECONDS - MARGIN_SECONDS),
        min(evidence.seconds, (inside[-1] + 1) * WINDOW_SECONDS + MARGIN_SECONDS),
        WINDOW_SECONDS * len(inside),
        voice,
        voiced=voiced,
        spoken=spoken,
    )


def scores(evidence: Evidence, threshold: float = 0.5) -> tuple[float, float]:
    """How much the best stretch is a voice, and how much the best one is speech; minus infinity where there is none."""
    found = [features(each, threshold) for each in evidence.stretches or _from_voice(evidence.voice)]
    return (
        max((_weighted(VOICE, each) for each in found), default=-math.inf),
        max((_weighted(SPEECH, each) for each in found), default=-math.inf),
    )


def features(stretch: SpeechBurst, threshold: float = 0.5) -> tuple[float, ...]:
    """What the weights are for.

    Log-odds of speech in 0.16 and in 0.29 s, tone, variety, tens of decibels above the room, and whether what is like
    speech has a tone. ``threshold`` is the probability that counts as an even one.
    """
    brief, steady = (_odds(each) - _odds(threshold) for each in (stretch.brief, stretch.steady))
    return brief, steady, stretch.tone, stretch.varied, stretch.above / 10, stretch.tone / (1 + math.exp(-steady))


def strict_enough(evidence: Evidence) -> float:
    """The lowest threshold (0.01 to 0.99) at which ``judge`` finds no voice in ``evidence``."""
    steps = (hundredth / 100 for hundredth in range(1, 100))
    return next((step for step in steps if scores(evidence, step)[0] < REJECT), 0.99)


def confirm(verdict: Verdict, transcript: Transcript) -> str | None:
    """The reason to type nothing although something was decoded, or None.

    Weak evidence needs a recogniser that is sure of itself: an uncertain recording counts only when the words came with
    a mean log-probability of at least -0.8 and a no-speech probability of at most 0.6.
    """
    if not transcript.text.strip():
        return "no_voice"
    if verdict.kind != "uncertain" or not transcript.spans:
        return None
    weak = any(span.logprob < UNSURE_LOGPROB or span.no_speech > UNSURE_NO_SPEECH for span in transcript.spans)
    return "no_voice" if weak else None


def wordless(text: str, verdict: Verdict, believed: bool) -> bool:
    """Whether signs alone came out of seconds of speech, as a model that is ill writes them: nobody said that.

    ``believed``: the text would be typed; else only what the gate is sure of counts for speech.
    """
    spoken = (believed or verdict.kind == "accept") and verdict.speech_seconds >= WORDLESS_SECONDS
    return spoken and bool(text.strip()) and not any(map(str.isalnum, text))


def supported(verdict: Verdict, heard: Transcript, weight: Weight) -> bool:
    """Whether ``heard``, of which the sound's ``weight`` is known, was said."""
    if not heard.spans or weight.support < LEAST_SUPPORT:
        return False
    if weight.support >= WORD_SUPPORT and weight.support * weight.tokens >= PLENTY:
        return True
    return _weighted(SUPPORTED, believed(verdict, heard.spans[0].logprob, weight)) >= 0


def believed(verdict: Verdict, logprob: float, weight: Weight) -> tuple[float, ...]:
    """What the weights of ``SUPPORTED`` are for: support per token, how much it is speech, and whether it is a cry."""
    text = weight.text.strip()
    cry = text.endswith(("!", "！")) and len(text.split()) <= CRY_WORDS and logprob < CRY_LOGPROB
    return min(weight.support, MOST_SUPPORT), verdict.spoken, float(cry)


def _odds(chance: float) -> float:
    sure = min(max(chance, 0.001), 0.999)
    return math.log(sure / (1 - sure))


def _weighted(weights: tuple[float, ...], numbers: tuple[float, ...]) -> float:
    return weights[-1] + sum(weight * number for weight, number in zip(weights, numbers, strict=False))


def _from_voice(voice: tuple[float, ...]) -> tuple[SpeechBurst, ...]:
    if not voice:
        return ()
    brief, steady = _best(voice, 5), _best(voice, 9)
    return (SpeechBurst(0.0, brief, steady, TYPICAL.tone, TYPICAL.varied, TYPICAL.above),)


def _best(voice: tuple[float, ...], count: int) -> float:
    """The highest mean of ``count`` windows in a row; what is missing of a short recording counts as no speech."""
    return max(sum(voice[at : at + count]) for at in range(max(1, len(voice) - count + 1))) / count
