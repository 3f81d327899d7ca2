"""What a recogniser heard: a text, the pieces it is made of, and what nobody understood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a transcript. Times are seconds from the start of the utterance; ``logprob`` is the mean per token.

    ``piece`` is the recogniser's number of the sound it was decoded from, by which texts can be weighed against that
    sound (0: they cannot be), ``language`` what it was decoded as, ``support`` how much the sound speaks for it in nats
    per token (None: not weighed). ``short``: it was decoded in a shortened context, which can cost words. ``cut``: the
    decode ran into its limit of tokens, instead of coming to an end.
    """

    text: str
    start: float
    end: float
    logprob: float = 0.0
    no_speech: float = 0.0
    piece: int = 0
    language: str = ""
    support: float | None = None
    tokens: int = 0
    short: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard. ``confidence`` is the mean token probability, 0 to 1; ``language`` is ``zh`` or ``en``.

    ``unexplained`` are the stretches (start and end in seconds) in which somebody speaks and no word is.
    """

    text: str
    language: str
    confidence: float = 1.0
    spans: tuple[Span, ...] = ()
    unexplained: tuple[tuple[float, float], ...] = ()

    @property
    def support(self) -> float | None:
        """How much the sound speaks for the words, in nats per token; None where not all of it was weighed."""
        known = [(each.support, each.tokens) for each in self.spans if each.support is not None and each.tokens]
        if not known or len(known) < len(self.spans):
            return None
        return sum(support * tokens for support, tokens in known) / sum(tokens for _, tokens in known)
