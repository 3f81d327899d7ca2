"""Lists of words that people have from other programs, read into terms and what each is heard as.

Known are CapsWriter's hot words (a term a line) and its rules (``heard = term``, of which the plain ones can be taken),
CSV and TSV, the JSON of VoiceInk and Handy (and any JSON list of words or object of replacements), and XML with written
and spoken forms as Dragon's vocabulary editor exports it. The JSON and CapsWriter readers follow the formats of those
programs' sources; Dragon's is not published, and the XML reader takes any element that names a word.
"""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as xml
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_RULE = re.compile(r"^(\S.*?)\s+=\s*(.*)$")
_PATTERN = re.compile(r"[\\^$*+?()\[\]{}|]")
"""What makes the left side of a rule a pattern and not a text."""

_TERM = frozenset(("term", "correct", "to", "replacement", "written", "word", "name", "text", "正确", "术语", "词"))
_HEARD = frozenset(
    ("heard", "wrong", "from", "original", "spoken", "english", "chinese", "phrase", "sounds like", "错误", "读音")
)
"""What the columns of a table are headed with, in lower case."""

_WRITTEN_XML = ("name", "written", "writtenform", "text", "word")
_SPOKEN_XML = ("spoken", "spokenform", "pronunciation", "soundslike")

Pair = tuple[str, str]
"""A term, and a form it is heard as; empty where there is none."""


@dataclass(frozen=True, slots=True)
class ForeignList:
    """Terms with their forms in the order of the file, and how many entries cannot be taken (rules with patterns)."""

    terms: dict[str, tuple[str, ...]]
    left_out: int = 0


def read(name: str, raw: bytes) -> ForeignList | None:
    """The list in the file ``name`` with the content ``raw``; None for a file of another kind or a glossary of our own.

    Raises ValueError (with a sentence) for a file that is broken.
    """
    text = _decoded(raw)
    start = text.lstrip()
    if start.startswith(("{", "[")):
        try:
            return _gathered(_from_json(json.loads(start)))
        except RecursionError as error:
            raise ValueError("it is nested too deeply") from error
    if start.startswith("<"):
        return _gathered(_from_xml(start))
    if name.lower().endswith(".csv"):
        return _gathered(_from_table(csv.reader(io.StringIO(text))))
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return _from_tabs(lines) if "\t" in text else _from_rules(lines)


def _from_tabs(lines: list[str]) -> ForeignList | None:
    """A table whose columns are headed; one that is not is a glossary of our own."""
    head = {cell.strip().lower() for cell in lines[0].split("\t")} if lines else set()
    foreign = head & _TERM and head & _HEARD and "term" not in head
    return _gathered(_from_table(line.split("\t") for line in lines)) if foreign else None


def _from_rules(lines: list[str]) -> ForeignList | None:
    """Lines of which most are ``heard = term``; those whose left side is a pattern are left out."""
    rules = [found for found in map(_RULE.match, lines) if found]
    if not rules or len(rules) * 2 <= len(lines):
        return None
    plain = [each for each in rules if each[2] and not _PATTERN.search(each[1] + each[2])]
    return _gathered(((each[2], each[1]) for each in plain), len(lines) - len(plain))


def _decoded(raw: bytes) -> str:
    for start, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if raw.startswith(start):
            return raw.decode(encoding)
    return ""


def _gathered(pairs: Iterable[Pair], left_out: int = 0) -> ForeignList:
    """The pairs by term; a form that is the term itself says nothing."""
    terms: dict[str, tuple[str, ...]] = {}
    for written, heard in pairs:
        term, form = " ".join(written.split()), " ".join(heard.split())
        if term:
            known = terms.setdefault(term, ())
            if form and form.lower() != term.lower() and form not in known:
                terms[term] = (*known, form)
    return ForeignList(terms, left_out)


def _from_json(read_as: Any) -> Iterator[Pair]:
    """Words and replacements wherever they stand in the file, by the names that VoiceInk and Handy give them."""
    if isinstance(read_as, list):
        yield from _words(read_as)
        return
    if not isinstance(read_as, dict):
        return
    known = [name for name, (kinds, _) in _MEMBERS.items() if isinstance(read_as.get(name), kinds)]
    for name in known:
        yield from _MEMBERS[name][1](read_as[name])
    if not known and all(isinstance(value, str) for value in read_as.values()):
        yield from _replacements(read_as)


def _words(listed: list[Any]) -> Iterator[Pair]:
    for each in listed:
        if isinstance(each, str):
            yield each, ""
        elif isinstance(each, dict):
            written = next((each[name] for name in ("word", "term", "text") if isinstance(each.get(name), str)), "")
            yield from _replacements([each]) if "replacement" in each else iter(((written, ""),))


def _replacements(listed: dict[str, Any] | list[Any]) -> Iterator[Pair]:
    """``{"heard, heard": "term"}``, or a list of objects with the variants and the replacement."""
    if isinstance(listed, dict):
        listed = [{"original": heard, "replacement": term} for heard, term in listed.items()]
    for each in listed:
        if not isinstance(each, dict):
            continue
        term = each.get("replacement", each.get("to"))
        heard = next((each[name] for name in ("originalVariants", "original", "from", "word") if name in each), "")
        if isinstance(term, str) and isinstance(heard, str):
            for form in heard.split(","):
                yield term, form


_MEMBERS: dict[str, tuple[tuple[type, ...], Callable[[Any], Iterator[Pair]]]] = {
    **dict.fromkeys(("vocabularyWords", "dictionaryItems", "custom_words", "words"), ((list,), _words)),
    **dict.fromkeys(("wordReplacements", "replacements"), ((dict, list), _replacements)),
    "settings": ((dict,), _from_json),
}
"""What a member of a JSON file may be, and how it is read."""


def _from_table(rows: Iterable[list[str]]) -> Iterator[Pair]:
    """The columns by their headings; without headings the term and then what it is heard as."""
    listed = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if not listed:
        return
    columns = _headings(listed[0])
    term, heard = columns or (0, range(1, max(map(len, listed))))
    for row in listed[1:] if columns else listed:
        if term < len(row):
            yield from _paired(row[term], [form for at in heard for form in _forms(row, at)])


def _forms(row: list[str], at: int) -> list[str]:
    """The forms in a cell of ``row``; none where the row is shorter."""
    return row[at].split("|") if at < len(row) else []


def _headings(row: list[str]) -> tuple[int, Sequence[int]] | None:
    """The column of the term and those of what it is heard as; None where the row has no headings."""
    head = [cell.lower() for cell in row]
    term = next((at for at, cell in enumerate(head) if cell in _TERM), None)
    return None if term is None else (term, [at for at, cell in enumerate(head) if cell in _HEARD])


def _from_xml(text: str) -> Iterator[Pair]:
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.I):
        raise ValueError("it declares entities, which a list of words has no use for")
    try:
        root = xml.fromstring(re.sub(r"^<\?xml.*?\?>", "", text, flags=re.S))
    except xml.ParseError as error:
        raise ValueError(f"it is no well-formed XML: {error}") from error
    for element in root.iter():
        yield from _from_element(element, lonely=element is root and len(element) <= 1)


def _from_element(element: xml.Element, lonely: bool) -> Iterator[Pair]:
    """What an element says by its attributes and by its children; ``lonely``: its only child is another."""
    attributes = {key.lower(): value for key, value in element.attrib.items()}
    children = [(_tag(child), child.text or "") for child in element if len(child) == 0 and child.text]
    spoken = [attributes[name] for name in _SPOKEN_XML if name in attributes]
    spoken += [text for tag, text in children if tag in _SPOKEN_XML]
    # An attribute goes before a child, and the first child of a name before the others.
    parts = attributes if lonely else {**dict(reversed(children)), **attributes}
    written = next((parts[name] for name in _WRITTEN_XML if name in parts), "") or _own_word(element)
    yield from _paired(written, spoken)


def _own_word(element: xml.Element) -> str:
    """The text of ``<word>text</word>``; empty for any other element."""
    return element.text or "" if len(element) == 0 and _tag(element) == "word" else ""


def _paired(term: str, forms: Sequence[str]) -> Iterator[Pair]:
    """The term with each of its forms; with none where there are none."""
    return ((term, form) for form in forms or [""])


def _tag(element: xml.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
