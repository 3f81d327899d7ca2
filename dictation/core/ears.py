"""The promises of what hears: a listener measures sound, a recogniser hears words, and some can weigh them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from dictation.core.types import Evidence, Transcript, Weight


class Listener(Protocol):
    """Measures sound without decoding it."""

    def measure(self, samples: bytes) -> Evidence:
        """Level and voice activity of float32 mono 16 kHz samples. Raises EngineError."""


class Recogniser(Protocol):
    """Hears words."""

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """Words in float32 mono 16 kHz samples of at most 30 s. Raises EngineError.

        ``language`` is zh, en or auto; auto-zh and auto-en are auto after a piece in that language, which is likely to
        be followed by another in it.
        """


@runtime_checkable
class Weigher(Recogniser, Protocol):
    """What a recogniser may be able to do besides: say how much the sound speaks for a text that others propose.

    A piece is known by ``Span.piece``; the recogniser keeps the latest few. Where that is 0 it cannot weigh.
    """

    @property
    def weighs(self) -> bool:
        """Whether the model that is loaded can; False until it is known."""

    def weigh(self, piece: int, texts: Sequence[str], language: str = "") -> tuple[Weight, ...]:
        """One weight for each of ``texts``, in order; nothing when the piece is not kept any more. Raises EngineError.

        ``language`` is zh or en; empty: as the piece was decoded. Costs a decoder pass or two for each text, and never
        encodes again.
        """

    def again(self, piece: int, language: str = "", hints: Sequence[str] = (), style: str = "") -> Transcript | None:
        """Decode a kept piece once more, from the same encoding; None when it is not kept. Raises EngineError.

        ``style`` is a sentence that the text is meant to look like; it stands in front of the hints.
        """

    def transcribe_whole(
        self, samples: bytes, language: str, hints: Sequence[str] = (), styled: bool = False
    ) -> Transcript:
        """As ``transcribe``, but without what is spared for speed: all of the window is encoded. Raises EngineError.

        ``styled``: Chinese is asked to be written as it is printed, which is no good where nothing may have been said.
        """

    def transcribe_short(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """As ``transcribe``, in a shortened window however short the sound is, if the model takes one: in all of it a
        word of one syllable is lost in the silence at times. Raises EngineError."""
