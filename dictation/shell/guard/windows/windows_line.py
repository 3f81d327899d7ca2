"""One command of PowerShell or cmd with its parameters, and the places on Windows that matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dictation.shell.guard.inspection import Look
from dictation.spelled.lazy_regex import late

ALIASES = {
    "ri": "remove-item", "rm": "remove-item", "rmdir": "remove-item", "rd": "remove-item", "del": "remove-item",
        "erase": "remove-item", "iex": "invoke-expression",
    "iwr": "invoke-webrequest", "irm": "invoke-restmethod", "curl": "invoke-webrequest", "wget": "invoke-webrequest",
        "clc": "clear-content", "cli": "clear-item", "clp": "clear-itemproperty",
    "rp": "remove-itemproperty", "sp": "set-itemproperty", "sc": "set-content", "ac": "add-content", "mi": "move-item",
        "mv": "move-item", "move": "move-item", "ci": "copy-item", "cp": "copy-item",
    "cpi": "copy-item", "copy": "copy-item", "rni": "rename-item", "ren": "rename-item", "ni": "new-item",
        "md": "new-item", "mkdir": "new-item", "kill": "stop-process", "spps": "stop-process",
    "spsv": "stop-service", "sasv": "start-service", "saps": "start-process", "start": "start-process",
        "icm": "invoke-command", "ipmo": "import-module", "sal": "set-alias", "nal": "new-alias",
    "rdr": "remove-psdrive", "rv": "remove-variable", "rmo": "remove-module", "sv": "set-variable", "si": "set-item",
        "clhy": "clear-history", "clv": "clear-variable", "swmi": "set-wmiinstance",
    "rwmi": "remove-wmiobject", "iwmi": "invoke-wmimethod", "etsn": "enter-pssession", "nsn": "new-pssession",
        "gci": "get-childitem", "ls": "get-childitem", "dir": "get-childitem",
    "gc": "get-content", "cat": "get-content", "type": "get-content", "echo": "write-output", "write": "write-output",
        "sls": "select-string", "where": "where-object", "?": "where-object",
    "%": "foreach-object", "foreach": "foreach-object", "gps": "get-process", "ps": "get-process",
        "out-file": "out-file", "tee": "tee-object", "ii": "invoke-item", "inmo": "import-module",
}  # fmt: skip
DRIVE = late(
    r"(?i)^(?:[a-z]:[\\/]?\**(?:\.\*)?|[\\/]\**|~[\\/]?\**|\$(?:home|env:userprofile|env:systemdrive|env:systemroot|"
    r"env:windir|env:appdata)[\\/]?\**|%(?:userprofile|systemdrive|systemroot|windir|appdata)%[\\/]?\**|"
    r"[a-z]:[\\/](?:windows|users|program files|programdata)\b.*|\.\.(?:[\\/].*)?|"
    r"c:[\\/]users[\\/][^\\/]+[\\/]?\**)$"
)
VITAL = (
    r"\b(?:wuauserv|windefend|mpssvc|lanmanworkstation|lanmanserver|dnscache|dhcp|nlasvc|"
    r"eventlog|rpcss|winmgmt|sshd|termservice|wscsvc|netprofm|mssqlserver|w3svc|docker|postgresql\S*|mysql\S*|bits|vss)\b"
)
"""Services that others rely on."""


@dataclass(frozen=True, slots=True)
class WindowsCommand:
    """One command: its name in lower case without alias, its arguments, its text, and what is piped into it."""

    name: str
    args: list[str]
    at: str
    before: str = ""

    def has(self, *names: str) -> bool:
        """Whether a parameter is given, in any unambiguous shortening, and not set to false."""
        for each in self.args:
            flag, _, value = each.lower().partition(":")
            if (
                flag.startswith("-")
                and value not in ("$false", "0")
                and any(len(flag) > 1 and name.startswith(flag[1:]) for name in names)
            ):
                return True
        return False

    @property
    def rest(self) -> list[str]:
        """What is no parameter."""
        return [each.strip("\"'") for each in self.args if each[:1] != "-"]

    @property
    def whole(self) -> str:
        """The arguments in one text."""
        return " ".join(self.args)


def wide(places: list[str]) -> bool:
    """Whether one of the places is a drive, a home folder, the system, or lies above."""
    return any(DRIVE.match(part.strip()) for each in places for part in each.split(","))


def write(path: str, appends: bool, at: str, look: Look) -> None:
    """Output sent to a file."""
    if re.match(r"(?i)^(?:\$null|nul|&\d|\$env:temp|%temp%|con)", path):
        return
    if re.search(
        r"(?i)\$profile|profile\.ps1|startup|\\windows\\|/windows/|system32|drivers\\etc|\.ssh|\\\\\.\\|autoexec|"
        r"hklm:|win\.ini|\.git[\\/]hooks|%windir%|%systemroot%",
        path,
    ):
        look.danger("persistence", "It changes what starts by itself or a file of the system.", at)
    elif re.match(r"(?i)^[a-z]:\\?$", path):
        look.danger("writes-device", "It writes over a drive.", at)
    elif not appends and re.search(r"(?i)\.(?:db|sqlite|vhdx?|env)$", path):
        look.caution("overwrites", "It writes over a file.", at)


def base(path: str) -> str:
    """The name of a file without folder and ending, in lower case."""
    return re.sub(r"\.\w+$", "", path.strip("\"'").replace("\\", "/").rpartition("/")[2].lower())


def fetch(line: WindowsCommand, look: Look) -> None:
    """Invoke-WebRequest, Invoke-RestMethod, and curl.exe's like."""
    if re.search(
        r"(?i)-infile|-upload|get-content|\bgc\b|cat |\$env:\w*(?:key|token|secret|pass)|get-childitem env:|id_rsa|"
        r"\.ssh|\.aws|credential|-d\s+@|-T\s|ls env:|gci env:",
        f"{line.at} {line.before}",
    ) and re.search(r"(?i)-body|-infile|-d\b|-T\b|-F\b|post|put|\$\(", line.at):
        look.danger("leaks-secret", "It sends files or secrets to another machine.", line.at)
    elif re.search(r"(?i)https?://[^\s'\"]*\$\{?env:\w*(?:key|token|secret|pass)", line.at):
        look.danger("leaks-secret", "It puts keys or passwords into an address.", line.at)
    elif re.search(r"(?i)-me\w*\s+(?:delete|put|patch)|-X\s*(?:DELETE|PUT|PATCH)", line.at):
        look.caution("changes-remote", "It changes or deletes something on a server.", line.at)
    if found := re.search(r"(?i)-(?:o|outfile|outf|outfi)\s+['\"]?(\S+?)['\"]?(?:\s|$|;)", line.at):
        write(found[1], False, line.at, look)
        look.scope.variables.setdefault("fetched", []).append(base(found[1]))
    if found := re.search(r"(?i)-o\S*\s+\S*\.(?:exe|msi|bat|cmd|ps1|vbs|js|hta|scr|dll)\b", line.at):
        look.scope.variables.setdefault("fetched", []).append(base(found[0].split()[-1]))
