"""Owns models in the shapes of Whisper base and small with random weights: the cost of the real ones, not their ears.

A real model stops when the speaker does; these never stop by themselves, so whoever uses them cuts the text off where
the true one is at its end. What they write does not depend on the sound: the token at each place is drawn once, and its
row points where that place's position vector points, so they are as sure of it as a real model is of clear speech.
(Weights that are random throughout make faster-whisper decode again and again at higher temperatures.)

    PYTHONPATH=. python benchmarks/shapes.py base FOLDER
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

VOCABULARY = 51_865
POSITIONS, TEXT_POSITIONS, MELS = 1500, 448, 80
START, ZERO = "<|startoftranscript|>", "<|0.00|>"
LANGUAGES = range(50_259, 50_358)


@dataclass(frozen=True)
class Shape:
    """Width, heads and layers (as many in the encoder as in the decoder); openai/whisper, model card."""

    width: int
    heads: int
    layers: int


SHAPES = {"tiny": Shape(384, 6, 4), "base": Shape(512, 8, 6), "small": Shape(768, 12, 12)}


def build(name: str, tokenizer: Path, folder: Path) -> Path:
    """A folder with the int8 model ``name`` that faster-whisper loads; made once, in ``folder``, in seconds.

    ``tokenizer`` is a tokenizer.json with Whisper's multilingual ids, which any multilingual model's folder has.
    """
    if (folder / "model.bin").is_file():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        _spec(SHAPES[name], tokenizer).save(made)
        shutil.copy(tokenizer, Path(made) / "tokenizer.json")
        Path(made).chmod(0o755)
        shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder


def _spec(shape: Shape, tokenizer: Path) -> Any:
    from ctranslate2.specs import WhisperSpec
    from ctranslate2.specs.model_spec import visit_spec
    from tokenizers import Tokenizer

    spec = WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    rng = np.random.default_rng(1)

    def fill(part: Any, scope: str, value: Any) -> None:
        leaf = scope.rpartition("/")[2]
        if leaf in ("weight", "bias", "gamma", "beta", "encodings") and value in (None, "__optional"):
            setattr(part, leaf, _numbers(rng, scope, leaf, shape))

    visit_spec(spec, fill)
    ids = Tokenizer.from_file(str(tokenizer))
    table, places = spec.decoder.embeddings.weight, spec.decoder.position_encodings.encodings
    for place, token in enumerate(_script(ids)):
        table[token] = places[place] / np.linalg.norm(places[place])
    spec.decoder.projection.weight = table
    spec.config.lang_ids, spec.config.suppress_ids, spec.config.suppress_ids_begin = list(LANGUAGES), [], []
    spec.config.alignment_heads = [(shape.layers - 1, 0)]
    spec.register_vocabulary([ids.id_to_token(index) for index in range(VOCABULARY)])
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _numbers(rng: np.random.Generator, scope: str, leaf: str, shape: Shape) -> Any:
    width = shape.width
    if leaf == "gamma":
        return np.ones(width, np.float32)
    if leaf == "encodings":
        # Loud ones in the decoder, so that the place decides what is written.
        loud, length = (3.0, TEXT_POSITIONS) if scope.startswith("decoder") else (0.5, POSITIONS)
        return loud * rng.standard_normal((length, width), np.float32)
    rows, columns = _size(scope, width)
    if leaf in ("bias", "beta"):
        return np.zeros(rows if leaf == "bias" else width, np.float32)
    return 0.02 * rng.standard_normal((rows, *columns), np.float32)


def _size(scope: str, width: int) -> tuple[int, tuple[int, ...]]:
    """Rows, and columns (and kernel) of the matrix that ``scope`` belongs to."""
    if "conv" in scope:
        return width, (MELS if "conv1" in scope else width, 3)
    if "embeddings" in scope or "projection" in scope:
        return VOCABULARY, (width,)
    at = int(re.findall(r"linear_(\d)", scope)[-1]) if "linear" in scope else 0
    if "ffn" in scope:
        return (4 * width, (width,)) if at == 0 else (width, (4 * width,))
    if "self_attention" in scope:
        return (3 * width if at == 0 else width), (width,)  # queries, keys and values in one
    return (2 * width if at == 1 else width), (width,)


def _script(ids: Any) -> list[int]:
    """What follows each place: the language, a time where faster-whisper wants one, then words, each only once."""
    words = [
        index
        for index in range(1000, 20_000)
        if re.fullmatch("Ġ[a-z]{3,}", ids.id_to_token(index))  # Ġ: the byte-level alphabet's space
    ]
    chosen = np.random.default_rng(2).permutation(words)[:TEXT_POSITIONS]
    script = [int(each) for each in chosen]
    script[0], script[2] = LANGUAGES[0], ids.token_to_id(ZERO)
    return script


def main() -> None:
    """Make one model, or say which there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", choices=SHAPES)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--tokenizer", type=Path, default=Path("models/mini/tokenizer.json"))
    args = parser.parse_args()
    if args.name and args.folder:
        print(build(args.name, args.tokenizer, args.folder))
    else:
        print(json.dumps({name: vars(shape) for name, shape in SHAPES.items()}))


if __name__ == "__main__":
    main()
