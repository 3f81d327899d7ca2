"""A command stands at the prompt of real shells in real terminals, has not run, and gets nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dictation.core.commands import Command
from dictation.core.errors import CommandError, InsertError
from dictation.core.types import Inserted, Paste, Press, Proposed, Target, Type
from dictation.desktop.focus.focus_x11 import X11Focus
from dictation.desktop.prompt.prompt_linux import LinuxPrompts
from dictation.desktop.typing.typist_prompt import PromptTypist
from tests.desktop.bench import Desk
from tests.desktop.editors import Editor, wait_until
from tests.desktop.shells import SHELLS, TMUX, CommandRoad, Shell, writes

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(240)]

PLACES = {
    "bash": (SHELLS["bash"], "xterm"),
    "zsh": (SHELLS["zsh"], "xterm"),
    "fish": (SHELLS["fish"], "xterm"),
    "tmux": (TMUX, "xterm"),
    "vte": (SHELLS["bash"], "xfce4-terminal"),
    "qt": (SHELLS["bash"], "qterminal"),
}

RUNS = [
    "touch $MARK\n", "touch $MARK\r", "touch $MARK\r\n", "true\ntouch $MARK\n", "true\x1b[201~\ntouch $MARK\n",
    "true\x9b201~\rtouch $MARK\r", "\x15touch $MARK\x0f", "\x03\x0btouch $MARK\n", "touch $MARK\u2028",
    "touch $MARK\x85", "true\t\ttouch $MARK\x0a", "\x1b\x05\x0atouch $MARK\x0d", "true \u202e\ntouch $MARK",
    "true" + " " * 60 + "\x00\ntouch $MARK", "touch $MARK\x0b\x0c",
]  # fmt: skip
"""What would run a command, or hide one, if it reached a terminal as it is."""


@pytest.fixture
def road(desk: Desk) -> Iterator[CommandRoad]:
    made = CommandRoad()
    yield made
    made.close()


@pytest.fixture
def shell(desk: Desk) -> Iterator[Callable[..., Shell]]:
    opened: list[Shell] = []

    def open_shell(call: str = SHELLS["bash"], terminal: str = "xterm") -> Shell:
        opened.append(Shell(desk.dir, call, terminal))
        return opened[-1]

    yield open_shell
    for each in opened:
        each.close()


def prompt_still_works(place: Shell) -> None:
    """Nothing stands at the prompt, and nothing ran: what is typed now is the first that does."""
    place.type("printf %s clean >>$LOG")
    place.key("Return")
    assert place.wait_for("clean") == "clean"
    assert not place.mark.exists()


@pytest.mark.parametrize("name", PLACES)
def test_the_command_stands_at_the_prompt_and_has_not_run(
    shell: Callable[..., Shell], road: CommandRoad, name: str
) -> None:
    place = shell(*PLACES[name])
    kind = {"tmux": "zsh", "vte": "bash", "qt": "bash"}.get(name, name)
    outcome = road.say(writes("stands"), kind)
    assert isinstance(outcome, Inserted), outcome
    # Had it run by itself, the log would begin with "stands." alone.
    place.type("-here")
    place.key("Return")
    assert place.wait_for("stands-here.") == "stands-here."
    # tmux took it through its own channel: no key, no clipboard.
    assert len(road.typist.done) == (0 if name == "tmux" else 1)


@pytest.mark.parametrize("name", ["bash", "zsh", "fish", "tmux"])
def test_what_would_run_a_command_leaves_no_mark(shell: Callable[..., Shell], road: CommandRoad, name: str) -> None:
    place = shell(*PLACES[name])
    kind = "zsh" if name == "tmux" else name
    target = X11Focus().current()
    for command in RUNS:
        outcome = road.say(command, kind)
        assert isinstance(outcome, Proposed), command
        # The user may say so as often as he likes.
        road.commands.insert(road.commands.check(confirmed=True), lambda *_: None)
        assert isinstance(road.last(), Proposed), command
        # And past all of that, at the last door.
        door = PromptTypist(road.typist, LinuxPrompts().look, lambda: LinuxPrompts().look(target), deliberate=True)
        for move in (Paste(command), Type(command)):
            with pytest.raises(InsertError):
                door.perform((move,), target)
    assert road.typist.done == []
    prompt_still_works(place)


@pytest.mark.parametrize("chord", ["enter", "ctrl+j", "ctrl+m", "a"])
def test_no_key_is_ever_pressed_for_a_command(shell: Callable[..., Shell], road: CommandRoad, chord: str) -> None:
    shell()
    target = X11Focus().current()
    door = PromptTypist(road.typist, LinuxPrompts().look, lambda: LinuxPrompts().look(target))
    for moves in ((Press(chord),), (Paste("true"), Press(chord)), ()):
        with pytest.raises(InsertError):
            door.perform(moves, target)
    assert road.typist.done == []


def test_a_password_prompt_gets_nothing(shell: Callable[..., Shell], road: CommandRoad) -> None:
    place = shell()
    place.enter('read -rs x; printf %s "[$x]" >>$LOG', "password")
    outcome = road.say(writes("secret"))
    assert isinstance(outcome, Proposed) and "password" in outcome.why
    place.key("Return")
    assert place.wait_for("[]") == "[]"


EDITED = {"vim": ("vim.tiny -u NONE $LOG", "Escape colon w q Return"), "nano": ("nano -I $LOG", "ctrl+o Return ctrl+x")}


@pytest.mark.parametrize("name", EDITED)
def test_an_editor_gets_nothing(shell: Callable[..., Shell], road: CommandRoad, name: str) -> None:
    place, (call, leave) = shell(), EDITED[name]
    place.enter(call, "editor")
    outcome = road.say(writes("edited"))
    assert isinstance(outcome, Proposed) and "is in front" in outcome.why
    place.key(*leave.split())
    place.wait_for_state("prompt")
    assert place.text() == "" and road.typist.done == []


@pytest.mark.parametrize("call", ["sleep 60", "cat >$LOG", "python3 -q", "less /etc/passwd", "dash"])
def test_a_busy_program_gets_nothing(shell: Callable[..., Shell], road: CommandRoad, call: str) -> None:
    place = shell()
    place.type(call)
    place.key("Return")
    wait_until(lambda: place.state().state != "prompt", call, 10)
    assert isinstance(road.say(writes("busy")), Proposed)
    assert road.typist.done == [] and place.text() == ""


def test_a_window_that_took_the_focus_meanwhile_gets_nothing(
    shell: Callable[..., Shell], road: CommandRoad, editor: Callable[[str], Editor]
) -> None:
    place = shell()
    other = editor("gtk")
    place.focus()
    road.says.meanwhile = other.focus
    outcome = road.say(writes("lost"))
    assert isinstance(outcome, Proposed) and "nother window" in outcome.why
    assert other.text() == ""
    place.focus()
    prompt_still_works(place)


def test_a_shell_that_left_its_prompt_meanwhile_gets_nothing(shell: Callable[..., Shell], road: CommandRoad) -> None:
    place = shell()
    road.says.meanwhile = lambda: place.enter('read -rs x; printf %s "[$x]" >>$LOG', "password")
    assert isinstance(road.say(writes("late")), Proposed)
    place.key("Return")
    assert place.wait_for("[]") == "[]"


def test_another_shell_in_front_meanwhile_gets_nothing(shell: Callable[..., Shell], road: CommandRoad) -> None:
    place = shell()
    first = place.state()

    def nest() -> None:
        place.type("bash --norc -i")
        place.key("Return")
        wait_until(lambda: (seen := place.state()).state == "prompt" and seen.pid != first.pid, "the inner shell", 10)

    road.says.meanwhile = nest
    outcome = road.say(writes("nested"))
    assert isinstance(outcome, Proposed) and outcome.why == "Another prompt is in front now"
    prompt_still_works(place)


def test_a_command_for_another_shell_is_shown_only(shell: Callable[..., Shell], road: CommandRoad) -> None:
    shell()
    outcome = road.say("set -x a b", "fish")
    assert isinstance(outcome, Proposed) and "fish" in outcome.why


@pytest.mark.parametrize("app", ["gtk", "qt"])
def test_without_a_terminal_in_front_it_is_shown_only(
    editor: Callable[[str], Editor], road: CommandRoad, app: str
) -> None:
    opened = editor(app)
    assert isinstance(road.say(writes("x")), Proposed)
    road.commands.insert(road.commands.check(True), lambda *_: None)
    assert isinstance(road.last(), Proposed)
    assert opened.text() == "" and road.typist.done == []


@pytest.mark.parametrize("risk", ["caution", "danger"])
def test_a_risky_command_waits_until_the_user_says_so(
    shell: Callable[..., Shell], road: CommandRoad, risk: str
) -> None:
    place = shell()
    assert isinstance(road.say(writes("risky"), risk=risk), Proposed)
    assert road.typist.done == []
    if risk == "danger":
        with pytest.raises(CommandError, match="dangerous"):
            road.commands.check(confirmed=False)
    placed: list[tuple[str, Target]] = []
    road.commands.insert(road.commands.check(confirmed=risk == "danger"), lambda *what: placed.append(what))
    assert isinstance(road.last(), Inserted) and road.commands.waiting is None and len(placed) == 1
    place.type("-taken")
    place.key("Return")
    assert place.wait_for("risky-taken.") == "risky-taken."


def test_a_waiting_command_stays_out_of_a_shell_that_is_busy_now(
    shell: Callable[..., Shell], road: CommandRoad
) -> None:
    place = shell()
    road.say(writes("waits"), risk="caution")
    place.enter('read -rs x; printf %s "[$x]" >>$LOG', "password")
    road.commands.insert(road.commands.check(False), lambda *_: None)
    ended = road.last()
    assert isinstance(ended, Proposed) and "password" in ended.why and road.commands.waiting
    place.key("Return")
    assert place.wait_for("[]") == "[]"
    # When the prompt is there again, so is the command.
    place.clear()
    place.wait_for_state("prompt")
    road.commands.insert(road.commands.check(False), lambda *_: None)
    place.key("Return")
    assert place.wait_for("waits.") == "waits."


def test_words_said_while_a_command_waits_revise_it(shell: Callable[..., Shell], road: CommandRoad) -> None:
    place = shell()
    road.say("rm -r build", risk="caution")
    outcome = road.say("rm -r build/old", words="only the old one")
    # What was safe after all is shown too: it is an answer to what is on the screen.
    assert isinstance(outcome, Proposed)
    assert road.says.asked == [("do it", "", ()), ("only the old one", "rm -r build", ())]
    assert (waiting := road.commands.waiting) and waiting.proposed.command.text == "rm -r build/old"
    prompt_still_works(place)


def test_another_suggestion_is_not_one_of_the_first(shell: Callable[..., Shell], road: CommandRoad) -> None:
    shell()
    first = road.say("rm -r build", risk="caution")
    road.says.command = Command("rm -r ./build", "bash", risk="caution")
    road.commands.again(road.commands.some())
    assert isinstance(first, Proposed) and isinstance(ended := road.last(), Proposed)
    assert (first.command.text, ended.command.text) == ("rm -r build", "rm -r ./build")
    assert road.says.asked[-1] == ("do it", "", ("rm -r build",))


def test_a_dropped_command_cannot_be_put_in(shell: Callable[..., Shell], road: CommandRoad) -> None:
    shell()
    road.say("rm -r build", risk="caution")
    waiting = road.commands.some()
    road.commands.drop()
    road.commands.insert(waiting, lambda *_: None)
    with pytest.raises(CommandError, match="No command waits"):
        road.commands.some()
    assert road.typist.done == []
