"""Command mode in the running app: what waits, what revises it, what a shell is answered, what passes the last door."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.app.board import Board
from dictation.app.command_mode import waiting as rooms
from dictation.app.command_mode.request import ForShell, Nobody
from dictation.app.command_mode.shell_key import ShellKey
from dictation.app.command_mode.waiting import WaitingCommands
from dictation.app.take.hands import Hands
from dictation.app.take.take import Reply, Take
from dictation.core.commands import Command
from dictation.core.errors import CommandError, InsertError, MicrophoneError, UsageError
from dictation.core.hearing.pipeline import Tools, carry
from dictation.core.session import Kind
from dictation.core.settings import Settings
from dictation.core.types import (
    Ahead,
    Event,
    Evidence,
    Failed,
    Finished,
    Inserted,
    Move,
    Outcome,
    Paste,
    Proposed,
    Purpose,
    Silent,
    Target,
    Transcript,
    Utterance,
)
from dictation.desktop.prompt.shell_prompt import NO_TERMINAL, Prompt
from dictation.desktop.store.spool import SpoolFile
from dictation.desktop.typing.typist_prompt import PromptTypist
from tests.fakes import a_take
from tests.ui.fake_controls import FakeControls

TERMINAL = Target(app="xterm", window=1, pid=7, terminal=True, shell="bash", cwd="/", tty="/dev/pts/1")
EDITOR = Target(app="gedit", window=2, pid=8)
BASH = Prompt("prompt", "", "bash", 70, "/dev/pts/1", "/")


class Paper:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.moves: list[Move] = []

    def prepare(self) -> None: ...

    def close(self) -> None: ...

    def perform(self, moves: Sequence[Move], target: Target) -> None:
        self.moves += moves


class Window:
    focused = TERMINAL

    def current(self) -> Target:
        return self.focused

    def same(self, target: Target) -> bool:
        return target.window == self.focused.window


class Prompts:
    seen = BASH

    def look(self, target: Target) -> Prompt:
        return self.seen if target.terminal else NO_TERMINAL


class Says:
    def __init__(self) -> None:
        self.command = Command("git status", "bash")
        self.asked: list[tuple[str, str, tuple[str, ...]]] = []

    def compose(
        self, request: str, language: str, target: Target, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        self.asked.append((request, before, tuple(other_than)))
        return self.command

    def refusal(self, command: Command, target: Target) -> str:
        return ""


class Ear:
    def measure(self, samples: bytes) -> Evidence:
        return Evidence(1.0, 0.5, (0.9,) * 31)

    def transcribe(self, samples: bytes, language: str, hints: Sequence[str] = ()) -> Transcript:
        return Transcript("do it", "en")


class Bench:
    def __init__(self) -> None:
        self.paper, self.window, self.prompts, self.says, self.board = Paper(), Window(), Prompts(), Says(), Board()
        self.commands = WaitingCommands(Hands(self.paper, self.window), lambda _: self.says, self.board)
        self.commands._prompts = self.prompts
        self.id = 0
        self.reply: Reply | None = None
        """Who asked for what is said."""

    def say(self, text: str = "git status", risk: str = "safe", **more: Any) -> Outcome:
        self.id += 1
        self.says.command = Command(text, "bash", risk=risk, **more)
        spooled = SpoolFile(Purpose.COMMAND, datetime.now(UTC))
        given = {"spooled": spooled, "target": self.window.focused, "reply": self.reply}
        take = a_take(self.id, Purpose.COMMAND, **given)
        if self.reply:
            self.reply.begun(take)
        return self.carry(take)

    def carry(self, take: Take) -> Outcome:
        """What the finisher does with it."""
        take.route = road = self.commands.route(take)
        assert road

        def tell(event: Event) -> None:
            if isinstance(event, Finished):
                take.finished = event
                self.commands.finished(take)
            self.board.tell(event)

        ear = Ear()
        tools = Tools(
            ear, ear, road.hands.typist, road.hands.focus, time.monotonic, ahead=lambda _: Ahead(),
            commander=road.commander,
        )  # fmt: skip
        utterance = Utterance(take.id, Purpose.COMMAND, bytes(64_000), road.target)
        return carry(utterance, tools, Settings(), tell)

    @property
    def put(self) -> list[str]:
        return [move.text for move in self.paper.moves if isinstance(move, Paste)]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setenv("DICTATION_PROMPTS", "none")
    monkeypatch.setattr(rooms, "BACK_SECONDS", 0.05)
    return Bench()


def test_a_safe_command_goes_in_at_a_prompt(bench: Bench) -> None:
    assert isinstance(bench.say(), Inserted)
    assert bench.put == ["git status"] and bench.commands.waiting is None


@pytest.mark.parametrize(
    "seen",
    [
        Prompt("password", "x"), Prompt("editor", "x"), Prompt("busy", "x"), Prompt("remote", "x"),
        Prompt("unknown", "x"), replace(BASH, certain=False, why="another tab"), replace(BASH, shell="fish"),
        replace(BASH, tty="/dev/pts/2"),
    ],
)  # fmt: skip
def test_anything_but_this_prompt_gets_a_proposal(bench: Bench, seen: Prompt) -> None:
    bench.prompts.seen = seen
    outcome = bench.say()
    assert isinstance(outcome, Proposed) and outcome.why
    assert bench.put == [] and bench.commands.waiting


@pytest.mark.parametrize(
    "command",
    [
        {"risk": "caution"}, {"risk": "danger"}, {"risk": "unheard of"}, {"insertable": False},
        {"text": "a\nb"}, {"text": "", "question": "Which branch?"}, {"text": ""}, {"text": "ls\u00a0-l"},
        {"text": "l\u0455"}, {"text": "ls\x1b[A"}, {"text": " ls"},
    ],
)  # fmt: skip
def test_what_is_not_plainly_safe_is_shown(bench: Bench, command: dict[str, Any]) -> None:
    outcome = bench.say(**command)
    assert isinstance(outcome, Proposed) and outcome.why
    assert bench.put == []


def test_words_said_much_later_are_a_new_request(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.say(risk="caution")
    bench.say(risk="caution")
    monkeypatch.setattr(rooms, "REVISE_SECONDS", 0.0)
    bench.say()
    assert [before for _, before, _ in bench.says.asked] == ["", "git status", ""]
    # What was put in waits no longer, and neither does what it took the place of.
    assert bench.put == ["git status"] and bench.commands.waiting is None


def test_words_said_in_another_window_are_a_new_request(bench: Bench) -> None:
    bench.say(risk="caution")
    bench.window.focused = replace(TERMINAL, window=9)
    bench.say()
    assert bench.says.asked[-1][1] == ""


def test_silence_leaves_the_command_that_waits(bench: Bench) -> None:
    bench.say(risk="caution")
    waiting = bench.commands.waiting
    bench.board.tell(Finished(99, Silent("no_voice")))
    assert bench.commands.waiting is waiting


def test_a_window_that_does_not_come_back_gets_nothing(bench: Bench) -> None:
    bench.say(risk="caution")
    bench.window.focused = replace(EDITOR, pid=4242)
    bench.commands.insert(bench.commands.check(False), lambda *_: None)
    waiting = bench.commands.waiting
    assert waiting and "nother window" in waiting.proposed.why and bench.put == []


def test_an_uncertain_tab_takes_it_when_the_user_says_so(bench: Bench) -> None:
    bench.prompts.seen = replace(BASH, certain=False, why="another tab")
    assert isinstance(bench.say(), Proposed)
    bench.commands.insert(bench.commands.check(False), lambda *_: None)
    assert bench.put == ["git status"]


def test_an_earlier_command_is_looked_over_before_it_is_put_in_again(bench: Bench) -> None:
    placed: list[str] = []
    bench.commands.put("git status", lambda text, _: placed.append(text))
    assert bench.put == placed == ["git status"]
    with pytest.raises(CommandError, match="not safe"):
        bench.commands.put("rm -rf ~", lambda *_: None)
    for text in ("git status\n", "true\x1b[201~\n"):
        with pytest.raises(CommandError):
            bench.commands.put(text, lambda *_: None)
    bench.prompts.seen = Prompt("password", "The terminal asks for a password")
    with pytest.raises(InsertError, match="password"):
        bench.commands.put("git status", lambda *_: None)
    assert bench.put == ["git status"]


# --- the last door

NASTY = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from(
            "\n\r\t\x00\x03\x04\x0f\x15\x1b\x7f\x85\x9b\u2028\u2029\u202e\u200b\ufeff\u00a0\u3000 -'\"$`\\"
        ),
        st.characters(min_codepoint=32, max_codepoint=126),
    ),
    max_size=60,
)


@settings(max_examples=1500, deadline=None)
@given(NASTY, st.sampled_from(["bash", "zsh", "fish"]))
def test_nothing_that_a_terminal_obeys_passes_the_last_door(text: str, shell: str) -> None:
    paper = Paper()
    prompt = replace(BASH, shell=shell)
    door = PromptTypist(paper, lambda _: prompt, lambda: prompt, deliberate=True)
    try:
        door.perform((Paste(text),), TERMINAL)
    except InsertError:
        assert paper.moves == []
        return
    assert paper.moves == [Paste(text)]
    assert not [each for each in text if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert text == text.strip(" ") and "\u00a0" not in text


# --- what the shells are answered


class Listening(FakeControls):
    """An app that hears at once what it is told to, over a board of its own."""

    def __init__(self, bench: Bench, hears: Callable[[], object]) -> None:
        super().__init__()
        self.bench, self.hears = bench, hears

    def post(self, kind: Kind, purpose: Purpose, reply: Reply) -> None:
        assert kind is Kind.START
        self.start(purpose)
        self.bench.reply = reply
        board = self.bench.board
        reply.begun(a_take(self.bench.id + 1, purpose, reply=reply))
        board.recording(purpose)
        board.thinking(+1)
        board.recording(None)
        self.hears()
        self.bench.reply = None
        board.thinking(-1)


REQUEST = {"do": "listen", "shell": "zsh", "cwd": "/usr"}


def answers(bench: Bench, hears: Callable[[], object]) -> tuple[list[dict[str, Any] | None], Listening]:
    controls = Listening(bench, hears)
    key = ShellKey(bench.commands, controls, controls, controls.post, bench.board)
    return list(key.listen(REQUEST)), controls


@pytest.mark.parametrize("risk", ["safe", "danger"])
def test_a_shell_gets_the_command_back_and_nothing_is_typed_or_shown(bench: Bench, risk: str) -> None:
    said, controls = answers(bench, lambda: bench.say("ls", risk))
    assert [each and each.get("state") for each in said] == ["listening", "thinking", None]
    last = said[-1]
    assert last and (last["outcome"], last["command"]["command"], last["command"]["risk"]) == ("inserted", "ls", risk)
    assert bench.put == [] and bench.commands.waiting is None and controls.asked == ["start command"]


def test_a_shell_is_told_that_nothing_was_said_or_that_it_went_wrong(bench: Bench) -> None:
    def silent() -> None:
        bench.board.tell(Finished(1, Silent("no_voice")))

    def thrown_away() -> None:
        assert isinstance(bench.reply, ForShell) and bench.reply.take
        bench.reply.take.cancelled = True

    assert (said := answers(bench, silent)[0][-1]) and said["outcome"] == "silent"
    broken = MicrophoneError("no-microphone", "There is no microphone", "Plug one in.")
    assert (said := answers(bench, lambda: bench.board.tell(Finished(1, Failed(broken))))[0][-1])
    assert said["error"]["code"] == "no-microphone"
    assert (said := answers(bench, thrown_away)[0][-1]) and said["outcome"] == "dropped"


def test_a_shell_that_goes_away_ends_the_recording(bench: Bench) -> None:
    controls = FakeControls()
    asked: list[Reply] = []
    key = ShellKey(bench.commands, controls, controls, lambda _kind, _purpose, reply: asked.append(reply), bench.board)
    stream = key.listen(REQUEST)
    assert next(stream) is None
    stream.close()
    assert controls.asked == []  # it might be somebody else's
    asked[0].begun(a_take(purpose=Purpose.COMMAND))
    assert controls.asked == ["cancel"]
    # What is said next is for the terminal in front again.
    assert isinstance(bench.say(), Inserted) and bench.put == ["git status"]


@pytest.mark.parametrize(
    "wrong",
    [{"shell": "powershell2"}, {"shell": ""}, {"cwd": "relative"}, {"cwd": ""}, {"cwd": "/a\0b"}, {"cwd": None}],
)
def test_a_wrong_request_of_a_shell_is_refused(bench: Bench, wrong: dict[str, Any]) -> None:
    controls = FakeControls()
    key = ShellKey(bench.commands, controls, controls, lambda *_: None, bench.board)
    with pytest.raises(UsageError):
        list(key.listen(REQUEST | wrong))
    with pytest.raises(UsageError):
        key.compose({"request": "x"} | REQUEST | wrong, Settings())
    with pytest.raises(UsageError):
        key.compose(REQUEST | {"request": " "}, Settings())


def test_only_one_listens_at_a_time(bench: Bench) -> None:
    def refuse(_kind: Kind, _purpose: Purpose, reply: Reply) -> None:
        reply.refused(UsageError("listening", "Dictation is listening already", "End that first."))

    controls = FakeControls()
    with pytest.raises(UsageError, match="listening already"):
        next(ShellKey(bench.commands, controls, controls, refuse, bench.board).listen(REQUEST))
    assert controls.asked == []


def test_an_utterance_begun_over_another_window_never_answers_a_shell(bench: Bench) -> None:
    """The hotkey goes down over window B; before it is carried, a shell in window A asks for one of its own."""
    bench.window.focused = there = replace(TERMINAL, window=9)
    begun_before = a_take(1, Purpose.COMMAND, target=there)
    asked = ForShell(Nobody(), Target(terminal=True, shell="bash", cwd="/home/a/production"), lambda _: BASH)
    begun_after = a_take(2, Purpose.COMMAND, target=there, reply=asked)
    asked.begun(begun_after)
    assert isinstance(bench.carry(begun_before), Inserted)
    assert bench.put == ["git status"] and not asked.offered
    bench.says.command = Command("ls", "bash")
    assert isinstance(bench.carry(begun_after), Inserted)
    assert bench.put == ["git status"] and asked.offered == ("ls",)


@pytest.mark.parametrize(
    ("since", "touched", "quiet", "why"),
    [
        (5.0, False, True, ""),
        (None, False, True, "Whether something stands at the prompt is not known here"),
        (5.0, True, True, "A text of yours may stand at the prompt already"),
        (5.0, False, False, "Something may stand at the prompt already"),
    ],
)
def test_a_command_goes_in_by_itself_only_where_the_line_is_known_to_be_empty(
    bench: Bench, since: float | None, touched: bool, quiet: bool, why: str
) -> None:
    bench.prompts.seen = replace(BASH, since=since)
    bench.commands.judge_lines(lambda _target, moment: touched and moment == since, lambda moment: quiet)
    outcome = bench.say()
    if not why:
        assert isinstance(outcome, Inserted) and bench.put == ["git status"]
        return
    assert isinstance(outcome, Proposed) and outcome.why == why and not bench.put
    waiting = bench.commands.check(False)
    assert bench.commands.insert(waiting, lambda *_: None) is None
    assert bench.put == ["git status"], "the user has looked at it"
