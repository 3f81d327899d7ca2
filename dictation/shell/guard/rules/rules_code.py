"""Judges one-liners in programming languages: what they delete, start, load, or send."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from dictation.shell.guard.bash.shell_signs import ansi
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Look
from dictation.spelled.lazy_regex import late

LANGUAGES: dict[str, tuple[str, str, str]] = {
    "python": ("python", "-c", "-W -X"), "pypy": ("python", "-c", "-W -X"), "ipython": ("python", "-c", ""),
    "perl": ("perl", "-e -E", "-I -M"), "ruby": ("ruby", "-e", "-r -I"), "jruby": ("ruby", "-e", "-r -I"),
    "node": ("node", "-e -p --eval --print", "-r --require"), "nodejs": ("node", "-e -p --eval --print", "-r"),
    "deno": ("node", "eval -e --eval", ""), "bun": ("node", "-e --eval", ""), "tsx": ("node", "-e", ""), "php": ("php",
    "-r -B -R -E", "-d"),
    "lua": ("lua", "-e", "-l"), "luajit": ("lua", "-e", "-l"), "Rscript": ("r", "-e", ""), "julia": ("julia", "-e -E",
        ""),
    "groovy": ("groovy", "-e", ""), "scala": ("scala", "-e", ""), "elixir": ("elixir", "-e", ""), "erl": ("elixir",
        "-eval", ""),
    "osascript": ("apple", "-e", "-l"), "tclsh": ("tcl", "-c", ""), "gnuplot": ("gnuplot", "-e", ""),
        "expect": ("tcl", "-c", ""), "guile": ("lisp", "-c",
        ""),
    "sbcl": ("lisp", "--eval", ""), "emacs": ("lisp", "--eval", ""), "emacsclient": ("lisp", "--eval -e", ""),
        "ghc": ("haskell", "-e", ""),
    "gawk": ("awk", "", ""), "octave": ("octave", "--eval", ""), "swift": ("swift", "-e", ""), "raku": ("perl", "-e",
        ""), "racket": ("lisp", "-e", ""),
}  # fmt: skip
"""Program -> language, options with code, other options with a value."""

DELETES = late(
    r"rmtree|removedirs|\bos\.(?:remove|unlink|rmdir|truncate)|\.unlink\(|\.rmdir\(|\bunlink\b|\brmdir\b|rm_?rf|"
    r"rm_r\b|remove_tree|\bfile delete\b|Deno\.remove|"
    r"rmSync|rmdirSync|unlinkSync|fs\.(?:promises\.)?(?:rm|unlink|truncate)|\brimraf|File\.delete|Dir\.(?:delete|"
    r"rmdir|unlink)|FileUtils\.(?:rm|remove)"
    r"|Remove-Item|os\.remove|\brm\(|delete_file|delete-(?:file|directory)|removeItem|deleteDir|\bempty trash|(?:^|"
    r"[^\w.])delete (?:file|folder|every)|\.(?:drop|flushall)\(",
    re.IGNORECASE,
)
WRITES = late(
    r"open\s*\([^()]*,\s*(?:mode\s*=\s*)?['\"][rb]*[wax+]|write_text|write_bytes|writeFileSync?|appendFile|"
    r"File\.(?:write|open\([^)]*['\"][wa])|file_put_contents|truncate"
    r"|shutil\.(?:move|copy)|os\.(?:rename|replace|chmod|chown|symlink)|\brename\b|renameSync|copyFileSync|chmod|"
    r"chown|IO\.write|open\s*\(?[^,]*,\s*['\"]?[+]?>|spit\b"
)
RUNS = late(
    r"os\.(?:system|popen|exec\w*|spawn\w*|posix_spawn)|"
    r"subprocess(?:\.\w+\s*\(| as\b)|from subprocess|pty\.spawn|commands\.getoutput|child_process|"
    r"execSync|spawnSync|\bsystem\b|\bexec\b|shell_exec|passthru|proc_open|popen|"
    r"\bqx\b|`[^`]+`|%x|Open3|os\.execute|io\.popen|do shell script|Runtime\.|\.execute\(\)|\bspawn\b|shell-command|"
    r"call-process|Bun\.\$|Deno\.(?:Command|run)|os:cmd|System\.cmd|\brun\(`"
)
HIDES = late(
    r"__import__|getattr\s*\(|\beval\b|\bexec\s*\(|compile\s*\(|marshal|pickle\.loads|importlib|globals\s*\(|"
    r"__builtins__|\bsend\s*\(?:|Function\s*\("
)
"""What makes text into code."""

DECODES = late(
    r"b64decode|fromhex|codecs|\bchr\s*\(|zlib|unhexlify|fromCharCode|atob|Buffer\.from|pack\s*\(|unpack|"
    r"base64_decode|str_rot13|gzinflate|\[::-1\]|\breverse\b\s*\(?\s*(?:join|['\"])|['\"]\s*[+.]\s*['\"]"
)
"""What makes text out of something else; harmless where the text is only shown."""

FETCHES = late(
    r"urlopen|urlretrieve|requests\.|httpx|http\.client|urllib|LWP|Net::HTTP|open-uri|URI\.open|"
    r"file_get_contents\s*\(\s*['\"]http|fetch\s*\(|https?\.(?:get|request)|HTTP::Tiny|axios|download",
    re.IGNORECASE,
)
SOCKETS = late(r"socket|TCPSocket|fsockopen|net\.connect|createConnection|\.connect\(")
LEAKS = late(r"\.ssh|id_rsa|os\.environ|process\.env|%ENV|/etc/shadow|\.aws|credential|getenv|\.netrc", re.IGNORECASE)
BOMB = late(
    r"\[\s*os\.fork\(\)\s*for|"
    r"(?:while|for|until|loop|1\s*while)\b.{0,30}\bfork\b|\bfork\b.{0,20}while|os\.fork\(\).*os\.fork\(\)|fork while|"
    r"kill\s*\(?\s*-1|os\.kill\(\s*-1|kill\s+['\"]?\w+['\"]?\s*,\s*-1",
    re.DOTALL,
)
PLACES = late(
    r"['\"][>+\s]*(?:/(?:etc|usr|boot|bin|dev|var|lib|root|home|sys|opt)\b[^'\"]*|/|~[^'\"]*)['\"]|expanduser|homedir|HOME"
)
STRING = late(
    r"'''(.*?)'''|\"\"\"(.*?)\"\"\"|'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|(?:qx|q|qq|%x)[{(/|]([^})/|"
    r"]*)[})/|]",
    re.DOTALL,
)


ESCAPED = late(r"\\x[\da-fA-F]{2}|\\u00[\da-fA-F]{2}|\\[0-7]{3}")
NAMED_RUN = late(r"['\"](?:unlink|rmdir|system|exec|shell_exec)['\"]")
"""Functions that PHP calls by a text with their name."""

OPENED = late(r"open\s*\([^()]*,\s*(?:mode\s*=\s*)?['\"][rb]*[wax+]|>\s*/")
PLAIN_LOOKUP = late(r".*json\.dumps.*|[^;]*getattr\(\w+, *''(?:, *\w+)?\)[^;]*")
"""Code with a look-up by name that runs nothing."""


@dataclass(frozen=True, slots=True)
class _Code:
    """One piece of code: as given, without what only hides its strings, and without its strings."""

    text: str
    plain: str
    bones: str
    language: str
    at: str


def code(text: str, language: str, at: str, look: Look) -> None:
    """One piece of ``language``; strings it may run are looked at as commands."""
    if language == "awk":
        awk(text, at, look)
    elif text and not text.strip(UNKNOWN + " ;"):
        look.unclear(at, "The code is only known when it runs.")
    else:
        piece = _prepared(text, language, at)
        for rule in CODE_RULES:
            rule(piece, look)


def _prepared(text: str, language: str, at: str) -> _Code:
    plain = re.sub(r"(['\"])\s*[+.]\s*\1", "", text)
    plain = re.sub(r"(['\"]) *(?=\1)", r"\1", plain) if language == "python" else plain
    plain = ansi(plain) if ESCAPED.search(plain) else plain
    if language in ("python", "node", "r"):
        plain = re.sub(r"(?m)(?:^|\s)(?:#|//)\s.*$", "", plain)
    bones = plain if language == "apple" else STRING.sub("''", plain)
    if language == "perl":
        bones = re.sub(r"\b(?:m|s|tr|y)/(?:[^/\\]|\\.)*/(?:(?:[^/\\]|\\.)*/)?\w*", "", bones)
    return _Code(text, plain, bones, language, at)


def _bare_commands(piece: _Code, look: Look) -> None:
    """Commands that Tcl and Julia write without a string."""
    found = list[str]()
    if piece.language == "tcl":
        found = re.findall(r"\b(?:spawn|exec|system)\s+([^\n;]+)", piece.plain)
    elif piece.language == "julia" and "run(" in piece.plain:
        found = re.findall(r"`([^`]+)`", piece.plain)
    for each in found:
        look.text(each, "bash", piece.at)


def _forks(piece: _Code, look: Look) -> None:
    if BOMB.search(piece.plain):
        look.danger("fork-bomb", "It starts itself again and again, or ends every process.", piece.at)


def _deletes(piece: _Code, look: Look) -> None:
    if DELETES.search(piece.bones) or (piece.language == "php" and NAMED_RUN.search(piece.plain)):
        look.danger("deletes-files", "The code deletes files.", piece.at)


def _starts(piece: _Code, look: Look) -> None:
    """Other programs that the code starts."""
    ticks = piece.language in ("perl", "ruby", "php", "groovy") and re.search(r"`[^`]+`|%x|qx", piece.plain)
    if RUNS.search(piece.bones) or ticks:
        _runs(piece.plain, piece.at, look)
        if piece.language == "python" and piece.plain != piece.text:
            _runs(piece.text, piece.at, look)


def _connects(piece: _Code, look: Look) -> None:
    """What comes from the network and runs, a shell handed over, and secrets sent away."""
    plain, bones = piece.plain, piece.bones
    fetches, sockets = FETCHES.search(bones) or re.search(r"['\"]https?://", plain), SOCKETS.search(plain)
    if fetches and (
        re.search(r"\bexec\b|\beval\b|system|subprocess|popen|compile|Function", bones) or RUNS.search(bones)
    ):
        look.danger("remote-code", "It runs code that comes from the network.", piece.at)
    if sockets and (re.search(r"dup2|pty|subprocess|system|exec|/bin/|sh\b|`#\{|stdin|STDIN|popen|spawn", plain)):
        look.danger("reverse-shell", "It hands a shell on this machine to another one.", piece.at)
    if (fetches or sockets) and LEAKS.search(plain):
        look.danger("leaks-secret", "It may send keys or passwords to another machine.", piece.at)


def _hides(piece: _Code, look: Look) -> None:
    if HIDES.search(piece.bones) and not PLAIN_LOOKUP.fullmatch(piece.bones):
        level = DANGER if DECODES.search(piece.text) else CAUTION
        look.note(level, "hidden-code", "The code builds what it does out of pieces.", piece.at)
    elif DECODES.search(piece.bones) and RUNS.search(piece.bones):
        look.danger("hidden-code", "It runs text that was hidden or taken apart.", piece.at)


def _writes(piece: _Code, look: Look) -> None:
    if WRITES.search(piece.bones) or OPENED.search(piece.plain):
        level = DANGER if PLACES.search(piece.plain) else CAUTION
        look.note(level, "writes-files", "The code writes or renames files.", piece.at)


def _controls(piece: _Code, look: Look) -> None:
    """AppleScript that controls the machine."""
    if piece.language != "apple":
        return
    if re.search(r"(?i)\b(?:shut ?down|restart|log ?out)\b", piece.plain):
        look.danger("power", "It stops or restarts the machine.", piece.at)
    elif re.search(r"\bsleep\b|do shell script|keystroke|password", piece.plain):
        look.caution("system-control", "It controls the machine.", piece.at)
        _runs(piece.plain, piece.at, look)


CODE_RULES: tuple[Callable[[_Code, Look], None], ...] = (
    _bare_commands,
    _forks,
    _deletes,
    _starts,
    _connects,
    _hides,
    _writes,
    _controls,
)
"""What is asked of every piece of code, in the order in which the reasons are given."""


def _runs(text: str, at: str, look: Look) -> None:
    """The strings of a text that starts other programs, each alone and all together, as shell."""
    pieces = _strings(text)
    if not pieces or COMPUTED.search(STRING.sub("''", text)) or any(map(VARIABLE.fullmatch, pieces)):
        look.unclear(at, "The code starts another program that is only known when it runs.")
    plain = [re.sub(r"\\(.)", r"\1", each) for each in pieces[:8]]
    for shell in ("cmd", "bash") if look.shell in ("cmd", "powershell") else ("bash",):
        for each in plain:
            look.text(each, shell, at)
    if len(pieces) > 1:
        _run_together(pieces, at, look)


def _strings(text: str) -> list[str]:
    """What stands between the quotes of ``text``."""
    return [next((part for part in found.groups() if part is not None), "") for found in STRING.finditer(text)]


def _run_together(pieces: list[str], at: str, look: Look) -> None:
    """Strings that may be one command: all of them, and from the name of a program on."""
    look.text(" ".join(pieces[:12]), "bash", at)
    if command := list(itertools.dropwhile(lambda each: each not in NAMED_PROGRAMS, pieces)):
        look.text(" ".join(command), "bash", at)


COMPUTED = late(r"(?:system|execute?|popen)\s*\(?\s*(?:[\w.:]+\s*[),(]|\$|sys\.argv|[\"']\s*\+)")
"""A program that is started by a variable, or by a text that is put together."""

VARIABLE = late(r"\s*[#$]\{?\w+\}?\s*")
NAMED_PROGRAMS = frozenset("rm /bin/rm dd sh bash shred curl".split())
"""Programs that are started by their name and a list of arguments."""


def awk(text: str, at: str, look: Look) -> None:
    """An awk program: ``system``, pipes to and from commands, files it writes."""
    strings = re.compile(r'"((?:[^"\\]|\\.)*)"')
    bones = re.sub(r"/(?:[^/\\\n]|\\.)+/", "//", strings.sub('""', text))
    if re.search(r"\bsystem\s*\(|\|&?\s*getline|\|&?\s*\"\"|\|&?\s*\w+\s*(?:[;}]|$)|@load|@include", bones):
        pieces = [ansi(each) for each in strings.findall(text)]
        for each in pieces:
            look.text(each, "bash", at)
        look.text("".join(pieces), "bash", at)
        if re.search(
            r"system\s*\(\s*(?:\$|\w+\s*\))|\$\w+\s*\|\s*(?:getline|\"\")|\bsystem\s*\(\s*\"\"\s*\$", bones
        ) or any(re.match(r"\s*(?:rm|mv|sh|bash|kill)\b", each) for each in pieces):
            look.caution("computed-command", "It runs commands made of what it reads.", at)
    if re.search(r"/inet", text):
        look.danger("network-channel", "It opens a network connection.", at)
    if re.search(r"print[^;}|]*>>?\s*(?:\"\"|\$\w+|\w+)", bones) and not re.search(
        r">\s*\"/dev/(?:stderr|stdout|null)\"", text
    ):
        look.caution("overwrites", "It writes to files.", at)
