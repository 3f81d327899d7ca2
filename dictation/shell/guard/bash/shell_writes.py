"""Judges what a line leaves behind in the shell and in files: redirections, variables, functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tree_sitter import Node

from dictation.shell.guard.bash.bash_parse import source
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Look, Output, Word
from dictation.shell.guard.risky_places import HUGE, INERT, kind, persistent, power, secret, tidy

RUN = frozenset(
    "PAGER MANPAGER GIT_PAGER EDITOR VISUAL GIT_EDITOR SUDO_EDITOR FCEDIT BROWSER GIT_SSH_COMMAND GIT_SSH GIT_ASKPASS "
    "SSH_ASKPASS"
    " SUDO_ASKPASS GIT_PROXY_COMMAND GIT_EXTERNAL_DIFF GIT_SEQUENCE_EDITOR PROMPT_COMMAND LESSOPEN LESSCLOSE "
    "RSYNC_RSH CVS_RSH"
    " TAR_OPTIONS PS1 PS2 PS4 PROMPT MANOPT BAT_PAGER SYSTEMD_PAGER AWS_PAGER DELTA_PAGER PSQL_PAGER PSQL_EDITOR "
    "KUBE_EDITOR CC"
    " CXX LD MAKE RUSTC_WRAPPER HGEDITOR SVN_EDITOR SVN_SSH LESSEDIT WATCH_COMMAND FZF_DEFAULT_COMMAND XDG_OPEN "
    "TERMINAL".split()
)
"""Variables whose value other programs run as a command."""

LOADED = frozenset(
    "LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES BASH_ENV ENV ZDOTDIR PYTHONSTARTUP PERL5OPT PERL5DB RUBYOPT "
    "JAVA_TOOL_OPTIONS"
    " _JAVA_OPTIONS GCONV_PATH PYTHONHOME PERL5LIB GIT_TEMPLATE_DIR GIT_CONFIG_GLOBAL GIT_CONFIG_COUNT GIT_EXEC_PATH"
    " INPUTRC PYTHONINSPECT BASH_FUNC_ls%% NODE_OPTIONS LUA_INIT LESSKEY SSLKEYLOGFILE".split()
)
"""Variables that make programs load a file or code of somebody's choice."""

HARMLESS = r"--max[-_]old[-_]space[-_]size=\d+|-Xm[xs]\S+|(?:-W|--enable-source-maps)\S*"
"""Values of such variables that load nothing."""

SET: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    **dict.fromkeys(
        "LD_LIBRARY_PATH DYLD_LIBRARY_PATH PYTHONPATH NODE_PATH".split(),
        ((r"(?:^|:)(?:/tmp|/var/tmp|/dev/shm)", DANGER, "loads-code",
            "Programs would load code from a folder that anybody can write to."),),
    ),
    **dict.fromkeys(
        "PATH fish_user_paths".split(),
        ((r"^(?:/tmp\b|/var/tmp|/dev/shm)", DANGER, "search-path",
            "Programs would be looked for in an open folder first."),
         (r"^\.?:|^\./", CAUTION, "search-path", "Programs would be looked for in an open folder first.")),
    ),
    **dict.fromkeys(
        "precmd_functions preexec_functions chpwd_functions periodic_functions".split(),
        ((r"(?s).", CAUTION, "persistence", "It runs by itself from now on."),),
    ),
    **dict.fromkeys(
        "HISTFILE HISTSIZE HISTFILESIZE SAVEHIST".split(),
        ((rf"^(?:0|/dev/null|{UNKNOWN})?\Z", CAUTION, "covers-tracks", "It turns the shell history off."),),
    ),
    **dict.fromkeys(
        "NODE_TLS_REJECT_UNAUTHORIZED PYTHONHTTPSVERIFY".split(),
        ((r"^0\Z", CAUTION, "no-verification", "It turns the check of certificates off."),),
    ),
    "GIT_SSL_NO_VERIFY": ((r"", CAUTION, "no-verification", "It turns the check of certificates off."),),
}  # fmt: skip
"""Variables: a pattern of the value, and what that means; the first that fits."""

GUARDS = frozenset("sudo su ssh gpg passwd login doas command_not_found_handle precmd preexec chpwd zshexit".split())


def variable(name: str, value: str, at: str, look: Look) -> None:
    """An assignment, alone or before a command."""
    if name in RUN or name.startswith(("GIT_CONFIG_VALUE", "npm_config_script")):
        _runs(name, value, at, look)
    elif name in LOADED:
        if value and not re.fullmatch(HARMLESS, value):
            look.danger("loads-code", f"{name} makes programs load code from there.", at)
    elif row := next((row for row in SET.get(name, ()) if re.search(row[0], value)), None):
        look.note(*row[1:], at)


def _runs(name: str, value: str, at: str, look: Look) -> None:
    """A value that programs run, or that the shell evaluates as a prompt."""
    if re.search(r"[\s;|&`$]|/tmp/|^\./|^~", value) and name not in ("PS1", "PROMPT", "PS2", "PS4"):
        look.text(value, "bash", at)
    elif "$(" in value or "`" in value:
        look.text(re.sub(r"\\[\w\[\]]", " ", value), "bash", at)
    if name == "PROMPT_COMMAND" and value:
        look.caution("persistence", "It runs by itself before every prompt.", at)


def assigned(words: Sequence[Word], at: str, look: Look) -> Sequence[Word]:
    """``words`` without the assignments that stand before a command."""
    while words and (found := re.fullmatch(r"([A-Za-z_][\w.]*)=(.*)", words[0].text, re.DOTALL)):
        variable(found[1], found[2], at, look)
        words = words[1:]
    return words


def function(name: str, body: Node, at: str, look: Look) -> None:
    """A definition: does it call itself over and over, or stand in for a trusted command?"""
    text = source(body)
    if _calls(name, body):
        if "|" in text or "&" in text:
            look.danger("fork-bomb", "It starts itself again and again until the machine stops.", at)
        elif not re.search(r"if|case|\[", text):
            look.caution("endless", "It calls itself without end.", at)
    if name in GUARDS:
        look.caution("persistence", "It stands in for a command or a hook of the shell.", at)


def _calls(name: str, body: Node) -> bool:
    """Whether a command of ``body`` has this name."""
    waiting = [body]
    while waiting:
        each = waiting.pop()
        if each.type == "command_name" and source(each) == name:
            return True
        waiting.extend(each.children)
    return False


def redirect(path: str, appends: bool, out: Output, nothing: bool, at: str, look: Look) -> None:
    """Output sent to a file; ``nothing`` when there is no command, so that the file is emptied."""
    if not path or path in INERT:
        return
    if path.startswith(("/dev/tcp/", "/dev/udp/")):
        look.danger("network-channel", "It opens a network connection from the shell.", at)
        return
    target(path, appends, at, look, out)
    if "endless" in out.marks and kind(path) != "device":
        look.danger("fills-disk", "It writes without end until the disk is full.", at)
    if not appends:
        _replaced(path, out, nothing, at, look)
    look.scope.written[tidy(path)] = _kept(path, appends, out, look)


def _kept(path: str, appends: bool, out: Output, look: Look) -> Output:
    """What stands in a file after ``out`` was written to it."""
    if out.text is None or not appends:
        return out
    before = look.scope.written.get(tidy(path), Output("")).text or ""
    return Output(before + out.text, out.marks)


def _replaced(path: str, out: Output, nothing: bool, at: str, look: Look) -> None:
    """What stood in a file is gone."""
    emptied = nothing or (out.text is not None and not out.text.strip())
    if emptied and kind(path) not in (*HUGE, "temp"):
        level = CAUTION if re.search(r"\.(?:log|out|tmp|pid)$", path) else DANGER
        look.note(level, "empties-file", "The file loses its content.", at)
    elif at.split().count(path) > 1:
        look.danger("overwrites-input", "The file that is read is emptied first.", at)


def target(path: str, appends: bool, at: str, look: Look, out: Output | None = None) -> None:
    """Writing to ``path`` by whatever means."""
    where = kind(path)
    if where == "device":
        look.danger("writes-device", "It writes over a disk or device.", at)
    elif power(path):
        look.danger("privilege", "It changes who may do what on this machine.", at)
    elif persistent(path):
        _starts_by_itself(path, appends, at, look, out)
    elif level := _system_level(where, appends):
        look.note(level, "writes-system", "It writes to a place of the system.", at)
    elif where == "git" and (appends or not secret(path)):
        look.caution("git-internals", "It writes into the repository's own files.", at)
    elif not appends:
        _overwritten(path, at, look)


def _starts_by_itself(path: str, appends: bool, at: str, look: Look, out: Output | None) -> None:
    if appends and tidy(path).endswith(("rc", "profile")) and _plain_setting(out.text if out else None):
        look.caution("persistence", "It stays in a start-up file.", at)
    else:
        look.danger("persistence", "It changes what starts or runs by itself.", at)


def _system_level(where: str, appends: bool) -> str:
    """How bad it is to write to a place of the system; empty where it is none."""
    if where in ("root", "system", "unset"):
        return DANGER
    return CAUTION if where == "outside" and not appends else ""


def _plain_setting(text: str | None) -> bool:
    """Whether a line for a start-up file sets a search path, an option, or an alias of nothing that is trusted."""
    if text is None:
        return False
    plain = re.fullmatch(r"\s*(?:export \w*PATH=(?!/tmp|/var/tmp|\.)\S+|alias [\w.-]+=\S.*|set -o \w+|#.*)?\s*", text)
    return plain is not None and not re.search(rf"alias (?:{'|'.join(GUARDS)})=", text)


def _overwritten(path: str, at: str, look: Look) -> None:
    """Files that are dear wherever they lie."""
    if secret(path):
        look.caution("overwrites-secret", "It writes over keys or settings.", at)
    elif re.search(r"\.(?:db|sqlite3?|qcow2|vmdk|img)$", path):
        look.caution("overwrites", "It writes over a database or an image.", at)
