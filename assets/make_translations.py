"""Collects every sentence of the interface into translations/dictation_zh.ts, and compiles that for Qt.

    python assets/make_translations.py               new sentences go in unfinished, vanished ones go out
    python assets/make_translations.py --fill FILE   takes translations from FILE: source, a tab, translation
    python assets/make_translations.py --app         what the app says that translations/app_zh.tsv does not know

The sentences are those in ``self.tr("…")`` and ``translate("context", "…")`` under dictation/ui, and the titles, labels
and helps that core/settings.py declares (context ``settings``). ``\\n`` and ``\\t`` stand for themselves in FILE.
Needs PySide6, whose wheel brings lrelease.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "assets" / "translations" / "dictation_zh.ts"

Key = tuple[str, str]
"""Context and English sentence."""


def wanted() -> list[Key]:
    """Every sentence of the interface, each once, by context and then by its words, wherever the code stands."""
    found = [*_declared()]
    for file in sorted((ROOT / "dictation" / "ui").rglob("*.py")):
        found += _written(ast.parse(file.read_text(encoding="utf-8")), "")
    return sorted({each for each in found if each[1]})


def _declared() -> Iterator[Key]:
    from dictation.core import settings

    for _, title, _ in settings.sections():
        yield "settings", title
    for each in settings.options():
        yield "settings", each.label
        yield "settings", each.help
        for word in (*each.words, each.unit, each.zero):
            yield "settings", word


def _written(node: ast.AST, inside: str) -> Iterator[Key]:
    """``inside`` is the class around ``node``: Qt's context of ``self.tr``."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield from _called(child, inside)
        yield from _written(child, child.name if isinstance(child, ast.ClassDef) else inside)


def _called(call: ast.Call, inside: str) -> Iterator[Key]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    words = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if name == "tr" and len(words) == 1:
        yield inside, words[0]
    elif name == "translate" and len(words) == 2:
        yield words[0], words[1]


def read() -> dict[Key, str]:
    """What is translated; an empty text is not."""
    known: dict[Key, str] = {}
    if not SOURCE.exists():
        return known
    for context in xml.parse(SOURCE).getroot().iter("context"):
        for message in context.iter("message"):
            done = message.find("translation")
            text = "" if done is None or done.get("type") == "unfinished" else done.text or ""
            known[context.findtext("name", ""), message.findtext("source", "")] = text
    return known


def write(known: dict[Key, str]) -> None:
    """Write the sentences that are wanted, with what is known of them."""
    root = xml.Element("TS", version="2.1", language="zh_CN", sourcelanguage="en")
    contexts: dict[str, xml.Element] = {}
    for key in wanted():
        name, source = key
        if name not in contexts:
            contexts[name] = xml.SubElement(root, "context")
            xml.SubElement(contexts[name], "name").text = name
        message = xml.SubElement(contexts[name], "message")
        xml.SubElement(message, "source").text = source
        done = xml.SubElement(message, "translation")
        if known.get(key):
            done.text = known[key]
        else:
            done.set("type", "unfinished")
    xml.indent(root, " ")
    text = xml.tostring(root, encoding="unicode")
    SOURCE.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


def compile(target: Path) -> None:
    """Compile what is translated into ``target``. Raises CalledProcessError."""
    import PySide6

    folder = Path(PySide6.__file__).parent
    tool = next(each for each in (folder / "lrelease", folder / "lrelease.exe") if each.exists())
    command = [str(tool), "-silent", str(SOURCE), "-qm", str(target)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def fill(file: Path) -> dict[str, str]:
    """Translations by sentence, whatever their context."""
    pairs = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        source, tab, done = line.partition("\t")
        if tab:
            pairs[source.replace("\\n", "\n").replace("\\t", "\t")] = done.replace("\\n", "\n").replace("\\t", "\t")
    return pairs


ROOMS = ("app", "core", "desktop", "engines", "shell")
CARRIED = {"Held": (1,), "Proposed": (1,), "Reason": (1,), "Prompt": (1,), "_fine": (1,), "_note": (1, 2),
           "_broken": (1, 2), "room": (1, 2), "Verdict": (5,)}  # fmt: skip
"""Calls beside those of errors whose arguments, at these places, are sentences that are shown."""
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def said() -> list[str]:
    """What the app says in errors, findings and reasons, with ``{0}``, ``{1}`` … where something is put in.

    Sentences are followed to where a function's or the room's variables get them. What is hardly more than gaps is not
    one of its own.
    """
    found: list[str] = []
    for name in ROOMS:
        for file in sorted((ROOT / "dictation" / name).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if "rules_" in file.name:
                    found += _handed_around(node)
                if isinstance(node, ast.FunctionDef | ast.Module):
                    found += _in(node, tree)
    return [each for each in dict.fromkeys(found) if len(re.findall("[A-Za-z]{2,}", re.sub(r"`.*?`", "", each))) > 1]


def _in(scope: ast.FunctionDef | ast.Module, room: ast.Module) -> Iterator[str]:
    """Sentences of the calls in a function, or of those outside of all functions."""
    known = _given(ast.walk(scope) if isinstance(scope, ast.FunctionDef) else room.body)
    known = {**_given(room.body), **known}
    for node in ast.walk(scope):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0] if node.args else None
            coded = isinstance(first, ast.Constant) and isinstance(first.value, str) and CODE.fullmatch(first.value)
            error = name.endswith("Error") or (name.startswith("_") and coded and len(node.args) == 3)
            for at in CARRIED.get(name, (1, 2) if error else ()):
                if at < len(node.args):
                    yield from _patterns(node.args[at], known)
        elif isinstance(node, ast.Return) and getattr(scope, "name", "") == "describe" and node.value:
            yield from _patterns(node.value, known)


def _given(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    """What is assigned to each name."""
    known: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            known.setdefault(node.targets[0].id, []).append(node.value)
    return known


def _patterns(node: ast.expr, known: dict[str, list[ast.expr]], deep: int = 0) -> Iterator[str]:
    """Every sentence that an expression may be."""
    if isinstance(node, ast.IfExp | ast.BoolOp):
        for each in [node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values:
            yield from _patterns(each, known, deep)
    elif isinstance(node, ast.Name) and deep < 3:
        for value in known.get(node.id, ()):
            yield from _patterns(value, known, deep + 1)
    elif words := _pattern(node):
        yield words


def _handed_around(node: ast.AST) -> list[str]:
    """Rules hand their reasons around in many ways: every text in one that reads like a sentence, but no docstring."""
    if isinstance(node, ast.Expr):
        return []
    texts = [each.value for each in ast.iter_child_nodes(node) if isinstance(each, ast.Constant)]
    return [str(each) for each in texts if _is_sentence(each)]


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"(It|The|What|Every|Changes|Files) [^\n\"]+\.", value) is not None


def _pattern(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    words, gaps = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            words += part.value
        else:
            words, gaps = f"{words}{{{gaps}}}", gaps + 1
    return words


def known_to_the_app() -> set[str]:
    """The sentences that translations/app_zh.tsv has, without their full stops."""
    table = SOURCE.with_name("app_zh.tsv").read_text(encoding="utf-8").splitlines()
    return {row.partition("\t")[0].rstrip(".") for row in table}


def main() -> int:
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:] == ["--app"]:
        there = known_to_the_app()
        sys.stdout.writelines(f"{each}\n" for each in said() if each.rstrip(".") not in there)
        return 0
    known = read()
    if sys.argv[1:2] == ["--fill"]:
        given = fill(Path(sys.argv[2]))
        known |= {key: given[key[1]] for key in wanted() if key[1] in given}
    write(known)
    compile(SOURCE.with_suffix(".qm"))
    missing = [source for key in wanted() if not known.get(key) for source in key[1:]]
    for each in missing:
        sys.stdout.write(each.replace("\n", "\\n").replace("\t", "\\t") + "\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
