"""The one pipeline from a recording to the text at the cursor, for the hotkey, for files and for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dictation.core import insertion
from dictation.core.errors import CommandError, DictationError, EngineError, RewriteError
from dictation.core.hearing import ahead, chunks, gate
from dictation.core.hearing.spoken import Spoken, press, without_last
from dictation.core.hearing.understanding import can_weigh, support_of, understand
from dictation.core.ports import Commander, Focus, Listener, Receipts, Recogniser, Rewriter, Typist, Weigher
from dictation.core.settings import Settings
from dictation.core.types import (
    RATE,
    SAMPLE_BYTES,
    Ahead,
    Degraded,
    Draft,
    Dropped,
    Event,
    Failed,
    Finished,
    Gated,
    Heard,
    Held,
    Inserted,
    Outcome,
    Proposed,
    Purpose,
    Shown,
    Silent,
    Target,
    Transcript,
    Utterance,
    Verdict,
)

Tell = Callable[[Event], None]

NOT_UNDERSTOOD = "A part of it was not understood"
SAY_AGAIN = "Read what was written, and say the missing part again."

WORDLESS = "The recording is kept: transcribe it again in the history, or choose another model."
PARKED = "It was stopped before it was put in"


@dataclass(frozen=True, slots=True)
class Tools:
    """What the road works with.

    ``now`` gives seconds; ``wanted(id)`` is false once the user has cancelled that far; ``ahead(id)`` gives what was
    decoded while the key was down; ``correct(text, language)`` applies the language rules; ``hints()`` gives the terms
    that the recogniser should know, the most needed first; ``rewriter`` is the optional language model; ``commander``
    is needed for the purpose COMMAND; ``gated`` is false for "transcribe anyway"; ``take_back(target)`` takes back what
    was put in last, if it is in ``target``, and raises InsertError if it cannot; ``bring_back(target)`` gives it
    the cursor again, and says whether it has it; ``parked(id)`` is true once the user wants the words kept only;
    ``before(target)`` is our own text right before the cursor, None where that is not known.
    """

    listener: Listener
    recogniser: Recogniser
    typist: Typist
    focus: Focus
    now: Callable[[], float]
    wanted: Callable[[int], bool] = lambda _: True
    ahead: Callable[[int], Ahead] = lambda _: Ahead()
    correct: Callable[[str, str], Draft] = lambda text, _: Draft(text, text)
    hints: Callable[[], Sequence[str]] = lambda: ()
    rewriter: Rewriter | None = None
    commander: Commander | None = None
    gated: bool = True
    take_back: Callable[[Target], None] = lambda _: None
    bring_back: Callable[[Target], bool] = lambda _: False
    parked: Callable[[int], bool] = lambda _: False
    before: Callable[[Target], str | None] = lambda _: None


def carry(utterance: Utterance, tools: Tools, settings: Settings, tell: Tell) -> Outcome:
    """Everything between the key's release and the text, in order; readable aloud.

    Never raises a DictationError: what goes wrong is a ``Failed`` that keeps the words known by then. The last thing
    told is ``Finished`` with the waits in milliseconds: gate, decode, language, llm, insert, after_release.
    """
    watch = _Watch(tools.now)
    transcript = Transcript("", "")
    try:
        known = tools.ahead(utterance.id)
        watch.lap("decode")
        transcript, rest = chunks.merge(known.texts), list(known.texts[known.shown.count :])
        tail = utterance.samples[_offset(known.done) : None if known.end is None else _offset(known.end)]
        verdict = known.verdict or _listen(tail, tools, settings)
        watch.lap("gate")
        tell(Gated(utterance.id, _overall(verdict, known)))
        reason = verdict.reason
        if verdict.kind != "reject":
            last, reason = _transcribe(tail, verdict, known, tools, settings)
            if reason and known.texts:
                transcript = replace(transcript, unexplained=transcript.unexplained + last.unexplained)
            else:
                transcript, rest = chunks.merge([*known.texts, last]), [*rest, last]
            watch.lap("decode")
        transcript = replace(transcript, unexplained=tuple(sorted({*known.unexplained, *transcript.unexplained})))
        if verdict.kind != "reject" or known.texts:
            tell(Heard(utterance.id, transcript))
        if transcript.unexplained:
            tell(Degraded(utterance.id, EngineError("not-understood", NOT_UNDERSTOOD, SAY_AGAIN)))
        said = _Said(transcript, chunks.merge(rest), known.shown, None if known.texts else reason)
        outcome = _decide(utterance, _overall(verdict, known), said, tools, settings, watch, tell)
    except DictationError as error:
        outcome = Failed(error, transcript.text, transcript.text)
    timings = watch.timings(utterance.ended)
    support = support_of(tools.recogniser, transcript) if isinstance(outcome, Inserted | Held) else None
    tell(Finished(utterance.id, outcome, timings, support, transcript.unexplained))
    return outcome


def _listen(tail: bytes, tools: Tools, settings: Settings) -> Verdict:
    evidence = tools.listener.measure(tail)
    weighs = can_weigh(tools.recogniser)
    verdict = gate.judge(evidence, settings.hearing.gate, settings.hearing.quiet_voice, weighs)
    if tools.gated:
        return verdict
    # "Transcribe anyway": all of it, whatever the gate thinks; what it thinks is still told.
    return replace(verdict, kind="accept", start=0.0, end=evidence.seconds)


def _overall(verdict: Verdict, known: Ahead) -> Verdict:
    """The verdict on the whole utterance: what was committed has passed the gate on its own."""
    if not known.texts:
        return verdict
    return replace(
        verdict, kind="accept", reason=None, note="", speech_seconds=known.speech_seconds + verdict.speech_seconds
    )


def _transcribe(
    tail: bytes, verdict: Verdict, known: Ahead, tools: Tools, settings: Settings
) -> tuple[Transcript, str | None]:
    """Decode the raw audio, only its ends trimmed, in pieces the recogniser can take; or take the guess that holds.

    With it comes the reason if nothing was said. Times are seconds from the start of the utterance.
    """
    if known.guess is not None and (
        known.verdict or ahead.covers(known.guessed, verdict.voice, ahead.speaking(settings.hearing))
    ):
        return known.guess, known.silent
    heard, reasons = list[Transcript](), list[str | None]()
    for start, end in chunks.cut(verdict.voice, verdict.start, verdict.end):
        language = chunks.leaning(settings.hearing.language, [*known.texts, *(each for each in heard if each.text)])
        own = replace(verdict, start=start, end=end)
        more, reason = understand(tools.recogniser, tail, own, language, tools.hints, tools.gated)
        heard.append(chunks.later(more, known.done))
        reasons.append(reason)
    if all(reasons):
        return chunks.merge(heard), reasons[0]
    silent = [replace(each, text="", spans=()) if why else each for each, why in zip(heard, reasons, strict=True)]
    return chunks.merge(silent), None


def _offset(seconds: float) -> int:
    return round(seconds * RATE) * SAMPLE_BYTES


@dataclass(frozen=True, slots=True)
class _Said:
    """All that was heard; the rest of it that is not at the cursor yet; what is; and why nothing counts, if so."""

    whole: Transcript
    rest: Transcript
    shown: Shown
    silent: str | None = None


def _decide(
    utterance: Utterance, verdict: Verdict, said: _Said, tools: Tools, settings: Settings, watch: _Watch, tell: Tell
) -> Outcome:
    if verdict.kind == "reject":
        return Silent(verdict.reason or "no_voice", verdict.note)
    rest = said.rest
    if gate.wordless(said.whole.text, verdict, said.silent is None):
        return Failed(EngineError("no-words-made", "The model made no words of what was said", WORDLESS))
    if reason := said.silent or (None if rest.text.strip() else "no_voice"):
        # What is at the cursor stays, and was all of it.
        return _stands(said) if said.shown.count else Silent(reason)
    if utterance.purpose is Purpose.COMMAND:
        return _command(utterance, rest, tools, settings, watch)
    draft = tools.correct(chunks.follow(said.shown.text, rest.text.strip()), rest.language)
    watch.lap("language")
    pressed = press(_rewritten(utterance, rest, draft, tools, tell))
    watch.lap("llm")
    if pressed.back or not pressed.draft.text.strip(" "):
        return _taken_back(utterance, pressed, said, tools, settings, watch)
    return _put(utterance, pressed.draft, said, tools, settings, watch)


def _rewritten(utterance: Utterance, transcript: Transcript, draft: Draft, tools: Tools, tell: Tell) -> Draft:
    if tools.rewriter is None:
        return draft
    try:
        recogniser = tools.recogniser
        weigher = recogniser if isinstance(recogniser, Weigher) and recogniser.weighs else None
        return tools.rewriter.rewrite(draft, transcript, weigher)
    except RewriteError as error:
        tell(Degraded(utterance.id, error))  # the polish is lost, the words are not
        return draft


def _command(utterance: Utterance, transcript: Transcript, tools: Tools, settings: Settings, watch: _Watch) -> Outcome:
    """Prose must never reach a shell: without a command there is nothing to put in."""
    if tools.commander is None:
        raise CommandError("no-commands", "Commands cannot be made here", "Dictate instead.")
    command = tools.commander.compose(transcript.text.strip(), transcript.language, utterance.target)
    watch.lap("llm")
    if not _welcome(utterance, tools):
        return Dropped()
    if why := tools.commander.refusal(command, utterance.target):
        return Proposed(command, why, transcript.text)
    said = _Said(transcript, transcript, Shown())
    outcome = _put(utterance, Draft(command.text, transcript.text), said, tools, settings, watch)
    if isinstance(outcome, Held | Failed):
        why = outcome.why if isinstance(outcome, Held) else outcome.error.message
        return Proposed(command, why, transcript.text)
    return outcome


def _taken_back(
    utterance: Utterance, pressed: Spoken, said: _Said, tools: Tools, settings: Settings, watch: _Watch
) -> Outcome:
    """What was put in before goes first: the last sentence of this utterance, or all of the one before it."""
    draft, shown = pressed.draft, said.shown
    if pressed.back and _welcome(utterance, tools) and tools.focus.same(utterance.target):
        kept = without_last(shown.text)
        try:
            if shown.text:
                tools.typist.perform(insertion.erase(shown.text[len(kept) :]), utterance.target)
            else:
                tools.take_back(utterance.target)
        except DictationError as error:
            return Failed(error, draft.text, draft.heard)
        said = replace(said, shown=replace(shown, text=kept))
    if draft.text.strip(" "):
        return _put(utterance, draft, said, tools, settings, watch)
    return _stands(said) if said.shown.text else Dropped()


def _stands(said: _Said) -> Outcome:
    """What was put in while the key was down was all of it."""
    return Inserted(said.shown.text, said.whole.text, said.shown.edits, said.shown.gap)


def _put(utterance: Utterance, draft: Draft, said: _Said, tools: Tools, settings: Settings, watch: _Watch) -> Outcome:
    shown = said.shown
    more = chunks.seam(shown.text, draft.text) + draft.text
    heard = said.whole.text if shown.count else draft.heard
    if not tools.wanted(utterance.id):
        return Dropped()
    if tools.parked(utterance.id):
        return Held(shown.text + more, PARKED, heard)
    if not tools.focus.same(utterance.target) and not (
        settings.insert.bring_back and tools.bring_back(utterance.target)
    ):
        return Held(shown.text + more, "Another window has the cursor now", heard)
    gap = "" if shown.text or utterance.purpose is Purpose.COMMAND else _gap(more, utterance.target, tools, settings)
    try:
        tools.typist.perform(insertion.plan(gap + more, utterance.target, settings), utterance.target)
    except DictationError as error:
        return Failed(error, shown.text + more, heard)
    watch.lap("insert")
    more = insertion.fit(more, utterance.target)
    seen = isinstance(tools.typist, Receipts) and tools.typist.arrived
    return Inserted(shown.text + more, heard, shown.edits + draft.edits, shown.gap + gap, seen)


def _gap(text: str, target: Target, tools: Tools, settings: Settings) -> str:
    return insertion.gap(tools.before(target), text, settings.insert.spacing)


def _welcome(utterance: Utterance, tools: Tools) -> bool:
    """Whether what was said may still change what stands at the cursor."""
    return tools.wanted(utterance.id) and not tools.parked(utterance.id)


class _Watch:
    """Milliseconds by stage."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._began = self._last = now()
        self._laps = dict.fromkeys(("gate", "decode", "language", "llm", "insert"), 0.0)

    def lap(self, stage: str) -> None:
        now = self._now()
        self._laps[stage] += (now - self._last) * 1000
        self._last = now

    def timings(self, ended: float | None) -> dict[str, float]:
        since = self._began if ended is None else ended
        return {**self._laps, "after_release": (self._now() - since) * 1000}
