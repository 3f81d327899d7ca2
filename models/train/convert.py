"""Owns the delivery: a checkpoint becomes a CTranslate2 int8 folder that faster-whisper loads unchanged."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import torch
from ctranslate2.converters import TransformersConverter
from model import Shape
from tokenizer import END, LANGUAGES, NO_TIMESTAMPS, START, VOCABULARY_SIZE, build
from transformers import GenerationConfig, WhisperConfig, WhisperForConditionalGeneration

PREPROCESSOR = {
    "chunk_length": 30,
    "feature_extractor_type": "WhisperFeatureExtractor",
    "feature_size": 80,
    "hop_length": 160,
    "n_fft": 400,
    "n_samples": 480_000,
    "nb_max_frames": 3000,
    "padding_side": "right",
    "padding_value": 0.0,
    "processor_class": "WhisperProcessor",
    "return_attention_mask": False,
    "sampling_rate": 16_000,
}


def whole_model(saved: dict[str, Any], end: int, start: int) -> WhisperForConditionalGeneration:
    """The trained rows in Whisper's full vocabulary, as the model class that CTranslate2's converter knows."""
    shape = Shape()
    config = WhisperConfig(
        vocab_size=VOCABULARY_SIZE,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.feed,
        decoder_ffn_dim=shape.feed,
        max_source_positions=shape.positions,
        max_target_positions=shape.text_positions,
        pad_token_id=end,
        bos_token_id=end,
        eos_token_id=end,
        decoder_start_token_id=start,
    )
    model = WhisperForConditionalGeneration(config)
    weights = {k: v for k, v in saved["model"].items() if not k.startswith("ctc.")}
    rows = weights["decoder.embed_tokens.weight"]
    # Every token that was not in use shares the last row; see `Mini`.
    table = rows[-1].repeat(VOCABULARY_SIZE, 1)
    table[torch.tensor(saved["ids"])] = rows[:-1]
    weights["decoder.embed_tokens.weight"] = table
    model.model.load_state_dict(weights)
    model.tie_weights()
    return model


def convert(checkpoint: Path, tiktoken: Path, out: Path) -> None:
    """Write the five files to `out`; each is put in its place whole, so that a reader never meets half a file."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "hf", Path(folder) / "ct2"
        tokenizer = build(tiktoken)
        end, start = tokenizer.token_to_id(END), tokenizer.token_to_id(START)
        model = whole_model(torch.load(checkpoint), end, start)
        model.generation_config = GenerationConfig(
            eos_token_id=end,
            decoder_start_token_id=start,
            suppress_tokens=[],
            begin_suppress_tokens=[],
            lang_to_id={f"<|{code}|>": tokenizer.token_to_id(f"<|{code}|>") for code in LANGUAGES},
            no_timestamps_token_id=tokenizer.token_to_id(NO_TIMESTAMPS),
        )
        model.save_pretrained(source)
        tokenizer.save(str(source / "tokenizer.json"), pretty=False)
        (source / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR, indent=2) + "\n")
        files = ["tokenizer.json", "preprocessor_config.json"]
        TransformersConverter(str(source), copy_files=files).convert(str(made), quantization="int8")
        for path in sorted(made.iterdir()):
            staged = out / f".{path.name}.new"
            shutil.copy(path, staged)
            staged.replace(out / path.name)


def main() -> None:
    """Convert and print the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("tiktoken", type=Path, help="multilingual.tiktoken of openai-whisper")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    convert(args.checkpoint, args.tiktoken, args.out)
    for path in sorted(args.out.iterdir()):
        print(f"{path.stat().st_size:>10} {path.name}")


if __name__ == "__main__":
    main()
