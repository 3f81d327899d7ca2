"""Owns what is known of a prompt: whether the terminal in front waits for a command, and what in it would not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dictation.core.types import Target

LINE_SHELLS = ("bash", "zsh", "fish")
"""Shells whose line editor can be told from a running program by the modes of the terminal."""

_REMOTE = """
ssh autossh mosh mosh-client et telnet rlogin tsh docker podman nerdctl kubectl oc lxc lxc-attach incus nsenter
machinectl vagrant wsl wsl.exe adb distrobox toolbox flatpak chroot gcloud
"""
REMOTE = frozenset(_REMOTE.split())
"""Programs that show another machine, or another system on this one."""

_EDITORS = """
vi vim vim.tiny vim.basic vim.gtk3 nvim view vimdiff nano pico emacs emacs-nox emacsclient helix hx micro joe ne kak ed
mcedit mc ranger nnn lf less more most man tig lazygit htop top btop
"""
EDITORS = frozenset(_EDITORS.split())
"""Programs of a whole screen: what is pasted there changes a file, or is taken for their commands."""

ASKERS = frozenset("pinentry pinentry-curses pinentry-tty gpg gpg2 su sudo doas ssh ssh-add passwd".split())
"""Programs that ask for a PIN or a password; gpg is in front also while the agent's pinentry asks."""

MULTIPLEXERS = frozenset(["tmux", "screen", "zellij", "byobu", "dtach", "abduco", "tmate"])
"""Programs with shells inside; most do not say which is in front."""


@dataclass(frozen=True, slots=True)
class Modes:
    """The modes of a terminal device that tell who reads it (termios(3))."""

    canonical: bool
    echo: bool
    signals: bool
    cr_to_nl: bool
    nl_to_cr: bool

    def line_editor(self, shell: str) -> bool:
        """Whether the line editor of ``shell`` reads. A ``read -n 1`` of bash leaves CR as it was set; its line editor
        takes CR raw. That of zsh exchanges CR and NL, which nothing else does."""
        if self.canonical or self.echo or not self.signals:
            return False
        if shell == "zsh":
            return self.nl_to_cr or not self.cr_to_nl
        return not self.cr_to_nl

    @property
    def secret(self) -> bool:
        """Whether a line is read that is not shown: a password."""
        return self.canonical and not self.echo

    def asked_by(self, program: str) -> bool:
        """Whether ``program`` reads a PIN key by key. Ctrl-C still ends it: a shell elsewhere, or what sudo runs in a
        terminal of its own, takes that key too."""
        return program in ASKERS and not self.canonical and not self.echo and self.signals


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the terminal in front waits for.

    ``state`` is prompt, password, editor, busy, remote, unknown or nowhere; ``why`` is a sentence for all but prompt.
    ``pid`` and ``cwd`` are the shell's, ``tty`` is its device, ``host`` the other machine, ``pane`` the terminal's own
    name for its part. ``channel`` is how the terminal itself takes text: its name and what it needs to be called.
    ``certain`` is false when another tab of the window may be in front instead. ``since`` is when the shell showed this
    prompt, or began where it does not tell of its prompts, in monotonic seconds: the line was empty then.
    """

    state: str
    why: str = ""
    shell: str | None = None
    pid: int | None = None
    tty: str = ""
    cwd: str | None = None
    host: str = ""
    pane: str = ""
    channel: tuple[str, ...] = ()
    certain: bool = True
    since: float | None = None
    browsed: bool = False
    """Keys and pastes go to a view of what was printed, not to the program."""

    def same(self, other: Prompt) -> bool:
        """Whether both are the prompt of the same shell on the same device."""
        return (self.tty, self.pid, self.pane) == (other.tty, other.pid, other.pane)


class Prompts(Protocol):
    """What knows the prompts of terminals."""

    def look(self, target: Target) -> Prompt:
        """What the terminal ``target`` waits for now. Never raises."""


NO_TERMINAL = Prompt("nowhere", "No terminal is in front")
UNKNOWN = Prompt("unknown", "What the terminal waits for is not known here")


def occupied(program: str, host: str) -> Prompt:
    """What it means that ``program`` runs in front of the shell."""
    if program in REMOTE:
        where = f"on {host}" if host else "elsewhere"
        return Prompt("remote", f"{program} is in front: the shell {where} cannot be seen from here", host=host)
    if program in EDITORS:
        return Prompt("editor", f"{program} is in front, not a prompt")
    if program in MULTIPLEXERS:
        return Prompt("unknown", f"{program} does not say which of its shells is in front")
    return Prompt("busy", f"{program or 'A program'} is running in the terminal")


def together(seen: list[Prompt], clear: bool) -> Prompt:
    """One prompt of those of a window with several tabs, the one last typed into first.

    ``clear``: it is known which of them was typed into last. That is not yet being in front: a tab is changed with the
    mouse too. So it is certain only where it makes no difference.
    """
    first = seen[0]
    if len(seen) == 1:
        return first
    for each in seen:
        if each.state == "password":
            return Prompt("password", "A tab of this terminal asks for a password")
    if all(each.state == "prompt" and each.shell == first.shell for each in seen):
        return first
    why = first.why or "Another tab of this window is not at a prompt, and which tab is in front is not known"
    if not clear:
        return Prompt("unknown", "Which tab of this window is in front is not known", certain=False)
    return Prompt(
        first.state,
        why,
        first.shell,
        first.pid,
        first.tty,
        first.cwd,
        first.host,
        first.pane,
        first.channel,
        False,
        first.since,
    )
