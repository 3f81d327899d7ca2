"""Judges what talks to other machines: what leaves, what comes in and runs, who gets a way in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from dictation.shell.guard.argv import Options, read
from dictation.shell.guard.bash.shell_writes import target
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look, Output, Word
from dictation.shell.guard.risky_places import kind, secret, tidy
from dictation.shell.guard.rule_table import table
from dictation.shell.guard.rules.rules_subscripts import starts_a_program
from dictation.spelled.lazy_regex import late

CURL = (
    "-o -O? -d -F -T -H -X -u -A -e -b -c -K -w -x -m -r -C? -E -z -t -y -Y -P -Q --data --data-binary --data-raw "
    "--data-urlencode --data-ascii --json --form"
    " --form-string --upload-file --header --request --user --user-agent --referer --cookie --cookie-jar --config "
    "--write-out --proxy --max-time --range --output"
    " --url --retry --retry-delay --connect-timeout --cacert --cert --key --resolve --limit-rate --output-dir "
    "--interface --dns-servers --unix-socket"
)
SECRET_NAME = late(r"\$\{?\w*(?:SECRET|TOKEN|PASSW|API_?KEY|PRIVATE|CREDENTIAL|ACCESS_KEY)\w*")
LOCAL = late(r"^(?:https?://)?(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal)(?:[:/]|$)")
HARMLESS = late(
    r"\$\((?:date|git (?:rev-parse|describe|branch|log|tag)|uname|nproc|arch|jq -n|jq -nc|seq|uuidgen|lsb_release|"
    r"dpkg --print-architecture|go env|python3? --version)\b[^()]*\)"
)
SENDS = "It sends keys, passwords or settings to another machine."


def _sent(texts: list[str], call: Call, look: Look) -> None:
    """Values of options that upload: text, or a file after ``@`` or ``<``."""
    for text in texts:
        path = re.search(r"(?:^|=)[@<](.+)", text)
        if path and path[1] in ("-", "/dev/stdin"):
            _fed(call, look)
        elif path and secret(path[1].split(";")[0]):
            look.danger("leaks-secret", SENDS, call.at)
        elif path and (kind(path[1]) in ("system", "outside", "inside", "home", "above", "root") or UNKNOWN in path[1]):
            look.caution("sends-file", "It sends a file to another machine.", call.at)


def _fed(call: Call, look: Look) -> None:
    feed = call.feed
    if feed and feed.marks & {"secret", "environment"}:
        look.danger("leaks-secret", SENDS, call.at)
    elif feed and feed.text is None:
        look.caution("sends-file", "It sends what comes down the pipe to another machine.", call.at)


def _address(call: Call, words: tuple[Word, ...], look: Look) -> None:
    """Secrets put into an address or the data."""
    for word in words:
        if word.marks & {"secret", "environment"}:
            look.danger("leaks-secret", SENDS, call.at)
        elif "substitution" in word.marks and UNKNOWN in word.text and not HARMLESS.search(call.at):
            look.caution("sends-output", "It sends the output of a command to another machine.", call.at)
    plain = re.sub(r"(?:-H|--header|-u|--user|--oauth2-bearer)[= ]?(?:\"[^\"]*\"|'[^']*'|\S+)", "", call.at)
    odd = re.search(
        r"(?:-H|--header)[= ]?[\"'](?!(?i:[\w-]*(?:auth|token|key|secret|cookie|pass)))[\w-]+:[^\"']*"
        + SECRET_NAME.pattern,
        call.at,
    )
    if SECRET_NAME.search(plain) or odd:
        look.danger("leaks-secret", SENDS, call.at)


def curl(call: Call, look: Look) -> None:
    """curl."""
    options = read(call.args, CURL)
    data = options.value("-d", "--data", "--data-binary", "--data-urlencode", "--data-ascii", "--json", "-F", "--form")
    _sent(data, call, look)
    for path in options.value("-T", "--upload-file"):
        _sent([f"@{path}"], call, look)
        look.caution("sends-file", "It sends a file to another machine.", call.at)
    _headers({*options.value("-H", "--header", "-u", "--user", "-b", "--cookie")}, call, look)
    _method(call, options, look)
    for path in options.value("-o", "--output"):
        saved(path, call, look)
    if options.has("-O", "--remote-name", "--remote-name-all") or "-O" in call.args:
        for each in options.rest:
            saved(urlsplit(each).path.rpartition("/")[2] if "://" in each else each.rpartition("/")[2], call, look)


def _headers(headers: set[str], call: Call, look: Look) -> None:
    """What goes out in headers, where a key may be right, and in the address, where it never is."""
    _address(call, tuple(word for word in call.words if word.text not in headers), look)
    if any(word.text in headers and "secret" in word.marks for word in call.words):
        plain = re.search(r"(?i)authori[sz]ation|token|api-?key|-u\b|--user", call.at)
        look.note(CAUTION if plain else DANGER, "leaks-secret", "It sends a secret in a header.", call.at)


def _method(call: Call, options: Options, look: Look) -> None:
    """What the server is asked to do."""
    method = "".join(options.value("-X", "--request")).upper()
    if method == "DELETE" or any("_delete_by_query" in each for each in options.rest):
        look.danger("changes-remote", "It deletes something on a server.", call.at)
    elif method in ("PUT", "PATCH") and not any(map(LOCAL.match, options.rest)):
        look.caution("changes-remote", "It changes or deletes something on a server.", call.at)
    if options.has("-K", "--config") and "-" not in options.value("-K", "--config"):
        look.caution("not-understood", "Its options stand in a file.", call.at)
    if method not in ("", "GET") and "docker.sock" in call.at:
        look.danger("privilege", "It commands the container service, which runs as root.", call.at)


def saved(path: str, call: Call, look: Look) -> None:
    """A file that comes from the network."""
    if path and path not in ("-", "/dev/stdout", "/dev/null"):
        target(path, False, call.at, look)
        look.scope.written[tidy(path)] = Output(None, frozenset({"network"}))


def wget(call: Call, look: Look) -> None:
    """wget."""
    options = read(
        call.args,
        "-O -o -a -e -i -P -U -t -T -w -Q --output-document --post-file --post-data --body-file --body-data --header "
        "--use-askpass --method",
    )
    _sent([f"@{path}" for path in options.value("--post-file", "--body-file")], call, look)
    if options.has("--post-file", "--body-file"):
        look.caution("sends-file", "It sends a file to another machine.", call.at)
    _address(call, call.words, look)
    for text in options.value("--use-askpass"):
        look.text(text, "bash", call.at)
    for text in options.value("-e", "--execute"):
        look.caution("not-understood", "It sets options of wget in a hidden way.", f"-e {text}")
    paths = options.value("-O", "--output-document")
    for path in paths:
        saved(path, call, look)
    if not paths:
        for each in options.rest:
            saved((options.value("-P") or [""])[0] + urlsplit(each).path.rpartition("/")[2], call, look)


def netcat(call: Call, look: Look) -> None:
    """nc, ncat: a raw connection."""
    options = read(call.args, "-p -s -w -i -q -x -X -e -c --exec --sh-exec --lua-exec -o -g")
    if options.has("-e", "-c", "--exec", "--sh-exec", "--lua-exec") and not options.has("-z"):
        look.danger("reverse-shell", "It hands a shell on this machine to another one.", call.at)
    elif options.has("-z") or options.has("-h"):
        return
    _fed(call, look)
    if options.has("-l", "--listen"):
        look.caution("listens", "It lets other machines connect to this one.", call.at)


def socat(call: Call, look: Look) -> None:
    """socat."""
    if re.search(r"(?i)\b(?:exec|system|shell|pty)\b", " ".join(call.args)):
        look.danger("reverse-shell", "It joins a program on this machine to a connection.", call.at)
    else:
        look.caution("tunnel", "It joins two connections.", call.at)
        if any(secret(part) for each in call.args for part in re.split(r"[:,]", each)):
            look.danger("leaks-secret", SENDS, call.at)
    _fed(call, look)


def secure_copy(call: Call, look: Look) -> None:
    """scp, sftp, ftp: what goes away."""
    options = read(call.args, "-P -i -o -S -F -l -c -J -b -D -r?")
    _other_programs(call, options, look)
    words = options.rest
    if words and re.match(r"[^/]*:|scp://|sftp://", words[-1]):
        _sent_away(words, call, look)
    elif len(words) > 1:
        target(words[-1], True, call.at, look)
        saved(re.split(r"[/:]", words[0])[-1] if words[-1] in (".", "./") else words[-1], call, look)
    if call.feed and call.feed.text and any(map(secret, call.feed.text.split())):
        look.danger("leaks-secret", SENDS, call.at)
    _fed(call, look)


def _other_programs(call: Call, options: Options, look: Look) -> None:
    """The programs that scp is told to connect with."""
    for text in options.value("-S", "-D"):
        look.text(text, "bash", call.at)
        if starts_a_program(text) or not re.fullmatch(r"ssh(?: .*)?", text):
            look.caution("runs-command", "One of its options runs another program.", call.at)
    for each in options.value("-o"):
        if re.match(r"(?i)(?:proxy|local)command[= ]", each):
            look.text(re.split(r"[= ]", each, maxsplit=1)[1], "bash", call.at)


def _sent_away(words: list[str], call: Call, look: Look) -> None:
    """All but the last of ``words`` are sent to the machine that the last one names."""
    if any(map(secret, words[:-1])):
        look.danger("leaks-secret", SENDS, call.at)
    elif any(kind(each) in ("home", "root", "system", "inside", "above") for each in words[:-1]):
        look.caution("sends-file", "It sends files of the home folder or the system away.", call.at)
    if re.match(r"[^/]*:/(?:etc|usr|s?bin|boot|lib\w*|root)/", words[-1]):
        look.danger("writes-system", "It writes to a place of the system.", call.at)


def lookup(call: Call, look: Look) -> None:
    """dig, nslookup, ping and so on: a name can carry data away."""
    for word in call.words:
        if word.marks & {"substitution", "secret", "environment"}:
            look.danger("leaks-secret", CARRIES, call.at)
        elif _unknown_name(word, call):
            look.caution("sends-output", "It may send data away inside the name that is looked up.", call.at)
    if SECRET_NAME.search(call.at):
        look.danger("leaks-secret", CARRIES, call.at)
    if call.name == "ping" and "-f" in call.args:
        look.caution("flood", "It floods the network.", call.at)


CARRIES = "It sends data away inside the name that is looked up."


def _unknown_name(word: Word, call: Call) -> bool:
    """Whether a name is made of something that is only known when it runs."""
    return (UNKNOWN in word.text and "xargs" in call.wrapped) or (UNKNOWN + "." in word.text and bool(word.marks))


def door(call: Call, look: Look) -> None:
    """Tunnels, key copies, file senders."""
    _fed(call, look)
    if any(secret(each) for each in call.args):
        look.danger("leaks-secret", SENDS, call.at)
    if call.args[:1] not in (["--help"], ["version"], ["--version"]):
        look.caution("tunnel", "It lets another machine in, or sends something out.", call.at)


def sender(call: Call, look: Look) -> None:
    """mail and HTTPie: sending by other names."""
    _fed(call, look)
    _sent([each for each in call.args if re.search(r"@[/~.]", each)], call, look)
    _address(call, call.words, look)
    if any(secret(each.lstrip("@<")) or secret(each.partition("@")[2]) for each in call.args):
        look.danger("leaks-secret", SENDS, call.at)
    if call.name in ("mail", "mailx", "mutt", "sendmail", "msmtp", "swaks"):
        look.caution("sends", "It sends a message, which cannot be taken back.", call.at)
    if {"DELETE", "PUT", "PATCH"} & set(call.args[:3]):
        look.caution("changes-remote", "It changes or deletes something on a server.", call.at)


def download(call: Call, look: Look) -> None:
    """aria2c, axel: files under their own names, or after ``-o``."""
    options = read(call.args, "-o --out -d --dir -x -s -n -i --output")
    for each in options.value("-o", "--out", "--output") or [
        urlsplit(each).path.rpartition("/")[2] for each in options.rest
    ]:
        saved(each, call, look)


def encrypted(call: Call, look: Look) -> None:
    """openssl: its client is a raw connection."""
    if call.args[:1] == ["s_client"]:
        _fed(call, look)


RULES = {
    "ztcp": table((r"", DANGER, "network-channel", "It opens a network connection from the shell.")),
    "zmodload": table((r"zsh/net", CAUTION, "network-channel", "The shell can open network connections then.")),
    "openssl": encrypted,
    "aria2c": download, "axel": download, "fetch": download, "curl": curl, "wget": wget, "socat": socat,
    **dict.fromkeys("nc ncat netcat nc.openbsd nc.traditional".split(), netcat),
    **dict.fromkeys("scp sftp ftp tftp".split(), secure_copy),
    **dict.fromkeys("dig nslookup host drill ping ping6 getent resolvectl traceroute".split(), lookup),
    **dict.fromkeys("ssh-copy-id ngrok cloudflared localtunnel lt bore frpc chisel wormhole croc pastebinit transfer "
    "ix tailscale teleconsole tmate upterm gotty ttyd".split(), door),
    **dict.fromkeys("mail mailx mutt sendmail msmtp swaks http https xh telnet ftpput tftp".split(), sender),
}  # fmt: skip
