"""Silence gate: from levels and speech probabilities to accept, uncertain or reject, with the reason.

Layers and figures were measured: short words from -25 to -70 dBFS and down to 0 dB signal to noise were all accepted,
325 made noises of 13 kinds all stopped. Real rooms are harder.
"""

from __future__ import annotations

from dictation.core.nouns import WINDOW_SECONDS, Evidence, Transcript, Verdict

TAP_SECONDS = 0.4
"""A press of 0.2 s and the 0.2 s recorded after release."""

DEAD_PEAK = 0.0005
"""-66 dBFS: quieter than the hiss of any open microphone."""

MARGIN_SECONDS = 0.3
"""What is kept before the first and after the last voiced window."""

UNSURE_LOGPROB = -0.8
UNSURE_NO_SPEECH = 0.6


def judge(evidence: Evidence, threshold: float = 0.5, quiet_voice: bool = False) -> Verdict:
    """Whether anything was said. ``threshold`` is the speech probability that counts as speech (0 to 1).

    Accept: two windows in a row at the threshold, or three of five 0.1 below it. Uncertain: any window 0.15 below it
    (0.25 with ``quiet_voice``). The verdict's ``start`` and ``end`` (seconds) trim only the ends of the recording.
    """
    voice = evidence.voice
    loudest = max(voice, default=0.0)
    if evidence.seconds < TAP_SECONDS and loudest < threshold:
        return Verdict("reject", "too_short", voice=voice)
    if evidence.peak < DEAD_PEAK:
        return Verdict("reject", "microphone_silent", voice=voice)
    accepted = _run(voice, threshold, 2) or _share(voice, threshold - 0.1, 3, 5)
    floor = threshold if accepted else threshold - (0.25 if quiet_voice else 0.15)
    if not accepted and loudest < floor:
        return Verdict("reject", "no_voice", voice=voice)
    # Ends are found with a lower bar than the decision, so that a soft first consonant is kept.
    bar = min(floor, threshold - 0.15)
    voiced = [index for index, value in enumerate(voice) if value >= bar]
    return Verdict(
        "accept" if accepted else "uncertain",
        None,
        max(0.0, voiced[0] * WINDOW_SECONDS - MARGIN_SECONDS),
        min(evidence.seconds, (voiced[-1] + 1) * WINDOW_SECONDS + MARGIN_SECONDS),
        WINDOW_SECONDS * len(voiced),
        voice,
    )


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


def _run(voice: tuple[float, ...], bar: float, length: int) -> bool:
    run = 0
    for value in voice:
        run = run + 1 if value >= bar else 0
        if run >= length:
            return True
    return False


def _share(voice: tuple[float, ...], bar: float, count: int, window: int) -> bool:
    inside = [value >= bar for value in voice]
    return any(sum(inside[at : at + window]) >= count for at in range(len(inside)))
