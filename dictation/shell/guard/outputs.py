"""Works out what simple commands print, so that text built inside a line can be looked at before it runs."""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from dictation.shell.guard.argv import after_options, read
from dictation.shell.guard.bash.shell_signs import ansi
from dictation.shell.guard.inspection import NOTHING, UNKNOWN, Call, Look, Output, joined
from dictation.shell.guard.printed_text import echo, printf, string
from dictation.shell.guard.risky_places import secret, tidy

NETWORK = frozenset(
    "curl wget http https xh fetch aria2c lynx w3m links elinks nc ncat netcat socat telnet ssh scp sftp ftp tftp dig "
    "nslookup host"
    " rsync gsutil rclone drill ipfs magic-wormhole wormhole aws gh"
    " iwr curlie youtube-dl yt-dlp getent axel lftp smbclient "
    "openssl".split()
)
KEYS = frozenset("pass security secret-tool keyring op bw lpass vault gopass sops age".split())
FIXED = {"true", ":", "false", "sleep", "test", "["}


SEARCHES = ("find", "ls", "fd", "fdfind", "locate", "git", "tree", "du")
SOURCES: dict[str, frozenset[str]] = {
    "yes": frozenset({"endless"}),
    **dict.fromkeys("history fc xclip xsel pbpaste wl-paste screencapture scrot grim".split(), frozenset({"secret"})),
    **dict.fromkeys(KEYS, frozenset({"secret"})),
    **dict.fromkeys("env printenv set declare typeset export compgen".split(), frozenset({"environment", "local"})),
    **dict.fromkeys(NETWORK, frozenset({"network"})),
}
"""Where the output of a program comes from."""


def of(call: Call, look: Look) -> Output:
    """What ``call`` prints: its text, or where it comes from."""
    feed = call.feed or NOTHING
    name, marks = call.name, frozenset(mark for each in call.words for mark in each.marks if mark != "substitution")
    if known := _KNOWN.get(name):
        found = known(call, feed, look)
        return Output(found.text, found.marks | marks | _secrets_read(call))
    if name in ("which", "command", "type") and call.words and UNKNOWN not in call.args[-1]:
        return Output(f"/usr/bin/{call.args[-1]}\n")
    if name in FIXED:
        return NOTHING
    return Output(None, marks | (SOURCES.get(name) or _unlocked(call) or _passed_on(call, feed)))


def _secrets_read(call: Call) -> frozenset[str]:
    """The mark of programs that read a file with keys; others only print its name."""
    reads = call.name not in ("echo", "print", "printf", "tr") and any(map(secret, call.args))
    return frozenset({"secret"} if reads else ())


def _unlocked(call: Call) -> frozenset[str]:
    """What programs give out that keep keys or open what is encrypted; nothing where they do not."""
    if call.name == "gpg" and {"-d", "--decrypt"} & set(call.args):
        return frozenset({"secret", "decoded"})
    if call.name == "gpg" and any(each.startswith("--export-secret") for each in call.args):
        return frozenset({"secret"})
    return frozenset({"secret"}) if secret_query(call) else frozenset()


def _passed_on(call: Call, feed: Output) -> frozenset[str]:
    """What a program prints that works on its input and on files."""
    marks = (feed.marks - {"endless"}) | {"local"}
    if any(map(secret, call.args)):
        marks |= {"secret"}
    if call.name in SEARCHES:
        marks |= {"paths"}
    if feed.text or call.name in ("awk", "gawk", "mawk", "nawk"):
        marks |= {"mangled"}
    return marks


def secret_query(call: Call) -> bool:
    """Programs that hand out a key when asked for it."""
    line = " ".join([call.name, *call.args[:4]])
    asks = (
        r"(?:aws configure get|aws secretsmanager get|aws ssm get|aws sts|kubectl get secrets?|gcloud auth print|"
        r"gcloud secrets versions"
        r"|az account get-access|gh auth token|docker secret|heroku config|git credential|defaults read|vercel env|"
        r"flyctl secrets)"
    )
    return bool(re.match(asks, line))


def _cat(call: Call, feed: Output, look: Look) -> Output:
    files = [each for each in call.args if not each.startswith("-") or each == "-"]
    if files in ([], ["-"]):
        return feed if call.feed is not None else Output(None)  # what is typed
    found = joined([_file(each, feed, look) for each in files])
    return Output(found.text, found.marks | {"file"})


def _file(path: str, feed: Output, look: Look) -> Output:
    """What stands in a file, as far as this line has written it."""
    if path in ("-", "/dev/stdin"):
        return feed
    if path == "/dev/null":
        return NOTHING
    found = look.scope.streams.get(path) or look.scope.written.get(tidy(path)) or Output(None)
    endless = {"endless"} if path in ("/dev/zero", "/dev/urandom", "/dev/random", "/dev/full") else set[str]()
    return Output(found.text, found.marks | endless | ({"secret"} if secret(path) else set()))


def _decoded(data: bytes | None, feed: Output) -> Output:
    text = None if data is None else data.decode(errors="replace")
    return Output(text, feed.marks | {"decoded"})


def _base(call: Call, feed: Output, look: Look) -> Output:
    options = read(call.args, "-w -b -i -o -in -out")
    if not options.has("-d", "-D", "--decode"):
        return Output(None, feed.marks | {"mangled"} | ({"secret"} if any(map(secret, options.rest)) else set()))
    text = feed.text
    files = options.rest + options.value("-i")
    if files and files[0] != "-":
        known = look.scope.streams.get(files[0]) or look.scope.written.get(tidy(files[0]))
        text = known.text if known else None
    if text is None:
        return _decoded(None, feed)
    try:
        raw = "".join(text.split())
        data = base64.b32decode(raw) if "32" in call.name else base64.b64decode(raw + "=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return _decoded(None, feed)
    return _decoded(data, feed)


def _xxd(call: Call, feed: Output, look: Look) -> Output:
    if not any(each.startswith("-") and "r" in each for each in call.args):
        return Output(None, feed.marks | {"mangled"})
    digits = "".join((feed.text or "").split())
    plain = re.fullmatch(r"(?:[0-9a-fA-F]{2})+", digits)
    return _decoded(bytes.fromhex(digits) if plain else None, feed)


def _unpacked(call: Call, feed: Output, look: Look) -> Output:
    if call.name == "gzip" and not any(each.startswith("-") and "d" in each for each in call.args):
        return Output(None, feed.marks | {"mangled"})
    data = None
    if feed.text is not None and "decoded" in feed.marks:
        try:
            data = zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(feed.text.encode("latin-1", "ignore"), 8000)
        except zlib.error:
            data = None
    return _decoded(data, feed)


def _rev(call: Call, feed: Output, look: Look) -> Output:
    text = None if feed.text is None else "\n".join(line[::-1] for line in feed.text.split("\n"))
    return Output(text, feed.marks | {"mangled"})


def _tac(call: Call, feed: Output, look: Look) -> Output:
    text = None if feed.text is None else "".join(reversed(feed.text.splitlines(keepends=True)))
    return Output(text, feed.marks | {"mangled"})


def _set_of(text: str) -> str:
    text = re.sub(
        r"\[:(\w+):\]",
        lambda found: {"upper": "A-Z", "lower": "a-z", "digit": "0-9", "space": " \n\t"}.get(found[1], ""),
        ansi(text),
    )
    return re.sub(
        r"(.)-(.)", lambda found: "".join(map(chr, range(ord(found[1]), min(ord(found[2]), 0x17F) + 1))), text
    )


def _tr(call: Call, feed: Output, look: Look) -> Output:
    options = read(call.args)
    if feed.text is None or not options.rest or UNKNOWN in "".join(options.rest) or options.has("-c", "-C"):
        return Output(None, feed.marks | {"mangled"})
    first = _set_of(options.rest[0])
    if options.has("-d"):
        return Output(feed.text.translate({ord(each): None for each in first}), feed.marks | {"mangled"})
    second = _set_of(options.rest[1]) if len(options.rest) > 1 else ""
    if not second:
        return Output(feed.text, feed.marks)
    second = second + second[-1] * max(0, len(first) - len(second))
    return Output(feed.text.translate(dict(zip(map(ord, first), second, strict=False))), feed.marks | {"mangled"})


def _sed(call: Call, feed: Output, look: Look) -> Output:
    options, text = read(call.args, "-e -f --expression"), feed.text
    given = options.value("-e", "--expression")
    scripts, files = (given, options.rest) if given else (options.rest[:1], options.rest[1:])
    if text is None or files or len(scripts) != 1:
        return Output(None, feed.marks | {"mangled" if feed.text else "local"})
    for part in scripts[0].split(";"):
        text = None if text is None else _swapped(part, text)
    return Output(text, feed.marks | {"mangled"})


def _swapped(command: str, text: str) -> str | None:
    """``s/old/new/`` of sed done to a text; ``None`` for every other command."""
    found = re.fullmatch(r"\s*s(.)(.*?)\1(.*?)\1([gi]*)\s*", command)
    try:
        return re.sub(found[2], lambda _: found[3], text, count=0 if "g" in found[4] else 1) if found else None
    except re.error:
        return None


def _same(call: Call, feed: Output, look: Look) -> Output:
    return feed


def _lines(call: Call, feed: Output, look: Look) -> Output:
    """head, tail, sort and the like: of one line they leave one line."""
    reads = [each for each in call.args[after_options(call.args, "-n -c -k -t") :] if secret(each)]
    if call.feed is None or feed.text is None or feed.text.count("\n") > 1 or "-c" in "".join(call.args[:1]):
        extra = {"secret"} if reads else set[str]()
        return Output(None, (feed.marks - {"endless"}) | extra | {"mangled" if feed.text else "local"})
    return feed


_KNOWN = {
    "echo": echo, "print": echo, "printf": printf, "cat": _cat, "bat": _cat, "base64": _base, "base32": _base,
        "gbase64": _base,
    "xxd": _xxd, "rev": _rev, "tac": _tac, "tr": _tr, "sed": _sed, "gsed": _sed, "tee": _same, "pv": _same,
        "head": _lines,
    "tail": _lines, "string_": string, "sort": _lines, "uniq": _lines, "gunzip": _unpacked,
        "zcat": _unpacked, "gzip": _unpacked,
        "zlib-flate": _unpacked,
    "uudecode": _unpacked, "bzcat": _unpacked, "xzcat": _unpacked, "bunzip2": _unpacked, "unxz": _unpacked,
        "zstdcat": _unpacked,
    "uconv": _unpacked, "iconv": _unpacked, "basenc": _unpacked, "rot13": _unpacked, "caesar": _unpacked,
}  # fmt: skip
