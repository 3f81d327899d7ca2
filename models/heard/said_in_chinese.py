"""Counts the English words that developers use inside Chinese sentences, in documentation that is written in Chinese.

    PYTHONPATH=. python models/heard/said_in_chinese.py FOLDER --write

Each folder in FOLDER is one package (its README and its pages, unpacked). A word counts once for each package that has
it between Chinese characters, so that no package speaks for all. Written is ``said_in_chinese.tsv`` in
``dictation/language/data``: words that two packages have, with their number, and the words that were added there by
hand, which stay.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from dictation.language.heard.sounds_like import said_in_chinese
from dictation.language.terms.lists.glossary import builtin

DATA = Path(__file__).resolve().parents[2] / "dictation" / "language" / "data" / "said_in_chinese.tsv"
LEAST = 2
"""Packages that must have a word."""

_HAN = "[\u4e00-\u9fff]"
_INSIDE = re.compile(
    rf"(?<={_HAN})[ `「『“]?([A-Za-z]{{2,}}(?:[ .][A-Za-z]{{2,}}){{0,2}})[ `」』”]?(?=[\u4e00-\u9fff，。、])"
)
_CODE = re.compile(r"```.*?```|\]\([^)]*\)|https?://\S+|<[^>]+>", re.S)


def words_of(text: str) -> Iterator[str]:
    """The English words, alone or up to three, that stand between Chinese characters in the prose of a page."""
    for line in _CODE.sub(" ", text).splitlines():
        for found in _INSIDE.finditer(line):
            yield found[1]


def count(packages: Iterable[Path], known: dict[str, str]) -> Counter[str]:
    """In how many packages each word is; written as in ``known``, else in lower case if only its first is capital."""
    counts: Counter[str] = Counter()
    for package in packages:
        pages = (page for page in sorted(package.rglob("*")) if page.suffix.lower() in (".md", ".mdx", ".txt", ".rst"))
        seen = {word for page in pages for word in words_of(page.read_text(encoding="utf-8", errors="replace"))}
        counts.update({known.get(word.lower(), word if _mixed(word) else word.lower()) for word in seen})
    return counts


def _mixed(word: str) -> bool:
    """Whether there are capitals in it beyond those that begin a word."""
    return any(part[1:] != part[1:].lower() for part in word.split())


def main() -> int:
    """Prints the words, or writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of unpacked packages")
    parser.add_argument("--write", action="store_true", help="write the list; else it is printed")
    chosen = parser.parse_args()
    known = {entry.term.lower(): entry.term for entry in builtin()}
    counts = count(sorted(each for each in chosen.folder.iterdir() if each.is_dir()), known)
    kept = {word: number for word, number in counts.items() if number >= LEAST}
    kept |= {word: 0 for word in said_in_chinese() if word not in kept}
    lines = [f"{word}\t{number}" for word, number in sorted(kept.items(), key=lambda each: (-each[1], each[0].lower()))]
    if not chosen.write:
        print("\n".join(lines))
        return 0
    heading = [line for line in DATA.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    DATA.write_text("\n".join([*heading, *lines]) + "\n", encoding="utf-8")
    print(f"{len(lines)} words written to {DATA.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
