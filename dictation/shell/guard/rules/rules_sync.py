"""Judges what copies whole trees to another place: rsync, rclone, and the programs of stores and backups."""

from __future__ import annotations

import re

from dictation.shell.guard.argv import operands
from dictation.shell.guard.bash.shell_writes import target
from dictation.shell.guard.inspection import Call, Look
from dictation.shell.guard.risky_places import kind, secret
from dictation.shell.guard.rules.rules_network import SENDS
from dictation.spelled.lazy_regex import late

RSYNC = "-e --rsh --exclude --include --filter -f --rsync-path --files-from --bwlimit --log-file -T --password-file"


def sync(call: Call, look: Look) -> None:
    """rsync: deletion at the goal, remote shells, secrets sent away."""
    options, words = operands(call, RSYNC)
    for text in options.value("-e", "--rsh", "--rsync-path"):
        look.text(text, "bash", call.at)
    *sources, goal = [word.text for word in words] or [""]
    away = ":" in goal.partition("/")[0] or goal.startswith("rsync://")
    dry = options.has("-n", "--dry-run", "--list-only")
    if away:
        _sent_away(sources, dry, call, look)
    if dry:
        return
    if any(map(MIRRORS.match, options.flags)):
        look.danger("mirrors", "It deletes whatever the source does not have.", call.at)
    elif words and not away:
        target(goal, True, call.at, look)


def _sent_away(sources: list[str], dry: bool, call: Call, look: Look) -> None:
    if any(map(secret, sources)):
        look.danger("leaks-secret", "It sends keys or passwords to another machine.", call.at)
    if not dry and any(kind(each) in ("home", "root", "system", "above") for each in sources):
        look.caution("sends-file", "It sends files of the home folder or the system away.", call.at)


MIRRORS = late(r"--delete|--(?:del|remove-source-files)\Z")
"""Options of rsync that delete at one of the two places."""


def clone(call: Call, look: Look) -> None:
    """rclone, gsutil, lftp: whole trees."""
    line = " ".join(call.args)
    if {"-n", "--dry-run"} & set(call.args):
        return
    if re.search(
        r"\b(?:purge|delete|deletefile|sync|move|cleanup|rmdirs|forget|prune)\b|\brm\b|"
        r"\bmirror\b.*--delete|rsync .*-d|\brb\b",
        line,
    ):
        look.danger("mirrors", "It deletes files at the other end.", call.at)
    if any(secret(each) for each in call.args):
        look.danger("leaks-secret", SENDS, call.at)
    for text in re.findall(r"!\s*(\S.*)", line):
        look.text(text, "bash", call.at)


RULES = {
    "rsync": sync,
    **dict.fromkeys("rclone gsutil lftp s3cmd s5cmd mc restic borg duplicity".split(), clone),
}
