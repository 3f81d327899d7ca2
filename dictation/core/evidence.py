"""What is measured of a recording, before and after it is decoded, and what the silence gate makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

WINDOW_SECONDS = 0.032
"""Length of one voice-activity window: 512 samples at 16 kHz (Silero's only window at this rate)."""


@dataclass(frozen=True, slots=True)
class SpeechBurst:
    """Two thirds of a second that are more like speech than what is around them.

    ``at``: seconds. ``brief``, ``steady``: mean speech probability (0 to 1) of its best 5 and best 9 windows in a row.
    ``tone``: how periodic its clearest windows are (0 to 1): a voice is, breath and clatter are not. ``varied``: how
    much its spectrum changes: words do (about 1), a hum or a hiss does not (0.2). ``above``: decibels that its loudest
    20 ms stand above the quiet tenth of the recording (0 to 30).
    """

    at: float
    brief: float
    steady: float
    tone: float
    varied: float
    above: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was measured of a recording before anything is decoded.

    ``peak`` is the largest absolute sample of the raw audio (0 to 1). ``voice`` holds one speech probability (0 to 1)
    per ``WINDOW_SECONDS`` of audio, measured on a high-passed, gain-normalised copy; ``stretches`` are the few that are
    most like speech. Where none are given, the gate knows only ``voice``.
    """

    seconds: float
    peak: float
    voice: tuple[float, ...] = ()
    stretches: tuple[SpeechBurst, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the silence gate says. ``kind`` is accept, uncertain or reject; ``reason`` is one of the contract's names.

    ``start`` and ``end`` are the seconds worth decoding; ``speech_seconds`` is how much of it is voiced; ``voice`` is
    the evidence it rests on; ``voiced`` and ``spoken`` are how much it is a voice, and speech (log-odds). ``note`` is a
    sentence for the user when the reason's name does not say all.
    """

    kind: str
    reason: str | None = None
    start: float = 0.0
    end: float = 0.0
    speech_seconds: float = 0.0
    voice: tuple[float, ...] = field(default=(), repr=False)
    note: str = ""
    voiced: float = 0.0
    spoken: float = 0.0


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One word, or one Chinese character, of a weighed text, and where the sound has it.

    ``start`` and ``end`` are seconds from the start of the piece; ``heard``, ``unheard`` and ``tokens`` are as those of
    ``Weight``.
    """

    text: str
    start: float
    end: float
    heard: float
    unheard: float
    tokens: int = 1

    @property
    def support(self) -> float:
        """How much the sound speaks for the word, in nats."""
        return self.heard - self.unheard


@dataclass(frozen=True, slots=True)
class Weight:
    """How well a text explains the sound of one piece.

    ``heard`` is log P(text | sound), ``unheard`` log P(text | silence), both in nats and summed over ``tokens``: a text
    that the recogniser would say to an empty room as readily has no support. The words joined, each with the blank in
    front of it, are the text.
    """

    text: str
    heard: float
    unheard: float
    tokens: int
    words: tuple[HeardWord, ...] = ()

    @property
    def support(self) -> float:
        """How much the sound speaks for the text, in nats per token; 0 where there is no text."""
        return (self.heard - self.unheard) / self.tokens if self.tokens else 0.0
