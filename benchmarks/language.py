"""Measures the language rules: cases mended and kept, ordinary text changed, time and size, beside three plain ways.

``python benchmarks/language.py [--lines 4000] [--show]`` reads the cases in ``tests/language/cases`` and, if present,
the development halves in ``../shared/data``; ordinary text comes from this machine (docstrings, translations,
licences) and from files or folders named after ``--ordinary``, of which the half is read that the weights were not
fitted on. ``--settled`` puts every term of the glossary into every plain sentence, where nothing may change.
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks._ordinary_text import docstrings, is_chinese, split, texts, translations  # noqa: E402
from benchmarks._phoneme_match import phoneme_match  # noqa: E402
from dictation.language.correct import Corrector, RuleOptions  # noqa: E402
from dictation.language.terms.lists.glossary import builtin  # noqa: E402
from models.language.made_sentences import terms  # noqa: E402

SHARED = ROOT.parent / "shared/data"
SETS = (
    *sorted((ROOT / "tests/language/cases").glob("*.jsonl")), SHARED / "terms_dev.jsonl", SHARED / "attested_dev.jsonl"
)  # fmt: skip
TOKEN = re.compile(r"[A-Za-z0-9_]+|[\u4e00-\u9fff]|[^\sA-Za-z0-9_\u4e00-\u9fff]|\s+")
FORM = {"spacing", "punctuation", "script"}
MEANING = ("terms", "split", "letters", "path", "number", "filler")
Fix = Callable[[str], str]


def cases() -> list[dict[str, str]]:
    """All cases of the sets that are here."""
    found = [(path, line) for path in SETS if path.exists() for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) | {"set": path.stem} for path, line in found]


def edits(old: str, new: str) -> set[tuple[int, int, str]]:
    """Changes from ``old`` to ``new`` by token: start and end in ``old``'s tokens, and the new text."""
    left, right = TOKEN.findall(old), TOKEN.findall(new)
    steps = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return {(a, b, "".join(right[c:d])) for kind, a, b, c, d in steps if kind != "equal"}


def judge(name: str, fix: Fix, rows: list[dict[str, str]], show: bool) -> None:
    """Prints exact fixes, kept sentences and edit precision and recall of one way, by set and kind."""
    exact: Counter[str] = Counter()
    total: Counter[str] = Counter()
    made = wanted = both = 0
    for row in rows:
        got = fix(row["heard"])
        keep = row["heard"] == row["want"]
        for key in (f"{row['set']}: {'kept' if keep else 'fixed'}", "  " + row.get("kind", "attested")):
            total[key] += 1
            exact[key] += got == row["want"]
        done, meant = edits(row["heard"], got), edits(row["heard"], row["want"])
        made, wanted, both = made + len(done), wanted + len(meant), both + len(done & meant)
        if show and got != row["want"]:
            print(f"    {row['heard']}\n      got  {got}\n      want {row['want']}")
    print(f"\n{name}: edit precision {both / max(1, made):.3f}, edit recall {both / max(1, wanted):.3f}")
    print(
        "  "
        + "; ".join(
            f"{key.strip()} {exact[key]}/{total[key]}" for key in sorted(total, key=lambda key: key.startswith(" "))
        )
    )


def plain_replace() -> Fix:
    """The usual way: every spoken form is replaced wherever it stands."""
    forms = {
        form: each.term for each in builtin() for form in (*each.english, *each.chinese) if not form.startswith("/")
    }
    pattern = re.compile("|".join(sorted(map(re.escape, forms), key=len, reverse=True)))
    return lambda text: pattern.sub(lambda found: forms[found[0]], text)


def soundex(word: str) -> str:
    """The four-character Soundex code of a word of Latin letters."""
    codes = {char: code for code, chars in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1) for char in chars}
    digits = [codes.get(char, 0) for char in word]
    kept = [str(digit) for at, digit in enumerate(digits) if digit and (not at or digits[at - 1] != digit)]
    return (word[:1] + "".join(kept[1:] if digits and digits[0] else kept) + "000")[:4]


def levenshtein_soundex() -> Fix:
    """One to three words near a term: edit distance by length, times 0.3 if Soundex agrees, below 0.18."""
    terms = {re.sub("[^a-z]", "", each.term.lower()): each.term for each in builtin() if each.term.isascii()}
    by_size: dict[int, list[tuple[str, str, str]]] = {}
    for key, term in terms.items():
        if len(key) > 2:
            by_size.setdefault(len(key), []).append((key, soundex(key), term))

    def near(key: str) -> str | None:
        code = soundex(key)
        best, found = 0.18, None
        for size in range(len(key) - 2, len(key) + 3):
            for other, its, term in by_size.get(size, ()):
                score = distance(key, other) / max(len(key), len(other)) * (0.3 if code == its else 1.0)
                if score < best:
                    best, found = score, term
        return found

    def fix(text: str) -> str:
        words = list(re.finditer("[A-Za-z]+", text))
        out, at, place = [], 0, 0
        while at < len(words):
            for size in (3, 2, 1):
                part = words[at : at + size]
                key = "".join(each[0].lower() for each in part)
                joined = len(part) == size and not re.search("[^A-Za-z ]", text[part[0].start() : part[-1].end()])
                term = near(key) if joined and 3 <= len(key) <= 16 else None
                if term:
                    out += [text[place : part[0].start()], term]
                    place = part[-1].end()
                    at += size
                    break
            else:
                at += 1
        return "".join([*out, text[place:]])

    return fix


def distance(one: str, other: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, row = row, [at]
        for place, its in enumerate(other, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (char != its)))
    return row[-1]


def ordinary(name: str, source: Iterable[str], count: int, corrector: Corrector, show: bool) -> None:
    """Prints the share of ordinary sentences that were changed, and of those that only got another case or form."""
    lines = sorted(set(source))
    random.Random(7).shuffle(lines)
    by_rule: Counter[str] = Counter()
    meaning = form = recased = 0
    for line in lines[:count]:
        made = corrector.apply(line).edits
        rules = {edit.rule for edit in made}
        by_rule.update(rules)
        real = [edit for edit in made if edit.rule not in FORM]
        only_case = bool(real) and all(edit.before.lower() == edit.after.lower() for edit in real)
        recased += only_case
        meaning += bool(real) and not only_case
        form += bool(rules) and rules <= FORM
        if show and real:
            print(f"    {line} {[(edit.rule, edit.before, edit.after) for edit in real]}")
    size = max(1, min(count, len(lines)))
    rules_said = {rule: by_rule[rule] for rule in MEANING}
    print(
        f"{name}: {size} sentences, changed {meaning} ({100 * meaning / size:.3f} %), case only {recased}, form "
        f"only {form}; {rules_said}"
    )


def speed(source: Iterable[str], count: int) -> None:
    """Prints what an ordinary line takes, and how much of it is the terms: CPU time, median and 95 %."""
    lines = sorted(set(source))
    random.Random(8).shuffle(lines)
    options = RuleOptions(punctuation="full")
    ways = {"all rules": Corrector((), options), "without terms": Corrector.without_terms(options)}
    medians = {}
    for name, corrector in ways.items():
        spent = []
        for at, line in enumerate(lines[:count]):
            start = time.thread_time()
            corrector.apply(line)
            if at >= count // 4:  # the lexicon opens as it is asked
                spent.append((time.thread_time() - start) * 1000)
        cuts = statistics.quantiles(spent, n=20) if len(spent) > 1 else [0.0] * 19
        medians[name] = cuts[9]
        print(f"  {name}: median {cuts[9]:.2f} ms, 95 % {cuts[18]:.2f} ms")
    print(f"  ratio {medians['all rules'] / max(medians['without terms'], 0.001):.1f}")


def settled(corrector: Corrector) -> None:
    """Every term as it is written in every plain sentence: nothing may change. Prints what does."""
    words = case = total = 0
    for said in terms(builtin(), None, seed=1):
        total += 1
        got = corrector.apply(said.heard).text
        if got != said.heard:
            case += got.lower() == said.heard.lower()
            words += got.lower() != said.heard.lower()
            print(f"    {said.heard} -> {got}")
    print(f"{total} sentences that are right as they stand: {words} changed, {case} changed in case only")


def main() -> None:
    """Runs and prints everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=4000, help="ordinary sentences per source")
    parser.add_argument("--show", action="store_true", help="print every miss and every change")
    parser.add_argument("--ordinary", type=Path, nargs="*", default=[], help="more files or folders of ordinary text")
    parser.add_argument(
        "--settled", action="store_true", help="put every term into every plain sentence, and say what changed"
    )
    chosen = parser.parse_args()
    if chosen.settled:
        settled(corrector=Corrector((), RuleOptions(punctuation="full")))
        return
    begun = time.process_time()
    corrector = Corrector((), RuleOptions(punctuation="full"))
    loaded = time.process_time() - begun
    rows = cases()

    def ours(text: str) -> str:
        return corrector.apply(text).text

    def then_form(first: Fix) -> Fix:
        form = Corrector.without_terms(RuleOptions(punctuation="full"))
        return lambda text: form.apply(first(text)).text

    judge("dictation", ours, rows, chosen.show)
    judge("plain replace, and our other rules", then_form(plain_replace()), rows, False)
    judge("phonemes at 0.85 (as CapsWriter does), and our other rules", then_form(phoneme_match()), rows, False)
    judge("Levenshtein and Soundex, and our other rules", then_form(levenshtein_soundex()), rows, False)
    print()
    sources: dict[str, Iterable[str]] = {
        "docstrings (en)": list(docstrings()),
        "translations (zh)": list(translations()),
    }
    sources["licences (en)"] = [line for _, line in texts([Path("/usr/share/common-licenses")])]
    if chosen.ordinary:
        given = split(chosen.ordinary)[1]
        sources["given, not fitted on (zh)"] = [line for line in given if is_chinese(line)]
        sources["given, not fitted on (en)"] = [line for line in given if line.isascii()]
    for name, source in sources.items():
        ordinary(name, source, chosen.lines, corrector, chosen.show)
    for name, source in sources.items():
        print(f"time of a line, {name}")
        speed(source, min(1000, chosen.lines))
    spent = []
    dense = "我们用酷伯内提斯部署这个服务，把 get hub action 跑一下，端口改成八零八零，"
    dense += "然后鸡特 rebase 到主干分支上，再看一下日志"
    for text in [row["heard"] for row in rows] * 2 + [dense] * 200:
        start = time.thread_time()
        corrector.apply(text)
        spent.append((time.thread_time() - start) * 1000)
    cuts = statistics.quantiles(spent[:-200], n=20)
    heavy = statistics.quantiles(spent[-200:], n=20)
    print(
        f"\ntime of a case: median {cuts[9]:.2f} ms, 95 % {cuts[18]:.2f} ms; {len(dense)} characters full of "
        f"terms: {heavy[9]:.2f}, {heavy[18]:.2f} ms"
    )
    data = ROOT / "dictation/language/data"
    size = sum(file.stat().st_size for file in data.iterdir() if file.is_file())
    print(f"loaded in {loaded * 1000:.0f} ms of CPU; data {size / 1e6:.2f} MB; {len(builtin())} terms")


if __name__ == "__main__":
    main()
