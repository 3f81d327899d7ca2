"""Speaks the glossary's terms with several synthetic voices, lets a recogniser hear them, and lists what it heard.

``python models/language/listen.py MODEL --terms Redis,Kafka`` needs ``espeak-ng`` and a CTranslate2 Whisper folder. It
prints lines for the glossary: the term, what was heard in English, what was heard in Chinese. Nothing is added by
itself: a form that is an ordinary word needs a person's eye.

The embedded self-test model knows some forty words: with it this proves that the loop runs, and teaches nothing.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from dictation.engines.decode import read_audio  # noqa: E402
from dictation.engines.whisper import Whisper  # noqa: E402
from dictation.language.correct import Corrector  # noqa: E402
from dictation.language.terms.lists.glossary import Entry, builtin  # noqa: E402
from dictation.language.terms.lists.lexicon import lexicon  # noqa: E402

CARRIERS = {
    "en": ("deploy it with {} on the server", "we use {} in the backend", "open {} and check the logs"),
    "zh": ("我们用 {} 部署服务", "把代码放到 {} 里面", "接口是用 {} 写的"),
}
"""A term is never said alone: what stands around it is what the rules will have to go by."""

VOICES = {"en": ("en-us", "en-gb", "en-us+f3", "en+m4"), "zh": ("cmn", "cmn+f2", "cmn+m3")}
SPEEDS = (140, 170)
_HAN = re.compile("[\u4e00-\u9fff]")


def spoken(text: str, voice: str, speed: int, folder: Path) -> bytes:
    """``text`` as 16 kHz samples."""
    file = folder / "said.wav"
    subprocess.run(("espeak-ng", "-v", voice, "-s", str(speed), "-w", str(file), "--", text), check=True)
    return read_audio(file)


def between(heard: str, carrier: str) -> str:
    """What was heard where the term was said; nothing if the words around it were not heard either."""
    before, after = (part.strip() for part in carrier.split("{}"))
    plain = heard.strip(" .。,，!?！？")
    low = plain.lower()
    at, end = low.find(before.lower()), low.rfind(after.lower()) if after else len(low)
    return plain[at + len(before) : end].strip(" ,，") if 0 <= at < end else ""


def hear(model: Whisper, entry: Entry, folder: Path) -> Iterator[tuple[str, str]]:
    """Every language and form in which one term was heard."""
    for language, carriers in CARRIERS.items():
        for voice in VOICES[language]:
            for speed in SPEEDS:
                for carrier in carriers:
                    samples = spoken(carrier.format(entry.term), voice, speed, folder)
                    form = between(model.transcribe(samples, language).text, carrier)
                    if form:
                        yield language, form


def worth(form: str, entry: Entry, corrector: Corrector) -> bool:
    """Whether a form teaches something: it is not the term, not an ordinary word, and the rules miss it so far."""
    if not 2 <= len(form) <= 24 or form.lower() == entry.term.lower():
        return False
    known = lexicon()
    if form in known.chinese or (form.isascii() and " " not in form and known.cost(form.lower()) < 60):
        return False
    carrier = CARRIERS["zh" if _HAN.search(form) else "en"][0]
    return entry.term not in corrector.apply(carrier.format(form)).text


def main() -> int:
    """Prints one line of the glossary per term that was heard as something new."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="folder of a CTranslate2 Whisper model")
    parser.add_argument("--terms", default="", help="terms, with commas between; all of the glossary if left out")
    parser.add_argument("--least", type=int, default=2, help="how often a form must have been heard")
    chosen = parser.parse_args()
    if shutil.which("espeak-ng") is None:
        parser.error("espeak-ng is not installed")
    asked = {term.strip() for term in chosen.terms.split(",") if term.strip()}
    corrector, model = Corrector(), Whisper(str(chosen.model))
    entries: Iterable[Entry] = [each for each in builtin() if not asked or each.term in asked]
    said = right = 0
    with tempfile.TemporaryDirectory() as folder:
        for entry in entries:
            forms: dict[str, Counter[str]] = defaultdict(Counter)
            for language, form in hear(model, entry, Path(folder)):
                said += 1
                right += form.lower() == entry.term.lower()
                forms["zh" if _HAN.search(form) else language][form] += 1
            often = {
                language: [form for form, count in counts.items() if count >= chosen.least]
                for language, counts in forms.items()
            }
            new = {
                language: [form for form in each if worth(form, entry, corrector)] for language, each in often.items()
            }
            if any(new.values()):
                sys.stdout.write(f"{entry.term}\t{'|'.join(new.get('en', []))}\t{'|'.join(new.get('zh', []))}\n")
    sys.stderr.write(f"heard {said} times with the words around it, {right} times as it is written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
