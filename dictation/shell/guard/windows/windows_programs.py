"""Knows the programs of Windows that both of its shells run; what developers' tools do is asked of the bash rules."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import Look, Word
from dictation.shell.guard.windows.windows_line import VITAL, WindowsCommand, base, fetch, wide

DISK = "It destroys what is on a disk or a volume."
TABLE: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "reg": ((r"(?i)^(?:delete|restore|unload)|^import", "danger", "registry", "It deletes or replaces parts of the "
        "registry."), (r"(?i)^add.*(?:\\run\b|runonce|winlogon|policies|defender|services|image file|"
        r"enablelua|command processor)|"
        r"^(?:add|copy|load).*(?:hklm|hkey_local)", "danger", "persistence", "It changes what starts by itself, or "
        "the machine's settings."), (r"(?i)^(?:add|copy|load|save|export .* /y)", "caution", "registry",
        "It changes settings in the registry.")),
    "shutdown": ((r"(?i)(?:^|\s)[/-][srphgl]\b|[/-]fw", "danger", "power", "It stops or restarts the machine."),),
    "format": ((r".", "danger", "formats", DISK),), "diskpart": ((r"", "danger", "formats", DISK),),
    "cipher": ((r"(?i)/w", "danger", "shreds", "It destroys deleted files beyond recovery."), (r"(?i)/e|/d", "caution",
        "locks-files", "It locks or unlocks files.")),
    "fsutil": ((r"(?i)delete|setzerodata|dirty set|seteof|createjournal|usn delete|dismount", "danger", "formats",
        DISK),), "chkdsk": ((r"(?i)/[fxr]\b", "caution", "formats", "It repairs a disk."),),
    "vssadmin": ((r"(?i)delete|resize", "danger", "backups", "It deletes the backups of the system."),),
        "wbadmin": ((r"(?i)delete|disable|ntds|start\s+(?:system)?recovery", "danger", "backups",
            "It deletes the backups of the system."),),
    "syncappvpublishingserver": ((r"(?i);|iex|invoke|http", "danger", "remote-code",
        "It runs code that comes from the network."),),
    "cmstp": ((r"(?i)/s|/ni|\.inf|http", "danger", "remote-code", "It runs code that comes from the network."),),
    "mpcmdrun": ((r"(?i)-downloadfile", "danger", "remote-code", "It fetches a file in an unusual way."),
        (r"(?i)-removedefinitions|-restore", "danger", "weakens", "It changes what protects or starts this machine.")),
    "winrm": ((r"(?i)^i(?:nvoke)?\b|^(?:set|create|delete|put)\b", "danger", "deletes",
        "It deletes, ends or starts something in an unusual way."),),
    "bcdedit": ((r"(?i)/set|/delete|/import|/create|-set", "danger", "weakens", "It changes how the machine starts."),
    ), "bootrec": ((r".", "danger", "weakens", "It changes how the machine starts."),), "bcdboot": ((r".", "danger",
    "weakens", "It changes how the machine starts."),),
    "wmic": ((r"(?i)delete|shadowcopy|call (?:create|terminate|uninstall|win32shutdown|reboot)|/node", "danger",
        "deletes", "It deletes, ends or starts something in an unusual way."),),
    "icacls": ((r"(?i)/grant|/remove|/reset|/setowner|/deny|/inheritance", "danger", "opens-files",
        "It changes who may do what with files."),), "cacls": ((r"(?i)/[gprte]", "danger", "opens-files",
            "It changes who may do what with files."),), "takeown": ((r".", "danger", "privilege",
            "It takes files over from their owner."),),
    "attrib": ((r"(?i)[-+][rsh]\b", "caution", "locks-files", "It hides, shows or unlocks files."),),
        "net": ((r"(?i)^(?:user|localgroup|accounts|group)\b.*(?:/add|/delete|\s\S+\s+\S+$|/active)|^share .*=|^user "
        r"\S+ \S+", "danger", "privilege", "It changes accounts or shares."), (rf"(?i)^stop\b.*{VITAL}",
        "danger", "stops-service",
        "It stops a service that others rely on."), (r"(?i)^(?:stop|pause|use .*/delete|"
        r"session .*/delete)", "caution", "stops-service", "It stops a service or a connection."), (r"(?i)^start \S",
        "caution", "stops-service", "It starts a service.")),
    "net1": ((r"(?i)/add|/delete|stop", "danger", "privilege", "It changes accounts or services."),),
        "sc": ((r"(?i)\b(?:delete|create|config|failure|sdset)\b", "danger", "persistence",
        "It changes which services run."), (rf"(?i)\bstop\b.*{VITAL}", "danger", "stops-service",
            "It stops a service that others rely on."), (r"(?i)\b(?:stop|start|pause)\b", "caution", "stops-service",
            "It starts or stops a service.")),
    "schtasks": ((r"(?i)/(?:create|change)", "danger", "persistence", "It plans what runs by itself."),
        (r"(?i)/delete|/end", "danger", "deletes", "It deletes or ends planned jobs."), (r"(?i)/run", "caution",
        "starts-process", "It starts a planned job.")), "at": ((r".", "danger", "persistence",
        "It plans what runs by itself."),),
    "netsh": ((r"(?i)advfirewall.*(?:off|reset|delete|add|set)|firewall (?:set|add|delete)|\breset\b|disable|"
        r"portproxy add|delete|wlan (?:disconnect|delete|set)|admin=", "danger", "firewall",
        "It may open this machine, or cut it off the network."), (r"(?i)\b(?:set|add)\b|key=clear", "caution",
            "network", "It changes the network or shows its keys.")),
    "route": ((r"(?i)delete|-f\b|/f\b", "danger", "network-down", "It may cut this machine off the network."),
        (r"(?i)add|change", "caution", "network", "It changes the network.")), "ipconfig": ((r"(?i)/release", "danger",
        "network-down", "It cuts this machine off the network."), (r"(?i)/renew", "caution", "network",
        "It changes the network.")),
    "taskkill": ((r"(?i)\*|/fi\b.*\b(?:gt|ne)\b|lsass|winlogon|csrss|svchost|explorer|wininit|services", "danger",
        "ends-process", "It ends what the system needs."), (r"(?i)/(?:f|im|pid|fi|t)\b", "caution", "ends-process",
        "What the process has not saved is lost.")), "tskill": ((r".", "caution", "ends-process",
            "What the process has not saved is lost."),), "pskill": ((r".", "caution", "ends-process",
                "What the process has not saved is lost."),),
    "wevtutil": ((r"(?i)^(?:cl|clear-log|sl)", "danger", "covers-tracks", "It erases the records of the system."),),
        "auditpol": ((r"(?i)/clear|/set|/remove", "danger", "covers-tracks", "It changes what is recorded."),),
        "robocopy": ((r"(?i)/l\b", "safe", "", ""), (r"(?i)/(?:mir|purge|mov|move)\b", "danger", "mirrors",
        "It deletes files at one of the two places.")),
    "xcopy": ((r"(?i)/y\b", "caution", "overwrites", "It replaces files without asking."),),
        "certutil": ((r"(?i)urlcache|-f\b.*http|verifyctl|http", "danger", "network-file",
            "It fetches a file with a tool made for something else."), (r"(?i)-decode|/decode", "caution",
                "hidden-code", "It decodes a file."), (r"(?i)-(?:addstore|delstore|importpfx)", "danger", "weakens",
                "It changes which certificates are trusted.")),
    "bitsadmin": ((r"(?i)/(?:transfer|addfile|setnotifycmdline|create|resume)", "danger", "network-file",
        "It fetches a file with a tool made for something else."),), "mshta": ((r".", "danger", "remote-code",
        "It runs code in a window of its own."),), "regsvr32": ((r".", "danger", "loads-code",
            "It loads a library into the system."),), "rundll32": ((r".", "danger", "loads-code",
                "It runs code of a library."),),
    **dict.fromkeys(("cscript", "wscript"), (
        (r"https?://|\\\\\w", "danger", "remote-code", "It runs a script from another machine."),
        (r".", "caution", "runs-file", "It runs a script."))),
    "msiexec": ((r"(?i)https?:", "danger", "remote-code", "It installs from the network."),
        (r"(?i)[/-][ixfaju]|/qn|/uninstall", "caution", "installs", "It installs or removes a program.")),
        "installutil": ((r".", "danger", "loads-code", "It runs code of a library."),),
    "runas": ((r".", "danger", "privilege", "It runs a program as another user."),), "psexec": ((r".", "danger",
        "privilege", "It runs a program on another machine or as the system."),),
        "forfiles": ((r"(?i)\b(?:del|rd|rmdir|erase|format)\b", "danger", "deletes-found",
            "It deletes every file it finds."), (r"(?i)/c", "caution", "runs-command",
                "It runs a command for every file.")),
    "assoc": ((r"=", "danger", "settings", "It changes which program opens files."),), "ftype": ((r"=", "danger",
        "settings", "It changes which program opens files."),), "setx": ((r"(?i)^(?:path|/m)\b|/m\b", "danger",
        "settings", "It changes variables for good."), (r".", "caution", "settings",
        "It changes variables for good.")), "subst": ((r"(?i)/d", "caution", "mounts", "It removes a drive letter."),),
            "label": ((r".", "caution", "mounts", "It renames a drive."),), "convert": ((r"(?i)/fs", "danger",
            "formats", DISK),),
    "compact": ((r"(?i)/c.*/s|/u.*/s", "caution", "changes", "It changes every file."),),
        "mountvol": ((r"(?i)/[drn]\b", "danger", "mounts", "It takes a drive away."),),
            "manage-bde": ((r"(?i)-(?:off|lock|forcerecovery|protectors.*-(?:delete|disable))", "danger", "weakens",
                "It changes the encryption of a disk."),), "dism": ((r"(?i)/(?:apply|disable|remove|cleanup|add|"
                r"enable)", "caution", "installs", "It changes parts of the system."),), "sfc": ((r"(?i)/scannow",
                "caution", "changes", "It repairs the system."),), "pnputil": ((r"(?i)/delete|/disable|/remove",
                "danger", "kernel", "It removes drivers."), (r"(?i)/add|/install", "caution", "kernel",
                "It installs drivers.")),
    "sdelete": ((r".", "danger", "shreds", "It destroys files beyond recovery."),),
        "winget": ((r"(?i)^(?:uninstall|remove|rm)", "caution", "removes-package", "It removes a program."),
            (r"(?i)^(?:install|upgrade|import)", "caution", "installs", "It installs programs.")),
            "choco": ((r"(?i)^(?:uninstall|install|upgrade)", "caution", "installs", "It changes programs."),),
                "scoop": ((r"(?i)^(?:uninstall|reset|cache rm)", "caution", "removes-package", "It removes programs."),
                ), "logoff": ((r"", "danger", "power", "It ends the session."),),
                "secedit": ((r"(?i)/configure|/import", "danger", "weakens", "It changes what is allowed on this "
                    "machine."),), "gpupdate": ((r"(?i)/force", "caution", "settings",
                    "It renews the rules of this machine."),), "reagentc": ((r"(?i)/disable", "danger", "weakens",
                        "It turns the recovery off."),), "wsl": ((r"(?i)--unregister", "danger", "deletes",
                        "It deletes a whole Linux system."), (r"(?i)--shutdown|--terminate", "caution", "power",
                        "It stops Linux systems.")), "cmdkey": ((r"(?i)/(?:add|delete)", "caution", "privilege",
                        "It changes stored passwords."),), "ftp": ((r"(?i)-s:", "caution", "network-file",
                        "It runs the transfers of a file."),), "print": ((r"(?i)/d:", "caution", "overwrites",
                        "It sends a file to a device."),), "replace": ((r".", "caution", "overwrites",
                        "It replaces files."),), "esentutl": ((r"(?i)/[pydk]", "danger", "leaks-secret",
                        "It copies or repairs files in use."),), "reset": ((r".", "caution", "power",
                        "It ends a session."),),
}  # fmt: skip
QUICK = frozenset("del erase rd rmdir move ren rename copy".split())
OWN = QUICK | set(
    "echo exit cls type find sort set if for date time more start title color tree where print label mkdir md dir help "
    "kill ps ls cp mv rm cat tee history clear man open path ver vol".split()
)
"""Names that mean something else on Windows than elsewhere."""


def judge(line: WindowsCommand, look: Look) -> None:
    """Note what a program would do."""
    name = re.sub(r"\.(?:exe|com|cmd|bat|ps1|vbs)$", "", line.name)
    if {"/?", "-?", "--help", "--version"} & set(line.args[:2]):
        return
    if {name, base(line.name)} & set(look.scope.variables.get("fetched", [])):
        look.danger("remote-code", "It runs what it has just fetched.", line.at)
    rows = TABLE.get(name, ())
    row = next((row for row in rows if re.search(row[0], line.whole)), None)
    if row and row[1] != "safe":
        look.note(*row[1:], line.at)
    _fetches(name, line, look)
    if name in QUICK and wide(line.rest):
        look.danger("recursive-delete", "It touches a drive, a home folder or a part of the system.", line.at)
    if not rows:
        _elsewhere(name, line, look)


def _fetches(name: str, line: WindowsCommand, look: Look) -> None:
    """What comes from the network, and the names of the files that hold it."""
    if name in ("certutil", "bitsadmin", "curl", "wget") and line.args:
        saved = re.findall(r"-[oO]\s+(\S+)", line.whole) or [line.args[-1]]
        look.scope.variables.setdefault("fetched", []).extend(map(base, saved))
    if name in ("curl", "wget"):
        fetch(line, look)


def _elsewhere(name: str, line: WindowsCommand, look: Look) -> None:
    """git, docker, kubectl, python and so on do the same in every shell."""
    from dictation.shell.guard.calls import judge as asked
    from dictation.shell.guard.inspection import Call

    if re.fullmatch(r"[\w.+-]+", name) and name not in OWN:
        words = tuple(Word(each.strip("\"'").replace("\\", "/")) for each in line.args)
        asked(Call("python" if name == "py" else name, words, line.at), look)
