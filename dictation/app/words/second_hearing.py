"""An engine that listens twice where developers' words may be in what was heard: plainly, then with terms that fit.

The second time costs a decode of the same encoding and a weighing of both texts, no encoding. All but the last piece
of an utterance are heard so while the key is still down.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import replace

from dictation.core.errors import EngineError
from dictation.core.types import Transcript
from dictation.engines.process import EngineProcess
from dictation.language.heard.better_words import choose
from dictation.language.heard.sounds_like import shipped
from dictation.language.look.simplified import plainly_simplified
from dictation.language.model.check_edits import scene_of
from dictation.language.terms.lists.built_in import shipped as glossary
from dictation.language.terms.lists.term_index import key_of

MOST_TERMS = 20
"""Terms that sound like something heard; with 30 there is nothing more to gain, and each costs a moment."""

STYLE = {
    "zh": "我用 Python 写了一个 API，commit 以后 merge 到 main 分支，"
    "再用 Docker deploy 到 server，config 里的 token 没有 bug。",
    "en": "We use Python and the GitHub API, merge the branch with a PR, then deploy the Docker image to AWS.",
}
"""What a developer's sentence looks like: English inside Chinese, simplified characters, marks and spaces."""

SURE = -0.17
"""Mean log probability per token above which an English piece is left as it was heard: most of what people read aloud
is above it, most of what holds a misheard term below."""

LOST = -0.5
"""The same for a sentence without any sign of developer talk: below it the recogniser is guessing."""


_LATIN = re.compile("[A-Za-z]{2}")


class KeenEngine(EngineProcess):
    """An engine process whose first answer is not always its last. Every method may be called from any thread."""

    simplified = True
    """Whether Chinese is wanted in simplified characters, which is what a second hearing gives."""

    def touch(self) -> None:
        """As ``EngineProcess.touch``; the terms are laid out meanwhile, which takes half a second once."""
        threading.Thread(target=shipped, name="terms", daemon=True).start()
        super().touch()

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        """See ``Recogniser``. Raises EngineError, or ModelError when the model cannot be loaded."""
        return self._kept(super().transcribe(samples, language, hints), hints)

    def transcribe_whole(
        self, samples: bytes, language: str, hints: Sequence[str] = (), styled: bool = False
    ) -> Transcript:
        """See ``Weigher``; a second time only where it is speech for sure. Raises EngineError."""
        heard = super().transcribe_whole(samples, language, hints, styled)
        return self._kept(heard, hints) if styled else heard

    def _kept(self, heard: Transcript, hints: Sequence[str]) -> Transcript:
        try:
            return self._twice(heard, hints)
        except EngineError:
            return heard  # the engine died over it: what it heard before is not lost with it

    def _twice(self, heard: Transcript, hints: Sequence[str]) -> Transcript:
        piece = heard.spans[0].piece if heard.spans else 0
        style = STYLE.get(heard.language)
        if not piece or not style or not heard.text.strip() or (heard.language == "zh" and not self.simplified):
            return heard
        first = plainly_simplified(heard.text)
        trade = signs_of_trade(first, heard.language)
        if _sure(heard, trade):
            return heard
        near = [term for term, _ in shipped().near(first, MOST_TERMS)]
        once_more = self.again(piece, heard.language, [*dict.fromkeys([*hints[: MOST_TERMS // 2], *near])], style)
        second = plainly_simplified(once_more.text) if once_more else ""
        if not second.strip() or second == first:
            return heard
        weights = self.weigh(piece, [first, second])
        if len(weights) != 2:
            return heard
        text = choose(*weights, trade, is_term, marks=heard.language == "zh")
        return replace(heard, text=text, spans=(replace(heard.spans[0], text=text),))


def _sure(heard: Transcript, trade: bool) -> bool:
    """Whether a second hearing would bring nothing; Chinese of developers is always heard twice."""
    bar = LOST if not trade else SURE if heard.language == "en" else 0.0
    return heard.spans[0].logprob > bar


def signs_of_trade(text: str, language: str) -> bool:
    """Whether a developer seems to speak: by a word of the trade, or by Latin words inside Chinese."""
    return bool(scene_of(text, ()).cues) or (language == "zh" and _LATIN.search(text) is not None)


def is_term(word: str) -> bool:
    """Whether a word, or some without the spaces between, is a term of the built-in glossary."""
    return any(hit.kind == "term" for hit in glossary().plain.get(key_of(word), ()))
