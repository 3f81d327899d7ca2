"""Builds ``dictation/language/data/lexicon.bin`` from published word lists; see the README beside it."""

from __future__ import annotations

import argparse
import ast
import json
import math
import re
import sys
import tarfile
import zlib
from collections import Counter, defaultdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from dictation.language.terms.lists.packed import pack  # noqa: E402
from dictation.language.terms.sounds.phones import of_arpabet  # noqa: E402
from dictation.spelled.wordlist import words  # noqa: E402

HAN = re.compile(r"[\u4e00-\u9fff]+")
FOREIGN = {"nr", "nrt", "ns", "nt", "nz", "nrfg"}
"""jieba's tags of names: rare ones are kept, for a name that is known is not taken for a garbled term."""


SIBLINGS = set(
    words(
        "postgrest vitess ebtables doraise isolinux syslinux codec codecs coroutine coroutines iterable iterables "
        "tuple tuples mutexes webapp webapps devs kubecon dockerhub grafonnet redismodule pytorchvideo numpydoc "
        "pandoc seafile doris gitignore webhookd tokenizer tokenizers embeddings subprocess stdin stdout stderr "
        "args kwargs config configs async sync param params regexes enum enums struct structs charset login logout "
        "signup popup dropdown checkbox textarea navbar sidebar tooltip viewport localhost frontend backend "
        "dataset datasets runtime runtimes namespace namespaces username usernames hostname hostnames filename "
        "filenames pathname timestamp timestamps middleware firmware bytecode opcode opcodes bitmask bitmap lookup "
        "lookups plugin plugins addon addons syslog sbuild autocoder gopher gophers webmail hotplug autofs "
        "netfilter initramfs debootstrap multiarch automake autoconf libtool gettext texinfo binutils coreutils "
        "findutils procps sysctl sysfs procfs tmpfs devfs udev hald portmap inetd xinetd telnet rlogin rsh sendmail "
        "qmail mbox maildir fetchmail procmail mutt pine elm slrn lynx links elinks wikis webcam webcams hotspot "
        "hotspots touchpad touchscreen trackpad trackball smartcard smartcards filesystem filesystems mountpoint"
    )
)
"""Words of the trade that sound like a term and are none."""


TRADE = words(
    "属组 属主 徽标 位址 数据机 布林值 典藏库 编译期 运行期 测试版 域值 静态条件 通讯录 软件包 源码包 发行版 手册页"
)
"""Chinese words of the trade that jieba does not have and that sound like a term."""


def chinese(floor: int) -> tuple[dict[str, int], set[str]]:
    """Words of jieba's dictionary with cost = -10 log10 of their share, and all characters in it."""
    counts: dict[str, tuple[int, str]] = {}
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if HAN.fullmatch(word):
            counts[word] = int(count), tag
    total = sum(count for count, _ in counts.values())
    kept = {
        word: round(-10 * math.log10(max(count, 1) / total))
        for word, (count, tag) in counts.items()
        if len(word) <= 8 and (len(word) == 1 or count >= floor or (len(word) > 2 and count > 3 and tag in FOREIGN))
    }
    kept |= dict.fromkeys((word for word in TRADE if word not in kept), 60)
    return kept, {char for word in counts for char in word}


def needed(words: dict[str, int], slack: int = 4) -> dict[str, int]:
    """Without the words that cost about as much as their parts: the best way to cut a text hardly needs them."""
    kept: dict[str, int] = {}
    for word in sorted(words, key=len):
        best = [0] + [9999] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(end):
                piece = word[start:end]
                if piece != word and piece in kept:
                    best[end] = min(best[end], best[start] + kept[piece])
        if len(word) == 1 or best[-1] > words[word] + slack:
            kept[word] = words[word]
    return kept


def english() -> dict[str, int]:
    """Words of SymSpell's frequency list with their cost."""
    text = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    counts = {word: int(count) for word, count in (line.split() for line in text.splitlines()) if word.isascii()}
    total = sum(counts.values())
    return {word: round(-10 * math.log10(count / total)) for word, count in counts.items()}


def pronunciations(package: Path) -> dict[str, str]:
    """CMUdict's first pronunciation of each word, in our phones; ``package`` is npm's cmu-pronouncing-dictionary."""
    with tarfile.open(package) as box:
        member = box.extractfile("package/index.js")
        assert member is not None
        text = member.read().decode("utf-8")
    pairs = re.findall(r'^\s+"?([a-z\']+)"?: "([A-Z0-2 ]+)"', text, re.M)
    return {word: of_arpabet(sound) for word, sound in pairs if word.replace("'", "").isalpha()}


def readings(chars: set[str]) -> dict[str, list[str]]:
    """Toneless readings of each character, the usual one first, as pypinyin has them."""
    from pypinyin import Style, pinyin  # type: ignore[import-not-found,unused-ignore]

    found = {}
    for char in sorted(chars):
        usual = pinyin(char, style=Style.NORMAL, heteronym=False)[0][0]
        every = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
        clean = [re.sub("[^a-z]", "", each.replace("ü", "v").replace("ê", "e")) for each in [usual, *every]]
        if any(clean):
            found[char] = [each for each in dict.fromkeys(clean) if each]
    return found


def simplified() -> tuple[dict[str, str], dict[str, str]]:
    """OpenCC's traditional -> simplified characters, and the phrases that single characters get wrong."""
    folder = files("opencc").joinpath("dictionary")
    chars = {}
    for line in folder.joinpath("TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        old, new = line.split("\t")
        if old != new.split(" ")[0] and len(old) == 1 and ord(old) < 0x10000:
            chars[old] = new.split(" ")[0]
    phrases = {}
    for line in folder.joinpath("TSPhrases.txt").read_text(encoding="utf-8").splitlines():
        old, new = line.split("\t")
        if "".join(chars.get(char, char) for char in old) != new.split(" ")[0]:
            phrases[old] = new.split(" ")[0]
    return chars, phrases


def technical(known: set[str]) -> list[str]:
    """Words that Python's own documentation uses three times or more and no list has: coroutine, codec, iterable."""
    counts: Counter[str] = Counter()
    for file in sorted(Path(ast.__file__).parent.rglob("*.py")):
        if "site-packages" in file.parts or "test" in file.parts:
            continue
        try:
            tree = ast.parse(file.read_text(encoding="utf-8", errors="replace"))
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                counts.update(
                    set(re.findall(r"(?<![A-Za-z0-9_.])[a-z]{5,}(?![A-Za-z0-9_(])", ast.get_docstring(node) or ""))
                )
    glossary = (ROOT / "dictation/language/data/glossary.tsv").read_text(encoding="utf-8").lower()
    terms = {re.sub("[^a-z]", "", line.split("\t")[0]) for line in glossary.splitlines()}
    return sorted(word for word, count in counts.items() if count >= 3 and word not in known and word not in terms)


def main() -> None:
    """Writes the file and says what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cmudict", type=Path, help="cmu-pronouncing-dictionary-3.0.0.tgz, from `npm pack`")
    parser.add_argument("--floor", type=int, default=8, help="smallest count of a Chinese word")
    parser.add_argument("--to", type=Path, default=ROOT / "dictation/language/data/lexicon.bin")
    chosen = parser.parse_args()
    lexemes, chars = chinese(chosen.floor)
    costs = english()
    sounds = pronunciations(chosen.cmudict)
    usual = {word: sound for word, sound in sounds.items() if costs.get(word, 999) <= 68}
    names = sorted((set(sounds) - set(costs)) | set(technical(set(sounds) | set(costs))) | SIBLINGS)
    first, more = defaultdict(list), []
    for char, every in readings(chars).items():
        first[every[0]].append(char)
        more += [f"{char}{each}" for each in every[1:2] if lexemes.get(char, 99) < 62]
    trad, phrases = simplified()
    sections = {
        "readings": "\n".join(f"{each} {''.join(first[each])}" for each in sorted(first)),
        "others": " ".join(more),
        "chinese": pack(needed(lexemes), 1),
        "english": pack(costs, 2),
        "names": pack(dict.fromkeys(names, 1), 2),
        "sounds": pack(usual, 2),
        "traditional": "".join(trad),
        "simplified": "".join(trad.values()),
        "phrases": " ".join(f"{old}={new}" for old, new in phrases.items()),
    }
    body = zlib.compress("\x1e".join(f"{name}\x1f{text}" for name, text in sections.items()).encode("utf-8"), 9)
    chosen.to.write_bytes(body)
    sizes = {name: len(text.encode("utf-8")) for name, text in sections.items()}
    made = {each: version(each) for each in ("jieba", "symspellpy", "pypinyin", "opencc-python-reimplemented")}
    sys.stdout.write(
        json.dumps({"bytes": len(body), "words": len(lexemes), "english": len(costs), "sizes": sizes, "from": made})
        + "\n"
    )


if __name__ == "__main__":
    main()
