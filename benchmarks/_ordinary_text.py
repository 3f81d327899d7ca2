"""Ordinary sentences for measuring and fitting the language rules: documentation that is on this machine."""

from __future__ import annotations

import ast
import gettext
import gzip
import html
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_PLAIN = ("", ".txt", ".md", ".rst", ".adoc")
_LARGEST = 30_000_000
_TAGS = re.compile(r"<(script|style|pre)\b.*?</\1>", re.S | re.I)
_CODE = re.compile(r"<(code|tt|kbd|samp)\b[^>]*>([^<`]*)</\1>", re.S | re.I)
_BREAK = re.compile(r"</?(?:p|div|li|td|th|tr|h[1-6]|dt|dd|br|ul|ol|table|title)\b[^>]*>", re.I)
_MAN = re.compile(r"\\f[A-Z]|\\[&|^/,]|\\(?:s[+-]?[0-9])")


def sentences(text: str) -> Iterator[str]:
    """Sentences of 8 to 160 characters."""
    for part in re.split(r"(?<=[。！？!?；;])\s*|\n\s*\n|(?<=[.!?])\s+(?=[A-Z])", text):
        line = " ".join(part.split())
        if 8 <= len(line) <= 160 and not re.search(r"[%\\|{}<>=_`\x1b]|--", line):
            yield line


def docstrings() -> Iterator[str]:
    """Sentences of the standard library's docstrings."""
    for file in sorted(Path(ast.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8", errors="replace"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                yield from sentences(ast.get_docstring(node) or "")


def translations() -> Iterator[str]:
    """Chinese messages of the programs of this machine."""
    for file in sorted(Path("/usr/share/locale/zh_CN/LC_MESSAGES").glob("*.mo")):
        with file.open("rb") as opened:
            catalog: dict[object, str] = getattr(gettext.GNUTranslations(opened), "_catalog", {})
        for message in catalog.values():
            yield from (line for line in sentences(message) if is_chinese(line))


def is_chinese(line: str) -> bool:
    """Whether a sentence has a Chinese character."""
    return re.search("[\u4e00-\u9fff]", line) is not None


def texts(places: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Sentences of the text, web and manual pages that are given or lie in the given folders, each with its file."""
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and not file.is_symlink() and file.stat().st_size < _LARGEST:
                yield from ((file, line) for line in sentences(_body(file)))


def split(places: Iterable[Path]) -> tuple[set[str], set[str]]:
    """Sentences to fit on and sentences to measure on. A file is on one side; a sentence of both is on neither."""
    sides: tuple[set[str], set[str]] = set(), set()
    for file, line in texts(places):
        sides[zlib.crc32(file.name.encode()) % 2].add(line)
    return sides[0] - sides[1], sides[1] - sides[0]


def _body(file: Path) -> str:
    """The prose of a file; nothing of a kind that holds none."""
    name = file.name.removesuffix(".gz")
    kind = Path(name).suffix
    man = bool(re.fullmatch(r"\.[1-9][a-z]*", kind))
    if kind not in (*_PLAIN, ".html", ".htm", ".xhtml") and not man:
        return ""
    raw = file.read_bytes()
    if file.name.endswith(".gz"):
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error):
            return ""
    if b"\0" in raw[:4096]:
        return ""
    text = raw.decode("utf-8", errors="ignore")
    if man:
        return "\n\n".join(_MAN.sub("", line) for line in text.splitlines() if not line.startswith((".", "'")))
    if "htm" in kind:
        text = _CODE.sub(lambda found: f" `{found[2]}` ", _TAGS.sub("", text))
        return html.unescape(re.sub(r"<[^>]*>", "", _BREAK.sub("\n\n", text)))
    return text
