"""Owns the tokenizer: Whisper's own multilingual vocabulary and ids as a tokenizer.json, and texts as token ids."""

from __future__ import annotations

import argparse
import base64
import re
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

VOCABULARY_SIZE = 51_865
# The languages of Whisper, in the order of their ids.
LANGUAGES = (
    "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi "
    "ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd "
    "gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su"
).split()
END, START, TRANSCRIBE = "<|endoftext|>", "<|startoftranscript|>", "<|transcribe|>"
PREVIOUS, NO_SPEECH, NO_TIMESTAMPS, TIME_ZERO = "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>", "<|0.00|>"


def _letters() -> dict[int, str]:
    """GPT-2's printable letter for each byte."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in plain]
    return {b: chr(b) for b in plain} | {b: chr(256 + i) for i, b in enumerate(rest)}


def _halves(token: bytes, ranks: dict[bytes, int]) -> tuple[bytes, bytes] | None:
    """The pair that byte-pair encoding merges into `token`: replay all merges that come before it."""
    parts = [bytes([b]) for b in token]
    while len(parts) > 2:
        rank, at = min((ranks.get(parts[i] + parts[i + 1], 1 << 30), i) for i in range(len(parts) - 1))
        if rank >= ranks[token]:
            return None
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return (parts[0], parts[1]) if len(parts) == 2 else None


def build(tiktoken: Path) -> Tokenizer:
    """The tokenizer of Whisper from `multilingual.tiktoken` (it is in the source package of openai-whisper)."""
    lines = (line.split() for line in tiktoken.read_text().splitlines() if line.strip())
    ranks = {base64.b64decode(token): int(rank) for token, rank in lines}
    letters = _letters()

    def spell(token: bytes) -> str:
        return "".join(letters[b] for b in token)

    ordered = sorted(ranks, key=lambda token: ranks[token])
    pairs = [pair for token in ordered if len(token) > 1 and (pair := _halves(token, ranks))]
    merges = [(spell(a), spell(b)) for a, b in pairs]
    tokenizer = Tokenizer(models.BPE(vocab={spell(t): r for t, r in ranks.items()}, merges=merges, fuse_unk=False))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = [END, START, *(f"<|{code}|>" for code in LANGUAGES), "<|translate|>", TRANSCRIBE, "<|startoflm|>"]
    special += [PREVIOUS, NO_SPEECH, NO_TIMESTAMPS]
    tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in special])
    times = [AddedToken(f"<|{i * 0.02:.2f}|>", special=False, normalized=False) for i in range(1501)]
    tokenizer.add_tokens(times)
    if tokenizer.get_vocab_size() != VOCABULARY_SIZE:
        raise ValueError(f"{tokenizer.get_vocab_size()} tokens instead of {VOCABULARY_SIZE}")
    return tokenizer


def text_ids(tokenizer: Tokenizer, text: str) -> list[int]:
    """Token ids of a transcript: as Whisper does it, with a space before a first Latin word."""
    lead = " " if re.match(r"[\x00-\x7f]", text) else ""
    ids: list[int] = tokenizer.encode(lead + text, add_special_tokens=False).ids
    return ids


def main() -> None:
    """Write tokenizer.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tiktoken", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    build(args.tiktoken).save(str(args.out), pretty=False)


if __name__ == "__main__":
    main()
