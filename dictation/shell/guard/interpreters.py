"""Judges programs that run text: shells with -c, eval, source, ssh, trap, and code that comes down a pipe."""

from __future__ import annotations

import re

from dictation.shell.guard.argv import Options, after_options, read
from dictation.shell.guard.inspection import UNKNOWN, Call, Look, Output, Word
from dictation.shell.guard.risky_places import kind, tidy
from dictation.shell.guard.rules.rules_code import code
from dictation.shell.guard.rules.rules_sql import sql
from dictation.shell.guard.rules.rules_subscripts import starts_a_program

SHELLS = dict.fromkeys("sh bash dash ksh mksh ash rbash yash tcsh csh".split(), "bash") | {
    "zsh": "zsh", "fish": "fish", "pwsh": "powershell", "powershell": "powershell", "cmd": "cmd",
}  # fmt: skip
SETUP = frozenset(
    "ssh-agent direnv pyenv rbenv nodenv brew starship zoxide fnm mise dircolors conda thefuck opam minikube "
    "docker-machine luarocks"
    " keychain atuin mcfly navi kubectl gh pip lesspipe dotnet rustup npm volta jenv goenv hub plenv dbus-launch "
    "gpg-agent pipenv"
    " poetry uv just op register-python-argcomplete lesspipe.sh oh-my-posh fzf rtx asdf helm eksctl flux argocd k3d "
    "kind podman"
    " resize tset perl_local_lib nvm pack deno bun micromamba mamba pkgx xmake ng carapace vfox".split()
)
"""Programs whose documented use is ``eval "$(program ...)"``."""

ROOT = frozenset("sudo doas pkexec run0 gosu su-exec".split())
ANYWHERE = r"https?://|ftp://"
SQL = frozenset("psql mysql mariadb sqlite3 sqlcmd clickhouse-client duckdb bq cqlsh pgcli mycli litecli usql".split())


def shell(call: Call, look: Look) -> Output:
    """A shell: its ``-c`` text, its script, or what comes down its standard input."""
    language, args = SHELLS[call.name], call.args
    if language in ("powershell", "cmd"):
        return _windows(call, look, language)
    options = read(args[: _script(args)], "-o +o -O +O --rcfile --init-file -C --init-command")
    if args[:1] and re.match(r"-(?!-).*n", args[0], re.DOTALL):
        return Output()  # it only reads
    _start_up(options, language, call, look)
    rest = call.words[_script(args) :]
    if not rest and call.feed is None and _is_root(call, look):
        look.danger("privilege", "Everything typed next runs as root.", call.at)
    if _has_text(options):
        return _text_option(rest, options, language, call, look)
    if rest and not options.has("-s"):
        return script(rest[0], call, look, language)
    return piped(call, look, language)


def _start_up(options: Options, language: str, call: Call, look: Look) -> None:
    """The file and the commands that a shell runs first."""
    for each in options.value("--rcfile", "--init-file"):
        script(Word(each), call, look, language)
    for each in options.value("-C", "--init-command"):
        look.text(each, language, call.at)


def _has_text(options: Options) -> bool:
    """Whether ``-c`` is given, alone or in a group of letters."""
    return "--command" in options.flags or any(re.match(r"[-+](?!-).*c", each, re.DOTALL) for each in options.flags)


def _is_root(call: Call, look: Look) -> bool:
    outer = any(re.match(r"\s*(?:sudo|doas|pkexec|run0)\s", each) for each in look.outer)
    return outer or bool(ROOT & set(call.wrapped))


def _text_option(rest: tuple[Word, ...], options: Options, language: str, call: Call, look: Look) -> Output:
    """``sh -c TEXT NAME ARGUMENT ...``."""
    look.scope.positional = [each.text for each in rest[2:]]
    if len(rest) > 1:
        look.scope.variables["0"] = [rest[1].text]
    first = rest[0] if rest else Word("")
    text = (options.value("--command") or [first.text])[0]
    return text_of(Word(text, marks=first.marks), language, call, look)


def _script(args: list[str]) -> int:
    return after_options(args, "-o +o -O +O --rcfile --init-file -C --init-command")


def text_of(word: Word, language: str, call: Call, look: Look) -> Output:
    """A text argument that runs; where it comes from matters when it is not known."""
    text = word.text
    if "network" in word.marks:
        look.danger("remote-code", "It runs code that comes from the network.", call.at)
    elif word.marks & {"decoded", "mangled"}:
        look.danger("hidden-code", "It runs text that was hidden or taken apart.", call.at)
    elif UNKNOWN in text and not text.strip(UNKNOWN + " ;"):
        look.unclear(call.at, "What runs is only known when it runs.")
        return Output()
    elif text.startswith(UNKNOWN):
        look.unclear(call.at, "What runs is only known when it runs.")
    return look.text(text, language, call.at)


def piped(call: Call, look: Look, language: str) -> Output:
    """Code on standard input."""
    feed = call.feed
    if feed is None:
        return Output()
    if "network" in feed.marks:
        look.danger("remote-code", "It runs code that comes from the network.", call.at)
    elif feed.marks & {"decoded", "mangled"}:
        look.danger("hidden-code", "It runs text that was hidden or taken apart.", call.at)
    elif feed.text is None:
        look.caution("runs-output", "It runs whatever comes down the pipe.", call.at)
    if feed.text is None:
        return Output()
    if language in ("bash", "zsh", "fish", "powershell", "cmd"):
        return look.text(feed.text, language, call.at)
    if language == "sql":
        sql(feed.text, call.at, look)
    else:
        code(feed.text, language, call.at, look)
    return Output()


def script(word: Word, call: Call, look: Look, language: str) -> Output:
    """A file that runs; what is known of what stands in it."""
    path = word.text
    known = look.scope.streams.get(path) or look.scope.written.get(tidy(path))
    if path in ("-", "/dev/stdin", "/proc/self/fd/0", "/dev/fd/0"):
        return piped(call, look, language)
    if _sets_up(call.at):
        return Output()
    if known:
        return piped(Call(call.path, call.words, call.at, feed=known), look, language)
    if "network" in word.marks or re.match(ANYWHERE, path):
        look.danger("remote-code", "It runs code that comes from the network.", call.at)
    elif look.scope.cloned and not path.startswith(("/", "~")):
        look.danger("remote-code", "It runs what it has just fetched.", call.at)
    elif path.startswith(("/tmp/", "/var/tmp/", "/dev/shm/")) or kind(path) == "device":
        look.caution("runs-file", "It runs a file from a place anybody can write to.", call.at)
    elif path.strip(UNKNOWN) == "":
        look.unclear(call.at, "Which file runs is only known when it runs.")
    return Output()


def _sets_up(line: str) -> bool:
    """``source <(kubectl completion bash)`` and its like."""
    shown = re.search(r"(?:source|\.)\s+<\(([\w-]+) (?:completions?|init|shell|hook)\b[\w\s=-]*\)", line)
    return bool(shown) and set(re.findall(r"<\(([\w-]+)", line)) <= SETUP


def evaluate(call: Call, look: Look) -> Output:
    """``eval``: its words become a line of shell. Output of known set-up programs is what eval is for."""
    line = call.at
    found = re.fullmatch(
        r"eval\s+[\"']?(?:\$\(|`)\s*(?:SHELL=\S+ )?([\w./~-]+)(?:\s[\w\s./=:~\"'-]*)?(?:\)|`)[\"']?", line
    )
    fetches = re.search(r"\s(?:api|read|get|secrets?|exec|run|download|show|cat)\b", line)
    if found and not fetches and found[1].rpartition("/")[2] in SETUP:
        return Output()
    marks = frozenset(mark for each in call.words for mark in each.marks)
    text = " ".join(each for each in call.args if each != "--")
    if UNKNOWN in text and not marks & {"network", "decoded", "mangled"}:
        look.unclear(line, "What eval runs is only known when it runs.")
    return text_of(Word(text, marks=marks), "bash", call, look)


def source(call: Call, look: Look) -> Output:
    """``source FILE``, or in fish a pipe into ``source``."""
    start = after_options(call.args)
    if start < len(call.words):
        return script(call.words[start], call, look, "bash")
    if call.feed and found_setup(look):
        return Output()
    return piped(call, look, look.shell)


def found_setup(look: Look) -> bool:
    """``starship init fish | source`` and its like."""
    found = re.search(
        r"(?:^|[;&]\s*)([\w-]+) (?:init|hook|activate|env|completions?|shellenv|--(?:fish|init|completions?))\b[^|]*\|"
        r"\s*(?:source|\.)\s*$",
        look.command,
    )
    return bool(found and found[1] in SETUP)


def remote(call: Call, look: Look) -> Output:
    """``ssh host command``: the command is a line for the shell over there."""
    valued = "-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w -B"
    options = read(call.args, valued)
    for each in options.value("-o"):
        _ssh_option(each, call, look)
    if options.has("-R"):
        look.danger("tunnel", "It opens a way from the other machine to this one.", call.at)
    words = call.words[after_options(call.args, valued) + 1 :]
    text = " ".join(each.text for each in words)
    out = look.text(text, "bash", call.at) if text.strip() else Output()
    if call.feed:
        _fed_over_there(text.strip(), call.feed, call, look)
    return Output(None, out.marks | {"network"})


def _ssh_option(option: str, call: Call, look: Look) -> None:
    """``-o Name=value``."""
    key, _, value = option.replace("=", " ", 1).partition(" ")
    if key.lower() in ("proxycommand", "localcommand", "knownhostscommand", "match") and value.lower() != "none":
        look.text(value, "bash", call.at)
        if starts_a_program(value):
            look.caution("runs-command", "One of its options runs another program.", call.at)
    elif key.lower() == "permitlocalcommand" and value == "yes":
        look.caution("local-command", "The server's settings may run a command here.", call.at)


def _fed_over_there(text: str, feed: Output, call: Call, look: Look) -> None:
    """What comes down the pipe goes to the other machine, to a file or to a shell there."""
    if "secret" in feed.marks:
        look.danger("leaks-secret", "It sends keys or passwords to another machine.", call.at)
    elif re.search(r">|\b(?:tee|dd)\b", text):
        look.caution("sends-file", "It sends what it is fed to another machine.", call.at)
    elif not text or re.fullmatch(r"(?:sudo )?(?:\S*/)?(?:ba|z|da|k)?sh(?: -s.*)?", text):
        piped(call, look, "bash")


def _windows(call: Call, look: Look, kind_of: str) -> Output:
    if kind_of == "cmd":
        place = next((n for n, each in enumerate(call.args) if re.fullmatch(r"/[ckr]", each.lower())), None)
        text = " ".join(call.args[place + 1 :]) if place is not None else ""
    else:
        from dictation.shell.guard.windows.powershell_start import started

        text = started(call.args, call.at, look)
    return look.text(text, kind_of, call.at) if text else piped(call, look, kind_of)
