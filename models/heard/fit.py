"""Measures the bars of ``dictation/language/heard/better_words.py`` on recordings, each speaker judged by the others.

    PYTHONPATH=. python models/heard/fit.py build/real/base FOLDER...     # some minutes

A folder has a ``manifest.jsonl`` with ``file``, what is said (``written`` or ``text``) and who says it (``voice`` or
``source``). Every recording is heard twice, as the product does, but always; each way of setting the four bars is then
tried on what the two hearings differ in. Fewest errors win; of equals the shyest.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from dictation.app.words.second_hearing import MOST_TERMS, STYLE, is_term, signs_of_trade
from dictation.core.evidence import Weight
from dictation.engines.decode import read_audio
from dictation.engines.whisper import Whisper
from dictation.language.heard import better_words
from dictation.language.heard.better_words import Bars, choose
from dictation.language.heard.sounds_like import shipped
from dictation.language.look.simplified import plainly_simplified
from tests.real_speech import apart, units

TERM, OTHER = (0.0, 3.0, 6.0, 9.0, 12.0, 15.0), (-5.0, -2.0, 0.0, 3.0, 6.0, 9.0, 12.0)
LONGEST = 12.0  # seconds: what people say in one breath


@dataclass(frozen=True)
class Pair:
    """Two hearings of one recording."""

    said: list[str]
    speaker: str
    trade: bool
    language: str
    first: Weight
    second: Weight

    def errors(self, bars: Bars) -> int:
        """Units to mend in what stays."""
        name = "TRADE" if self.trade else "ORDINARY"
        setattr(better_words, name, bars)
        return apart(self.said, units(choose(self.first, self.second, self.trade, is_term, self.language == "zh")))


def pairs(model: Whisper, folder: Path) -> list[Pair]:
    """Every recording of a folder that has two different hearings."""
    found = []
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        said = row.get("written") or row.get("text")
        if not said or row["seconds"] > LONGEST or row.get("score") is False or row.get("group") in ("noise", "short"):
            continue
        heard = model.transcribe(read_audio(folder / row["file"]), "auto")
        if not heard.spans or heard.language not in STYLE:
            continue
        piece, first = heard.spans[0].piece, plainly_simplified(heard.text)
        near = [term for term, _ in shipped().near(first, MOST_TERMS)]
        again = model.again(piece, heard.language, near, STYLE[heard.language])
        if again and again.text:
            weights = model.weigh(piece, [first, plainly_simplified(again.text)])
            trade = signs_of_trade(first, heard.language)
            speaker = row.get("voice") or row.get("source", "").rpartition("/")[0] or row["file"]
            found.append(Pair(units(said), speaker, trade, heard.language, *weights))
    return found


def main() -> None:
    """Print what each kind of sentence is worth with the bars in force, and with the best ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    args = parser.parse_args()
    model = Whisper(str(args.model), device="cpu")
    every = [pair for folder in args.folders for pair in pairs(model, folder)]
    for trade, now in ((True, better_words.TRADE), (False, better_words.ORDINARY)):
        mine = [pair for pair in every if pair.trade == trade]
        size = sum(len(pair.said) for pair in mine)
        ways = [Bars(term, other) for term, other in itertools.product(TERM, OTHER) if term >= other]
        errors: dict[Bars, dict[str, int]] = {way: defaultdict(int) for way in [*ways, now]}
        for way in errors:
            for pair in mine:
                errors[way][pair.speaker] += pair.errors(way)
        best = min(ways, key=lambda way: (sum(errors[way].values()), way.term + way.other))
        unseen = 0
        for speaker in {pair.speaker for pair in mine}:
            chosen = min(ways, key=lambda way: (sum(errors[way].values()) - errors[way][speaker], way.term + way.other))
            unseen += errors[chosen][speaker]
        plain = sum(apart(pair.said, units(pair.first.text)) for pair in mine)
        kind = "developer talk" if trade else "ordinary"
        print(
            f"{kind}: {len(mine)} recordings, {size} units; wrong once heard {plain}, "
            f"with {now} {sum(errors[now].values())}, with the best {best} {sum(errors[best].values())}, "
            f"each speaker by the others {unseen}"
        )


if __name__ == "__main__":
    main()
