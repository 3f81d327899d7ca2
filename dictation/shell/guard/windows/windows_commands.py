"""Knows what PowerShell's own commands do."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.shell.guard.inspection import Look
from dictation.shell.guard.rules.rules_sql import sql
from dictation.shell.guard.windows.windows_line import ALIASES, VITAL, WindowsCommand, base, fetch, wide, write
from dictation.shell.guard.windows.windows_programs import judge
from dictation.spelled.lazy_regex import late

Rule = Callable[[WindowsCommand, Look], None]


STORES = late(r"(?i)(?:hklm|hkcu|hkcr|registry|cert|env|function|variable):")
"""Drives of PowerShell that hold no files."""

WHOLE = late(r"(?i)[a-z]:|\\\\|~|\$")
"""How a place begins that is written whole."""

ALL_BELOW = late(r"(?i)get-childitem.*-r|gci.*-r|\bls\b.*-r|dir.*-r|[\\/]s\b")


def remove(line: WindowsCommand, look: Look) -> None:
    """Remove-Item under any name."""
    if line.has("whatif") or {"-wi", "-whatif"} & set(map(str.lower, line.args)):
        return
    if wide(line.rest) or any(map(STORES.match, line.rest)):
        look.danger("recursive-delete", "It deletes a drive, a home folder or a part of the system.", line.at)
    elif line.has("recurse") or ALL_BELOW.search(line.before):
        level = "danger" if line.before or _all_here(line.rest) else "caution"
        look.note(level, "recursive-delete", "It deletes folders with all they hold.", line.at)
    else:
        level = "danger" if _unseen(line, look) else "caution"
        look.note(level, "deletes", "It deletes files for good.", line.at)


def _unseen(line: WindowsCommand, look: Look) -> bool:
    """Whether nobody sees which files are meant: each of a search, or by a pattern and force."""
    each_of_all = "$_" in line.whole and re.search(r"(?i)\b(?:gci|ls|dir|get-childitem)\b.* -r", look.command)
    return bool(each_of_all) or (line.has("force") and "*" in line.whole)


def _all_here(places: list[str]) -> bool:
    """Whether all of this folder is meant, or a place that is written whole."""
    return not places or any(each in ("*", ".", ".\\*", "*.*", "./*") or WHOLE.match(each) for each in places)


def content(line: WindowsCommand, look: Look) -> None:
    """Set-Content, Add-Content, Out-File, New-Item, Copy-Item."""
    if line.has("whatif"):
        return
    for each in line.rest[:2]:
        write(each, line.name == "add-content" or line.has("append"), line.at, look)
    if line.name == "clear-content":
        look.danger("empties-file", "The file loses its content.", line.at)
    elif line.name == "set-content":
        _set_content(line, look)
    elif line.name in ("new-item", "copy-item", "out-file") and line.has("force") and not FOLDER.match(line.at):
        look.caution("overwrites", "It may write over a file.", line.at)


FOLDER = late(r"(?i)(?:mkdir|md)\b|.*\bdirectory\b")


def _set_content(line: WindowsCommand, look: Look) -> None:
    nothing = re.search(r"-V\w*\s+(?:''|\"\"|\$null)", line.at)
    if nothing or (not line.before and re.search(r"''|\"\"|\*", line.at)):
        look.danger("empties-file", "Files lose their content.", line.at)
    elif not line.before or re.search(r"(?i)gc|get-content|replace", line.before):
        look.caution("overwrites", "It may write over a file.", line.at)


def move(line: WindowsCommand, look: Look) -> None:
    """Move-Item, Rename-Item."""
    if any(each.lower() in ("nul", "$null") for each in line.rest):
        look.danger("deletes", "What is moved there is lost.", line.at)
    elif wide(line.rest[:1]):
        look.danger("moves-away", "It moves a place that programs rely on.", line.at)
    elif line.has("force") or "*" in line.whole or line.before:
        look.caution("overwrites", "It may replace what stands at the new place.", line.at)


def always(level: str, code: str, message: str) -> Rule:
    """A rule that speaks up whatever the arguments are, dry runs excepted."""

    def judged(line: WindowsCommand, look: Look) -> None:
        if not line.has("whatif") and "/?" not in line.args and "-?" not in line.args:
            look.note(level, code, message, line.at)

    return judged


def policy(line: WindowsCommand, look: Look) -> None:
    """Set-ExecutionPolicy: for this process alone it ends with the window."""
    look.note(
        "caution"
        if re.search(r"(?i)process", line.whole)
        or (
            re.search(r"(?i)remotesigned|restricted|allsigned|default", line.whole)
            and not re.search(r"(?i)unrestricted|bypass", line.whole)
        )
        else "danger",
        "weakens",
        "It changes which scripts may run.",
        line.at,
    )


def start(line: WindowsCommand, look: Look) -> None:
    """Start-Process, runas, start: another program, perhaps as administrator."""
    if re.search(r"(?i)runas", line.whole):
        look.danger("privilege", "It runs a program as administrator.", line.at)
    words = [each.strip("\"'") for each in line.args]
    while words and re.fullmatch(r"(?i)/(?:b|min|max|wait|i|d)", words[0]):
        words = words[1:]
    named = r"(?i)-(?:filepath|argumentlist|args|verb|wait|nonewwindow|windowstyle|passthru)"
    if rest := [each for each in words if not re.fullmatch(named, each)]:
        if base(rest[0]) in look.scope.variables.get("fetched", []):
            look.danger("remote-code", "It runs what it has just fetched.", line.at)
        raw = line.args[len(line.args) - len(words) :]
        _started(raw if line.name == "start-cmd" else rest, line, look)


def _started(words: list[str], line: WindowsCommand, look: Look) -> None:
    """What is started, as a line for the shell, unless it is an address or a plain name."""
    own = line.name == "start-cmd"
    text = " ".join(words if own else [each.replace("','", " ").replace("'", "").replace(",", " ") for each in words])
    if not re.match(r"(?i)https?://[\w./?=&%-]+$|[\w .-]+$|\.$", text):
        look.text(text, "cmd" if own else "powershell", line.at)
    elif re.match(r"(?i)(?:powershell|cmd|bash|del|rd|format|shutdown|reg)\b", text):
        look.text(text, "cmd", line.at)


def alias(line: WindowsCommand, look: Look) -> None:
    """Set-Alias: a new name for something dangerous."""
    target = line.rest[-1].lower() if line.rest else ""
    if ALIASES.get(target, target) in (
        "remove-item",
        "invoke-expression",
        "clear-content",
        "stop-computer",
        "format-volume",
        "stop-process",
    ):
        look.danger("alias", "It gives a dangerous command another name.", line.at)


def stop(line: WindowsCommand, look: Look) -> None:
    """Stop-Process, taskkill."""
    hard = re.search(
        r"(?i)\b(?:lsass|winlogon|csrss|svchost|explorer|wininit|services|smss)\b|\*|get-process\s*$|-id 4\b",
        f"{line.whole} {line.before}",
    )
    look.note("danger" if hard else "caution", "ends-process", "What the process has not saved is lost.", line.at)


def service(line: WindowsCommand, look: Look) -> None:
    """Services."""
    look.note(
        "danger"
        if re.search(f"(?i){VITAL}", f"{line.whole} {line.before}")
        or re.search(r"(?i)get-service\s*$", line.before)
        or "*" in line.whole
        or line.name == "remove-service"
        else "caution",
        "stops-service",
        "It starts, stops or changes a service.",
        line.at,
    )


def registry(line: WindowsCommand, look: Look) -> None:
    """Set-ItemProperty, New-ItemProperty, Remove-ItemProperty, reg."""
    if re.search(
        r"(?i)\\run\b|\\runonce|winlogon|image file execution|command processor|policies|"
        r"defender|\\services\\|lsa\b|enablelua|startup",
        line.whole,
    ):
        look.danger("persistence", "It changes what starts by itself, or a protection.", line.at)
    elif re.search(r"(?i)hklm|hkey_local_machine", line.whole) or line.name.startswith(("remove", "clear")):
        look.danger("registry", "It changes the registry of the machine.", line.at)
    else:
        look.caution("registry", "It changes settings in the registry.", line.at)


LOSES = late(r"(?:remove|uninstall|unregister|disable|revoke|grant|clear|reset|erase|deny|unprotect)-\w+")
CHANGES = late(
    r"(?:stop|restart|suspend|set|enable|install|register|move|rename|update|publish|block|unblock|lock|unlock|restore|"
    r"repair|merge|dismount|mount|initialize|edit|add|approve|protect|send)-\w+"
)
SESSION = late(
    r"(?:set|push|pop)-location|(?:set|clear|remove|new)-(?:variable|alias|host|clipboard|module|job|pssession|"
    r"strictmode|psdebug|typedata|dnsclientcache|pshostprocessinfo|psbreakpoint|breakpoint|traceSource|event)|"
    r"add-(?:member|type|history)|stop-(?:transcript|job)|set-psreadline\w*|update-(?:help|formatdata|typedata|list)|"
    r"(?:un)?register-(?:argumentcompleter|event|objectevent)|remove-(?:event|psdrive)"
)
"""What touches this session alone."""


def program(line: WindowsCommand, look: Look) -> None:
    """A program of the system or of a developer, the same in both shells; of a strange cmdlet the verb tells."""
    if re.fullmatch(r"[a-z]+-[a-z]\w+", line.name) and not SESSION.fullmatch(line.name) and not line.has("whatif"):
        if LOSES.fullmatch(line.name):
            look.danger("deletes", "It deletes or turns off something of the system or of a service.", line.at)
        elif CHANGES.fullmatch(line.name):
            look.caution("changes", "It changes the system or a service.", line.at)

    judge(line, look)


def each_one(line: WindowsCommand, look: Look) -> None:
    """ForEach-Object with the name of a method."""
    if line.rest[:1] and re.match(r"(?i)(?:delete|kill|remove\w*|moveto|clear|stop|terminate|encrypt)\b", line.rest[0]):
        look.danger("deletes-files", "A method deletes or ends each of them.", line.at)


def compiled(line: WindowsCommand, look: Look) -> None:
    """Add-Type: code of its own, or a library."""
    if not re.search(r"(?i)-a(?:s\w*)?\s+[\w.]+\s*$", line.whole):
        look.caution("loads-code", "It compiles or loads code.", line.at)


def statements(line: WindowsCommand, look: Look) -> None:
    """Invoke-Sqlcmd."""
    sql(line.whole, line.at, look)
    if line.has("inputfile"):
        look.caution("runs-file", "It runs every statement of a file.", line.at)


def elsewhere(line: WindowsCommand, look: Look) -> None:
    """Invoke-Command: what runs is looked at on its own; where it runs matters too."""
    if line.has("computername", "session", "hostname", "vmname"):
        look.caution("remote", "It runs on another machine.", line.at)


OFF = always("danger", "power", "It stops or restarts the machine.")
DISK = always("danger", "formats", "It destroys what is on a disk or a volume.")
GONE = always("danger", "deletes", "It deletes or turns off a part of the system.")
SEEN = always("caution", "changes", "It changes the system.")
RULES: dict[str, Rule] = {
    "invoke-sqlcmd": statements, "invoke-command": elsewhere, "foreach-object": each_one, "add-type": compiled,
    "remove-item": remove, "move-item": move, "rename-item": move, "set-executionpolicy": policy, "set-alias": alias,
        "new-alias": alias, "stop-process": stop,
    **dict.fromkeys("set-content add-content clear-content out-file new-item copy-item tee-object export-csv "
        "clear-item".split(), content),
    **dict.fromkeys("invoke-webrequest invoke-restmethod start-bitstransfer".split(), fetch), "start-process": start,
    **dict.fromkeys("set-itemproperty new-itemproperty remove-itemproperty clear-itemproperty rename-itemproperty "
    "set-item".split(), registry),
    **dict.fromkeys("stop-computer restart-computer suspend-computer rundll32_power".split(), OFF),
    **dict.fromkeys("format-volume clear-disk initialize-disk remove-partition resize-partition set-partition "
        "set-disk new-partition remove-physicaldisk remove-virtualdisk remove-storagepool reset-physicaldisk "
        "dismount-vhd optimize-volume_ repair-volume".split(), DISK),
    **dict.fromkeys("remove-localuser remove-adobject remove-aduser remove-vm remove-vmsnapshot remove-appxpackage "
        "remove-azresourcegroup remove-azvm remove-computer disable-netadapter remove-netipaddress remove-netroute "
        "remove-smbshare remove-psdrive_ uninstall-windowsfeature disable-windowsoptionalfeature remove-website "
        "remove-s3bucket remove-ec2instance remove-sqldatabase clear-eventlog remove-eventlog limit-eventlog "
        "disable-computerrestore remove-windowsfeature uninstall-package clear-recyclebin remove-wmiobject "
        "remove-ciminstance remove-mailbox disable-localuser remove-azstorageaccount remove-gpo disable-mmagent "
        "unregister-scheduledtask remove-netfirewallrule".split(), GONE),
    **dict.fromkeys("new-localuser set-localuser add-localgroupmember add-adgroupmember set-acl set-mppreference "
        "add-mppreference set-netfirewallprofile disable-netfirewallrule register-scheduledtask new-scheduledtask "
        "set-scheduledtask new-service set-wmiinstance invoke-wmimethod invoke-cimmethod register-wmievent "
        "register-objectevent enable-psremoting set-aduser set-adaccountpassword set-wsmaninstance disable-bitlocker "
        "unlock-bitlocker suspend-bitlocker add-type_ enable-localuser set-smbserverconfiguration "
        "set-processmitigation set-psdebug_ register-cimindicationevent grant-smbshareaccess new-smbshare "
            "set-netfirewallrule schtasks_ unblock-file_".split(), always("danger", "privilege",
            "It changes accounts, rights, protections or what runs by itself.")),
    **dict.fromkeys("stop-service restart-service set-service suspend-service start-service remove-service".split(),
        service),
    **dict.fromkeys("install-module install-package install-script update-module uninstall-module import-module_ "
        "set-psrepository register-psrepository update-help_ install-windowsfeature enable-windowsoptionalfeature "
        "add-windowscapability new-netfirewallrule set-netipaddress set-dnsclientserveraddress new-netipaddress "
        "set-date set-timezone rename-computer set-location_ restart-netadapter enter-pssession "
        "new-pssession set-vm stop-vm restart-vm mount-diskimage dismount-diskimage disable-scheduledtask "
        "enable-scheduledtask unblock-file clear-history remove-variable_ send-mailmessage add-appxpackage "
        "set-clipboard_ expand-archive_ set-culture rename-localuser remove-job_ clear-dnsclientcache_ "
        "set-psreadlineoption invoke-item compress-archive_ restore-computer checkpoint-computer_ stop-job_".split(),
        SEEN),
}  # fmt: skip
