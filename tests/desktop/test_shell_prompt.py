"""Whether what a terminal waits for is told from outside: a prompt, a password, an editor, another machine, a tab."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictation.app.take.hands import Hands
from dictation.core.errors import InsertError
from dictation.core.types import Target
from dictation.desktop import choose
from dictation.desktop.focus.focus_x11 import X11Focus
from dictation.desktop.nothing import NoTypist
from dictation.desktop.project import project_files, repository
from dictation.desktop.prompt import channel_kitty, channel_tmux, channel_wezterm, prompt_file, whereabouts
from dictation.desktop.prompt.prompt_linux import LinuxPrompts, _host
from dictation.desktop.prompt.shell_prompt import ASKERS, Modes, Prompt, occupied, together
from tests.desktop.bench import Desk
from tests.desktop.editors import wait_until
from tests.desktop.shells import SHELLS, TMUX, Shell

Open = Callable[..., Shell]


@pytest.fixture
def shell(desk: Desk) -> Iterator[Open]:
    opened: list[Shell] = []

    def open_shell(call: str = SHELLS["bash"], terminal: str = "xterm") -> Shell:
        opened.append(Shell(desk.dir, call, terminal))
        return opened[-1]

    yield open_shell
    for each in opened:
        each.close()


on_the_desktop = pytest.mark.desktop


# --- in real terminals


@on_the_desktop
@pytest.mark.parametrize("name", SHELLS)
def test_a_prompt_is_known_with_its_shell_and_folder(shell: Open, name: str) -> None:
    place = shell(SHELLS[name])
    place.type("cd /usr/share")
    place.key("Return")
    seen = wait_until(lambda: (s := place.state()).cwd == "/usr/share" and s.state == "prompt" and s, "the folder", 10)
    assert isinstance(seen, Prompt) and (seen.shell, seen.certain, seen.why) == (name, True, "")
    assert seen.tty == X11Focus().current().tty


@on_the_desktop
@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize("call", ["read -s x", "python3 -c 'import getpass; getpass.getpass()'"])
def test_a_password_prompt_is_no_prompt(shell: Open, name: str, call: str) -> None:
    place = shell(SHELLS[name])
    place.type(call)
    place.key("Return")
    # The `read` of fish is its own line editor, which only the window's title or the widget gives away.
    wait_until(lambda: place.state().state in ("password", "busy") and "python" not in place.state().why, call, 10)


@on_the_desktop
@pytest.mark.parametrize("call", ["read -rsn 5 x", "bash -c 'read -rn1 x'", "select x in a b; do :; done", "read -r x"])
def test_a_question_of_the_shell_is_no_prompt(shell: Open, call: str) -> None:
    place = shell()
    place.type(call)
    place.key("Return")
    wait_until(lambda: place.state().state == "busy", call, 10)


@on_the_desktop
@pytest.mark.parametrize(
    "call", ["read -n1 -p 'Delete all? [y/N]' x", "bash -c 'read -rn1 x'", "vim.tiny -n -u NONE", "sleep 300"]
)
def test_what_took_the_terminal_after_the_key_went_down_is_named(shell: Open, call: str) -> None:
    place = shell()
    hands = Hands(NoTypist("no"), X11Focus(), prompted=choose.prompted, taken=choose.taken)
    began = hands.here()
    assert began.prompted and not choose.taken(began)
    place.type(call)
    place.key("Return")
    wait_until(lambda: choose.taken(began), call, 10)
    assert not hands.here().prompted and not choose.taken(hands.here()), "who speaks to that program is heard by it"


@on_the_desktop
def test_a_script_with_an_editor_is_an_editor(shell: Open, tmp_path: Path) -> None:
    script = tmp_path / "script.sh"
    script.write_text("vim.tiny -n -u NONE\n")
    place = shell()
    place.enter(f"bash {script}", "editor")


@on_the_desktop
def test_what_feeds_the_prompt_from_behind_does_not_count(shell: Open) -> None:
    place = shell()
    # Without job control it shares the shell's group, as the daemons of fancy prompts do.
    place.type("set +m; sleep 300 </dev/null >/dev/null 2>&1 &")
    place.key("Return")
    place.wait_for_state("prompt")


@on_the_desktop
def test_another_machine_is_told_from_this_one(shell: Open, tmp_path: Path) -> None:
    ssh = tmp_path / "ssh"
    shutil.copy("/bin/sleep", ssh)
    place = shell()
    # A program of that name; what it says of the host, its call does.
    place.type(f"exec -a ssh {ssh} 300")
    place.key("Return")
    seen = place.wait_for_state("remote")
    assert seen.host == "300" and seen.cwd is None and seen.shell is None
    context = whereabouts.describe(X11Focus().current())
    assert context.remote == "300" and not (context.cwd or context.files or context.branch)


@on_the_desktop
def test_a_tmux_pane_is_seen_through_and_copy_mode_is_no_prompt(shell: Open) -> None:
    place = shell(TMUX)
    first = place.wait_for_state("prompt")
    assert (first.shell, first.channel[0]) == ("zsh", "tmux") and first.pane
    place.enter("vim.tiny -n -u NONE", "editor")
    place.key("Escape", "colon", "q", "Return")
    place.wait_for_state("prompt")
    place.key("ctrl+b", "bracketleft")
    assert "looked through" in place.wait_for_state("busy").why
    target = X11Focus().current()
    assert "looked through" in choose.swallows(target)  # dictation, too, would be lost there
    place.key("q")
    wait_until(lambda: not choose.swallows(target), "the end of copy mode", 10)
    place.key("ctrl+b", "percent")
    second = wait_until(lambda: (s := place.state()).state == "prompt" and s.pane != first.pane and s, "a pane", 10)
    assert isinstance(second, Prompt) and not second.same(first)


@on_the_desktop
@pytest.mark.parametrize(("program", "state"), [("gpg", "password"), ("notes", "busy")])
def test_a_pin_that_is_read_key_by_key_is_a_password(shell: Open, tmp_path: Path, program: str, state: str) -> None:
    shutil.copy("/bin/sleep", tmp_path / program)
    place = shell()
    place.type(f"sh -c 'stty -icanon -echo; exec {tmp_path / program} 300'")
    place.key("Return")
    place.wait_for_state(state)


@on_the_desktop
def test_two_windows_of_one_program_are_two_prompts(shell: Open) -> None:
    first = shell(terminal="xfce4-terminal")
    one = first.wait_for_state("prompt")
    first.key("ctrl+shift+n")  # a second window of the same process

    def opened() -> Prompt | None:
        seen = first.state()
        return seen if seen.state == "prompt" and seen.tty not in ("", one.tty) else None

    two = wait_until(opened, "a window", 20)
    assert two.certain and X11Focus().current().window != first.window
    first.type("exec sleep 300")
    first.key("Return")
    first.wait_for_state("busy")
    first.focus()
    assert first.wait_for_state("prompt").tty == one.tty


@on_the_desktop
def test_a_tab_that_is_no_prompt_makes_the_window_uncertain(shell: Open) -> None:
    place = shell(terminal="xfce4-terminal")
    place.wait_for_state("prompt")
    place.key("ctrl+shift+t")
    pid = X11Focus().current().pid
    assert pid
    from dictation.desktop.focus.processes import leaders

    wait_until(lambda: len(leaders(pid)) == 2, "the second tab", 10)
    place.type("cat")
    place.key("Return")
    # Both tabs may be in front, whichever was typed into last.
    wait_until(lambda: (s := place.state()).state != "prompt" or not s.certain, "doubt", 10)
    place.key("ctrl+c")
    place.wait_for_state("prompt")
    assert place.state().certain
    place.type("read -s x")
    place.key("Return")
    place.wait_for_state("password")


# --- by rule


@pytest.mark.parametrize("program", sorted(ASKERS))
@pytest.mark.parametrize("modes", list(itertools.product([True, False], repeat=3)))
def test_a_pin_is_read_unseen_key_by_key_and_with_ctrl_c_in_force(program: str, modes: tuple[bool, bool, bool]) -> None:
    canonical, echo, signals = modes
    assert Modes(*modes, True, False).asked_by(program) == (signals and not canonical and not echo)
    assert not Modes(*modes, True, False).asked_by("vim")


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.sampled_from(list(SHELLS)))
def test_a_line_that_is_read_by_the_kernel_is_never_a_prompt(
    canonical: bool, echo: bool, signals: bool, cr: bool, nl: bool, shell: str
) -> None:
    modes = Modes(canonical, echo, signals, cr, nl)
    if canonical or echo:
        assert not modes.line_editor(shell)
    assert modes.secret == (canonical and not echo)


def prompt(state: str = "prompt", shell: str = "bash", tty: str = "/dev/pts/1") -> Prompt:
    return Prompt(state, "" if state == "prompt" else f"It is {state}", shell, 1, tty, "/")


def test_a_password_in_any_tab_keeps_everything_out() -> None:
    assert together([prompt(), prompt("password")], clear=True).state == "password"


def test_tabs_that_are_all_at_a_prompt_make_no_difference() -> None:
    assert together([prompt(), prompt()], clear=False) == prompt()


def test_a_busy_tab_makes_the_other_uncertain() -> None:
    seen = together([prompt(), prompt("busy")], clear=True)
    assert (seen.state, seen.certain) == ("prompt", False) and seen.why
    assert together([prompt(), prompt(shell="fish")], clear=True).certain is False
    assert together([prompt(), prompt("busy")], clear=False).state == "unknown"


@pytest.mark.parametrize(
    "program, state",
    [
        ("ssh", "remote"),
        ("docker", "remote"),
        ("nvim", "editor"),
        ("screen", "unknown"),
        ("make", "busy"),
        ("", "busy"),
    ],
)
def test_every_program_in_front_has_its_sentence(program: str, state: str) -> None:
    seen = occupied(program, "")
    assert seen.state == state and seen.why


@pytest.mark.parametrize(
    "call, host",
    [
        ("ssh web1", "web1"), ("ssh -p 22 -v ann@web1 ls -l", "ann@web1"), ("ssh -p22 -oUser=x web1", "web1"),
        ("ssh -J jump -i key web1", "web1"), ("ssh", ""), ("ssh -v", ""),
    ],
)  # fmt: skip
def test_the_host_is_read_from_the_call(call: str, host: str) -> None:
    assert _host(call.split()) == host


def test_elsewhere_than_in_a_terminal_there_is_no_prompt() -> None:
    assert LinuxPrompts().look(Target(app="gimp", pid=os.getpid())).state == "nowhere"
    assert LinuxPrompts().look(Target(terminal=True, pid=None)).state == "nowhere"
    assert LinuxPrompts().look(Target(terminal=True, pid=os.getpid())).state in ("unknown", "busy")


# --- the notes of the widgets


def note(folder: Path, **changes: str) -> Path:
    fields = dict(zip(prompt_file.FIELDS, ["1", "77", "/dev/pts/9", "fish", "prompt", "emacs", "0", "/a\nb", "", "end"],
                      strict=True))  # fmt: skip
    path = prompt_file.folder() / prompt_file.name("/dev/pts/9")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{each}\0" for each in (fields | changes).values()).encode())
    return path


def test_a_note_is_read_whole(tmp_path: Path) -> None:
    note(tmp_path, state="busy", editing="vi", branch="feature/x y")
    seen = prompt_file.read("/dev/pts/9", 77)
    assert seen and (seen.busy, seen.vi, seen.cwd, seen.branch) == (True, True, "/a\nb", "feature/x y")


@pytest.mark.parametrize(
    "changes", [{"pid": "78"}, {"tty": "/dev/pts/8"}, {"version": "2"}, {"end": "en"}, {"pid": "7x"}, {"status": "-"}]
)
def test_a_note_of_another_shell_or_half_of_one_is_none(tmp_path: Path, changes: dict[str, str]) -> None:
    note(tmp_path, **changes)
    assert prompt_file.read("/dev/pts/9", 77) is None


@given(st.binary(max_size=200))
def test_any_rubbish_in_a_note_is_none(rubbish: bytes) -> None:
    path = prompt_file.folder() / prompt_file.name("/dev/pts/9")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(rubbish)
    assert prompt_file.read("/dev/pts/9", 77) is None


def test_a_note_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    path = note(tmp_path)
    real = path.rename(tmp_path / "elsewhere")
    path.symlink_to(real)
    assert prompt_file.read("/dev/pts/9", 77) is None


# --- where


def git(folder: Path, *words: str) -> None:
    call = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", *words]
    subprocess.run(call, cwd=folder, check=True, capture_output=True)


def test_the_branch_is_read_without_git_in_a_folder_below_and_in_a_worktree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = tmp_path / "repo"
    (repo / "src" / "deep").mkdir(parents=True)
    git(repo, "init")
    git(repo, "commit", "--allow-empty", "-m", "x")
    git(repo, "branch", "feature/登录")
    git(repo, "pack-refs", "--all")
    git(repo, "branch", "fix-1")
    git(repo, "worktree", "add", "../tree", "-b", "wt")
    # From here on, running git would fail.
    monkeypatch.setenv("PATH", "/nowhere")
    assert repository.branch(repo / "src" / "deep") == "main"
    assert repository.branch(tmp_path / "tree") == "wt"
    for folder in (repo, tmp_path / "tree"):
        assert set(repository.branches(folder)) == {"main", "feature/登录", "fix-1", "wt"}
    assert (repository.branch(tmp_path), repository.branches(tmp_path)) == ("", ())
    assert whereabouts.describe_folder(str(repo), "zsh").branch == "main"


@pytest.mark.parametrize("place", ["HEAD", "commondir", "packed-refs", "index", "refs/heads/main", "../.git"])
@pytest.mark.timeout(20)
def test_a_pipe_in_the_place_of_a_file_of_git_keeps_nobody_waiting(tmp_path: Path, place: str) -> None:
    (tmp_path / ".git" / "refs" / "heads").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main")
    where = (tmp_path / ".git" / place).resolve() if place != "../.git" else tmp_path / ".git"
    if where.is_dir():
        shutil.rmtree(where)
    where.unlink(missing_ok=True)
    os.mkfifo(where)
    assert repository.branch(tmp_path) == ("" if place in ("HEAD", "../.git") else "main")
    assert not repository.branches(tmp_path) or place == "refs/heads/main"
    if git := project_files.git_folder(tmp_path):
        project_files.tracked(git), project_files.branches(git), project_files.stamp(git)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_whatever_stands_in_the_files_of_git_nothing_breaks(head: bytes, packed: bytes) -> None:
    folder = prompt_file.folder() / "repo" / ".git"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "HEAD").write_bytes(head)
    (folder / "packed-refs").write_bytes(packed)
    assert repository.branch(folder.parent).isprintable()
    assert len(repository.branches(folder.parent)) <= repository.MOST_BRANCHES


def test_a_detached_head_is_no_branch(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("0123456789abcdef\n")
    assert repository.branch(tmp_path) == ""


def test_only_plain_names_are_told(tmp_path: Path) -> None:
    for name in ("main.py", "说明.md", "a b", "$(touch x)", "`id`", "x\ny", "a;b", "a'b", "é", "-rf", "x" * 61):
        (tmp_path / name).touch()
    assert set(whereabouts.describe_folder(str(tmp_path), "bash").files) == {"main.py", "说明.md", "a b", "-rf"}


def test_a_huge_folder_is_not_read_to_its_end(tmp_path: Path) -> None:
    for number in range(whereabouts.MOST_LOOKED_AT + 10):
        (tmp_path / f"f{number}").touch()
    assert len(whereabouts.describe_folder(str(tmp_path), "bash").files) == whereabouts.MOST_FILES


def test_what_cannot_be_known_is_empty() -> None:
    context = whereabouts.describe_folder("", "fish")
    assert (context.shell, context.cwd, context.files, context.branch) == ("fish", "", (), "")
    assert whereabouts.describe_folder("/nowhere/at/all", "fish").files == ()
    assert whereabouts.describe(Target()).shell in ("bash", "zsh", "fish")


# --- the terminals' own channels, against programs that keep what they are told


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    def make(name: str, says: str) -> Path:
        """A program ``name`` that prints ``says`` and keeps its call and its input."""
        kept = tmp_path / name
        (folder / name).write_text(
            f'#!/bin/sh\n[ -z "$WEZTERM_UNIX_SOCKET" ] || printf \'%s\\n\' "$WEZTERM_UNIX_SOCKET" >>{kept}\n'
            f"printf '%s\\n' \"$@\" >>{kept}\ncat >>{kept}\ncat <<'EOF'\n{says}\nEOF\n"
        )
        (folder / name).chmod(0o755)
        return kept

    return make


KITTY = {
    7: {"KITTY_LISTEN_ON": "unix:/k", "KITTY_WINDOW_ID": "1"},
    8: {"KITTY_LISTEN_ON": "unix:/k", "KITTY_WINDOW_ID": "2"},
}


def test_kitty_is_asked_which_window_is_in_front_and_given_the_text(program: Callable[[str, str], Path]) -> None:
    windows = [{"id": 1, "is_focused": False}, {"id": 2, "is_focused": True}]
    said = [{"is_focused": True, "tabs": [{"is_focused": True, "windows": windows}]}]
    kept = program("kitten", json.dumps(said))
    assert channel_kitty.front(KITTY) == 8
    assert channel_kitty.channel(KITTY[8]) == ("kitty", "unix:/k", "2")
    channel_kitty.put("ls -l", "unix:/k", "2")
    assert kept.read_text().endswith(
        "@\n--to\nunix:/k\nsend-text\n--match=id:2\n--bracketed-paste=auto\n--stdin\nls -l"
    )


@pytest.mark.parametrize("said", ["", "[]", "{}", '[{"is_focused": true}]', "[1]"])
def test_a_kitty_that_says_something_else_is_not_believed(program: Callable[[str, str], Path], said: str) -> None:
    program("kitten", said)
    assert channel_kitty.front(KITTY) is None


WEZTERM = {7: {"WEZTERM_UNIX_SOCKET": "/w", "WEZTERM_PANE": "0"}, 8: {"WEZTERM_UNIX_SOCKET": "/w", "WEZTERM_PANE": "3"}}


def test_wezterm_is_asked_which_pane_is_in_front_and_given_the_text(program: Callable[[str, str], Path]) -> None:
    kept = program("wezterm", json.dumps([{"focused_pane_id": 3}]))
    assert channel_wezterm.front(WEZTERM) == 8
    assert channel_wezterm.channel(WEZTERM[8]) == ("wezterm", "/w", "3")
    channel_wezterm.put("ls -l", "/w", "3")
    assert kept.read_text().endswith("/w\ncli\nsend-text\n--pane-id\n3\nls -l")


@pytest.mark.parametrize("said", ["", "{}", "[1]", "[{}]"])
def test_a_wezterm_that_says_something_else_is_not_believed(program: Callable[[str, str], Path], said: str) -> None:
    program("wezterm", said)
    assert channel_wezterm.front(WEZTERM) is None


def test_a_terminal_that_does_not_take_the_text_is_an_error(
    program: Callable[[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tmux", "kitten", "wezterm"):
        program(name, "")
        (tmp_path / "bin" / name).write_text("#!/bin/sh\necho no >&2\nexit 1\n")
    calls: list[Callable[[], None]] = [
        lambda: channel_tmux.put("x", (), "%0"),
        lambda: channel_kitty.put("x", "a", "1"),
        lambda: channel_wezterm.put("x", "a", "1"),
    ]
    for call in calls:
        with pytest.raises(InsertError, match="did not take the command: no"):
            call()
    monkeypatch.setenv("PATH", "/nowhere")
    for call in calls:
        with pytest.raises(InsertError, match="not on the PATH"):
            call()
    assert channel_tmux.front(["tmux"], {}, "/dev/pts/1") is None


@pytest.mark.parametrize(
    "call, around, server",
    [
        ("tmux", {}, f"/tmp/tmux-{os.getuid()}/default"),
        ("tmux attach", {"TMUX_TMPDIR": "/t"}, f"/t/tmux-{os.getuid()}/default"),
        ("tmux -f /dev/null -Lwork new", {}, f"/tmp/tmux-{os.getuid()}/work"),
        ("tmux -L work -2 attach -t x", {}, f"/tmp/tmux-{os.getuid()}/work"),
        ("tmux -S /s/ock a", {"TMUX_TMPDIR": "/t"}, "/s/ock"),
    ],
)
def test_the_tmux_server_is_found_from_the_call(call: str, around: dict[str, str], server: str) -> None:
    assert channel_tmux._server(call.split(), around) == ("-S", server)


def test_prompts_of_other_shells_on_the_same_device_differ() -> None:
    one = prompt()
    assert one.same(replace(one, cwd="/other")) and not one.same(replace(one, pid=2))
    assert not one.same(replace(one, pane="%1"))
