"""Owns the local recogniser: one Whisper model in memory, and one encode and one greedy decode per utterance."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dictation.core.errors import EngineError, ModelError
from dictation.core.types import RATE, SAMPLE_BYTES, Span, Transcript, Weight
from dictation.engines.encoder_context import FULL, SHORTEST, USUAL_SECONDS, Piece, Proof, doubt, window
from dictation.engines.hint_prompt import CHINESE_STYLE, POSITIONS, hint_tokens, most_tokens, suppressed, unheaded
from dictation.engines.model_folder import check_files, failure, one_line, open_model
from dictation.engines.pick_language import languages_of, left_open, likelier
from dictation.engines.thread_count import thread_count
from dictation.engines.weighing import NARROWEST, Encoding, Kept, silence_of, weigh

LONGEST = 30  # seconds, what Whisper's encoder holds
LARGE = 1280  # width of the large models and of turbo, which take a short context worst (voxtype #124)


class Whisper:
    """A faster-whisper model, loaded and warmed up.

    ``device``, ``precision`` and ``threads`` say what is in use; ``note`` is a sentence when that is not what was
    asked for, else empty. ``proof`` says how the short context has done so far.
    """

    def __init__(
        self,
        directory: str,
        device: str = "auto",
        precision: str = "auto",
        threads: int = 0,
        context: str = "auto",
        proof: Proof | None = None,
    ) -> None:
        """Load from ``directory``, never from the network. ``context`` is auto or full; ``proof`` is gone on with.

        Raises ModelError (files), EngineError (memory).
        """
        check_files(Path(directory))
        import ctranslate2

        self.directory, self.threads, self.note = directory, thread_count(threads), ""
        self.proof = proof or Proof()
        if self.proof.failed:
            self._tell(_switched_off(self.proof))
        self._asked, self._context = precision, context
        self._model: Any = None
        self._small = False
        self._seconds: dict[bool, float] = {}
        self._weighs, self._shortest = False, 0.0
        self._kept = Kept(time.time_ns() // 1000)
        self._silence: Any = None
        if device == "auto":
            device = "cuda" if ctranslate2.get_cuda_device_count() > 0 else "cpu"
        self._load(device)

    @property
    def short(self) -> bool:
        """Whether short speech is encoded in a short context now."""
        return self._context == "auto" and self._small and not self.proof.failed

    @property
    def encode_seconds(self) -> float:
        """How long it took at the start to encode 3 s of speech in the context that is in use, and a little more."""
        return self._seconds.get(self.short, 0.0)

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """Words in float32 mono 16 kHz samples of at most 30 s.

        ``language`` is as ``Recogniser`` says. ``hints`` are terms that may occur; what is beyond 40 of them or 100
        tokens is not used. Raises EngineError.
        """
        seconds = _seconds(samples)
        if seconds > LONGEST:
            raise EngineError(
                "utterance-too-long",
                f"{seconds:.1f} s of audio were sent at once; Whisper hears {LONGEST} s",
                "Send it in pieces.",
            )
        if not samples:
            return Transcript("", "en" if left_open(language) else language, 0.0)
        try:
            return self._best(samples, language, hints)
        except (RuntimeError, MemoryError) as error:
            if self.device == "cpu":
                raise self._broken(error) from error
            self._fall_back(error)
        return self._best(samples, language, hints)

    @property
    def weighs(self) -> bool:
        """Whether the model is a Whisper that was trained as one, so that its weights mean something."""
        return self._weighs

    def transcribe_whole(
        self, samples: bytes, language: str, hints: Sequence[str] = (), styled: bool = False
    ) -> Transcript:
        """The same, in the full window whatever the length. Raises EngineError."""
        with self._plainly():
            return self._transcribe(samples, language, hints, FULL, styled)

    def transcribe_short(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """The same, in a short window whatever the length, if this model takes one. Raises EngineError."""
        frames = window(math.ceil(100 * _seconds(samples))) if self.short else FULL
        with self._plainly():
            return self._transcribe(samples, language, hints, frames)

    def chances(self, samples: bytes) -> dict[str, float]:
        """The chance of each language, by its sign (``<|zh|>``)."""
        return dict(self._model.model.detect_language(self._encode(samples, self._frames(_seconds(samples))))[0])

    def weigh(self, piece: int, texts: Sequence[str], language: str = "") -> tuple[Weight, ...]:
        """See ``Weigher``. Raises EngineError."""
        if (sound := self._kept.find(piece)) is None:
            return ()
        with self._plainly():
            self._silence = self._silence or silence_of(self._encode(bytes(10 * RATE * SAMPLE_BYTES), 1000))
            silence = self._silence
            tokenizer = self._tokenizer(language or sound.language)
            return tuple(weigh(self._model.model, tokenizer, text, sound, silence) for text in texts)

    def again(self, piece: int, language: str = "", hints: Sequence[str] = (), style: str = "") -> Transcript | None:
        """See ``Weigher``. Raises EngineError."""
        if (sound := self._kept.find(piece)) is None:
            return None
        language = language or sound.language
        with self._plainly():
            span = self._decode(sound.encoded, language, hints, sound.seconds, style)
        return _transcript(replace(span, piece=piece), language)

    def prove(self) -> None:
        """Decode a remembered piece of speech in the full context too, and compare. Raises IndexError without one.

        When too many words were different, the full context is used from then on, and ``note`` says so.
        """
        piece, proof = self.proof.take(), self.proof
        proof.compare(piece, self._transcribe(piece.samples, piece.language, piece.hints, FULL).text)
        if proof.failed:
            self._tell(_switched_off(proof))

    def warm(self) -> None:
        """Encode silence and decode a token, so that the next utterance does not pay for set-up."""
        self._warm(self._frames(USUAL_SECONDS))

    def _load(self, device: str) -> None:
        try:
            self._open(device)
            self._warm_up()
        except Exception as error:  # the tokenizer's own reader raises nothing narrower
            if device == "cpu":
                raise self._broken(error) from error
            self._fall_back(error)

    def _warm_up(self) -> None:
        """Use the full context and, where it will be used, the short one; and see how long each takes."""
        self._small, self._seconds = False, {}
        start = time.monotonic()
        width = self._warm(FULL)
        self._seconds[False] = time.monotonic() - start
        self._small = self._model.model.n_mels == 80 and width < LARGE
        self._weighs = width >= NARROWEST
        self._shortest = SHORTEST if self._weighs else 0.0
        if self.short:
            start = time.monotonic()
            self.warm()
            self._seconds[True] = time.monotonic() - start

    def _warm(self, frames: int) -> int:
        """Returns the model's width."""
        encoded = self._encode(bytes(RATE * SAMPLE_BYTES), frames)
        self._model.model.generate(encoded, [[self._tokenizer("en").sot]], beam_size=1, max_length=2)
        return int(encoded.shape[2])

    def _open(self, device: str) -> None:
        self.device = device
        self._model, self.precision, note = open_model(self.directory, device, self._asked, self.threads)
        if note:
            self._tell(note)

    def _fall_back(self, error: Exception) -> None:
        self._tell(f"The GPU failed ({one_line(error)}); working on the CPU")
        self._model = None
        self._asked = "auto"
        self._load("cpu")

    def _tell(self, sentence: str) -> None:
        self.note = f"{self.note}. {sentence}" if self.note else sentence

    @contextlib.contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except (RuntimeError, MemoryError) as error:
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> EngineError | ModelError:
        return failure(error, self.directory, loaded=self._model is not None)

    def _frames(self, seconds: float, least: float | None = None) -> int:
        least = self._shortest if least is None else least
        return window(math.ceil(100 * seconds)) if self.short and seconds >= least else FULL

    def _best(self, samples: bytes, language: str, hints: Sequence[str]) -> Transcript:
        """Decoded in the context that is in use, and in the full one when that leaves a doubt."""
        seconds = _seconds(samples)
        frames = self._frames(seconds)
        heard = self._transcribe(samples, language, hints, frames)
        if frames == FULL:
            return heard
        self.proof.short += 1
        span = heard.spans[0] if heard.spans else Span("", 0.0, seconds)
        # Whether unsure words were heard is for the weighing to say, which needs no second encoding.
        if doubt(span.text, seconds, 0.0 if self._weighs else span.logprob, not span.cut):
            self.proof.fallbacks += 1
            return self._transcribe(samples, language, hints, FULL)
        self.proof.keep(Piece(samples, language, tuple(hints), heard.text))
        return heard

    def _transcribe(
        self, samples: bytes, language: str, hints: Sequence[str], frames: int, styled: bool = True
    ) -> Transcript:
        encoded, seconds = self._encode(samples, frames), _seconds(samples)
        chances = languages_of(self._model.model, encoded, language, self.directory, seconds)
        styles = {each: CHINESE_STYLE if styled and self._weighs and each == "zh" else "" for each in chances}
        tried = {each: self._decode(encoded, each, hints, seconds, styles[each]) for each in chances}
        language = likelier(tried, chances)
        span = tried[language]
        if (hints or styles[language]) and not span.text:
            # A prompt can hide speech; without it, a second decode of the same encoding costs little.
            span = self._decode(encoded, language, (), seconds)
        if self._weighs:
            positions = min(encoded.shape[1], math.ceil(50 * seconds))
            number = self._kept.keep(Encoding(encoded, positions, seconds, language))
            span = replace(span, piece=number, short=frames < FULL)
        return _transcript(span, language)

    def _decode(self, encoded: Any, language: str, hints: Sequence[str], seconds: float, style: str = "") -> Span:
        tokenizer = self._tokenizer(language)
        prompt = [*hint_tokens(tokenizer, hints, style), *tokenizer.sot_sequence, tokenizer.no_timestamps]
        most = min(most_tokens(seconds), POSITIONS - len(prompt))
        result = self._model.model.generate(
            encoded,
            [prompt],
            beam_size=1,
            # CTranslate2 gives the text the smaller of half of max_length and what the prompt leaves of it.
            max_length=max(2 * most, most + len(prompt) - 1),
            suppress_blank=True,
            suppress_tokens=suppressed(tokenizer),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        tokens = result.sequences_ids[0]
        text = "" if tokens[:1] == [tokenizer.no_speech] else unheaded(tokenizer.decode(tokens))
        # The score is the sum over the tokens and the end, divided by the tokens alone.
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return Span(
            text, 0.0, seconds, logprob, result.no_speech_prob,
            language=language, tokens=len(tokens), cut=len(tokens) >= most,
        )  # fmt: skip

    def _encode(self, samples: bytes, frames: int) -> Any:
        import numpy as np

        if not 1000 <= frames <= FULL:
            # Whisper loops on a context that is too short; and one of as many positions as there are mel bands
            # would be taken by CTranslate2 for features and be encoded once more.
            raise ValueError(f"frames is {frames}, not 1000 to {FULL}")
        audio = np.nan_to_num(np.frombuffer(samples, "<f4"), nan=0.0, posinf=1.0, neginf=-1.0)
        heard = self._model.feature_extractor(audio)[:, :-1][:, :FULL]
        # Zeros in the features, not silence in the audio: fewer errors with every size of model.
        padding = max(0, frames - heard.shape[1])
        return self._model.encode(np.pad(heard, ((0, 0), (0, padding))))

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        return Tokenizer(self._model.hf_tokenizer, self._model.model.is_multilingual, "transcribe", language)


def _seconds(samples: bytes) -> float:
    return len(samples) / SAMPLE_BYTES / RATE


def _transcript(span: Span, language: str) -> Transcript:
    if not span.text:
        return Transcript("", language, 0.0)
    return Transcript(span.text, language, min(1.0, math.exp(span.logprob)), (span,))


def _switched_off(proof: Proof) -> str:
    share = 100 * proof.different / proof.words
    return f"A short encoder context changed {share:.0f} % of your words; all 30 s are encoded from now on"
