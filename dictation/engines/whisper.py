"""Owns the local recogniser: one Whisper model in memory, and one encode and one greedy decode per utterance."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dictation.core.errors import EngineError, ModelError
from dictation.core.types import RATE, SAMPLE_BYTES, Span, Transcript
from dictation.engines.encoder_context import FULL, USUAL_SECONDS, Piece, Proof, doubt, window
from dictation.engines.hint_prompt import POSITIONS, hint_tokens, most_tokens, suppressed
from dictation.engines.pick_language import choose, left_open

LONGEST = 30  # seconds, what Whisper's encoder holds
LARGE = 1280  # width of the large models and of turbo, which take a short context worst (voxtype #124)


def thread_count(asked: int) -> int:
    """Threads to compute with; 0 asked means up to four, with one core left free where there are more than two.

    All cores of a laptop with fast and slow ones can be ten times slower than half of them.
    """
    if asked > 0:
        return asked
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(4, cores - 1 if cores > 2 else cores)


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
        seconds = len(samples) / SAMPLE_BYTES / RATE
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

    def prove(self) -> None:
        """Decode a remembered piece of speech in the full context too, and compare. Raises IndexError without one.

        When too many words were different, the full context is used from then on, and ``note`` says so.
        """
        piece, proof = self.proof.take(), self.proof
        proof.compare(piece, self._transcribe(piece.samples, piece.language, piece.hints, FULL)[0].text)
        if proof.failed:
            self._tell(_switched_off(proof))

    def warm(self) -> None:
        """Encode silence and decode one token, so that the next utterance does not pay for set-up."""
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
        import ctranslate2
        from faster_whisper import WhisperModel
        from faster_whisper.feature_extractor import FeatureExtractor

        self.device = device
        self.precision = self._asked if self._asked != "auto" else "int8" if device == "cpu" else "float16"
        if self.precision not in ctranslate2.get_supported_compute_types(device):
            other = "int8" if device == "cpu" else "float32"
            self._tell(f"{self.precision} is not possible on {device}; {other} is used")
            self.precision = other
        self._model = WhisperModel(
            self.directory, device=device, compute_type=self.precision, cpu_threads=self.threads, local_files_only=True
        )
        mels = self._model.model.n_mels
        if self._model.feature_extractor.mel_filters.shape[0] != mels:
            # Without preprocessor_config.json faster-whisper assumes 80, and large-v3 has 128.
            self._model.feature_extractor = FeatureExtractor(feature_size=mels)

    def _fall_back(self, error: Exception) -> None:
        self._tell(f"The GPU failed ({_one_line(error)}); working on the CPU")
        self._model = None
        self._asked = "auto"
        self._load("cpu")

    def _tell(self, sentence: str) -> None:
        self.note = f"{self.note}. {sentence}" if self.note else sentence

    def _broken(self, error: Exception) -> EngineError | ModelError:
        reason = _one_line(error)
        if isinstance(error, MemoryError) or "alloc" in reason or "out of memory" in reason:
            return EngineError(
                "engine-memory", "There is not enough memory for the model", "Close programs or choose a smaller model."
            )
        if self._model is None:
            return ModelError(
                "model-broken",
                f"{self.directory} cannot be loaded as a Whisper model: {reason}",
                "Download the model again, or choose another one.",
            )
        return EngineError("engine-failed", f"The recogniser failed: {reason}", "Try again, or choose another model.")

    def _frames(self, seconds: float) -> int:
        return window(math.ceil(100 * seconds)) if self.short else FULL

    def _best(self, samples: bytes, language: str, hints: Sequence[str]) -> Transcript:
        """Decoded in the context that is in use, and in the full one when that leaves a doubt."""
        seconds = len(samples) / SAMPLE_BYTES / RATE
        frames = self._frames(seconds)
        heard, ended = self._transcribe(samples, language, hints, frames)
        if frames == FULL:
            return heard
        self.proof.short += 1
        span = heard.spans[0] if heard.spans else Span("", 0.0, seconds)
        if doubt(span.text, seconds, span.logprob, ended):
            self.proof.fallbacks += 1
            return self._transcribe(samples, language, hints, FULL)[0]
        self.proof.keep(Piece(samples, language, tuple(hints), heard.text))
        return heard

    def _transcribe(self, samples: bytes, language: str, hints: Sequence[str], frames: int) -> tuple[Transcript, bool]:
        """What is heard, and whether the model came to an end by itself."""
        encoded = self._encode(samples, frames)
        language = self._language(encoded, language)
        seconds = len(samples) / SAMPLE_BYTES / RATE
        span, ended = self._decode(encoded, language, hints, seconds)
        if hints and not span.text:
            # A prompt can hide speech; without it, a second decode of the same encoding costs little.
            span, ended = self._decode(encoded, language, (), seconds)
        if not span.text:
            return Transcript("", language, 0.0), ended
        return Transcript(span.text, language, min(1.0, math.exp(span.logprob)), (span,)), ended

    def _decode(self, encoded: Any, language: str, hints: Sequence[str], seconds: float) -> tuple[Span, bool]:
        tokenizer = self._tokenizer(language)
        prompt = [*hint_tokens(tokenizer, hints), *tokenizer.sot_sequence, tokenizer.no_timestamps]
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
        text = "" if tokens[:1] == [tokenizer.no_speech] else tokenizer.decode(tokens).strip()
        # The score is the sum over the tokens and the end, divided by the tokens alone.
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return Span(text, 0.0, seconds, logprob, result.no_speech_prob), len(tokens) < most

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

    def _language(self, encoded: Any, asked: str) -> str:
        if not self._model.model.is_multilingual:
            if asked == "zh":
                raise EngineError(
                    "model-knows-english-only",
                    f"The model in {self.directory} knows English only",
                    "Choose a multilingual model, or English as the language.",
                )
            return "en"
        if not left_open(asked):
            return asked
        if not (language := choose(dict(self._model.model.detect_language(encoded)[0]), asked)):
            raise EngineError(
                "model-without-languages",
                f"{self.directory}/config.json does not say which languages there are (lang_ids)",
                "Choose zh or en as the language, or download the model again.",
            )
        return language

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        multilingual = self._model.model.is_multilingual
        return Tokenizer(self._model.hf_tokenizer, multilingual, task="transcribe", language=language)


def check_files(directory: Path) -> None:
    """Raises ModelError that names what is missing or broken in a CTranslate2 Whisper model's folder."""
    again = f"Download the model again, or choose another folder than {directory}."
    if not directory.is_dir():
        what = "is a file, not a folder" if directory.exists() else "does not exist"
        raise ModelError("model-missing", f"The model folder {directory} {what}", "See `dictation models list`.")
    # Without tokenizer.json faster-whisper would fetch one from the network.
    for name in ("model.bin", "config.json", "tokenizer.json"):
        if not (directory / name).is_file():
            raise ModelError("model-incomplete", f"{name} is missing in {directory}", again)
    if not any((directory / name).is_file() for name in ("vocabulary.json", "vocabulary.txt")):
        raise ModelError("model-incomplete", f"vocabulary.json is missing in {directory}", again)


def _switched_off(proof: Proof) -> str:
    share = 100 * proof.different / proof.words
    return f"A short encoder context changed {share:.0f} % of your words; all 30 s are encoded from now on"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
