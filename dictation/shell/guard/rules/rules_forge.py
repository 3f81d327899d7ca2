"""Judges what stands beside git: the programs of its hosts (gh, glab), and hg, svn and jj."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import Call, Look
from dictation.shell.guard.risky_places import secret


def hub(call: Call, look: Look) -> None:
    """gh and glab: what is deleted, merged, published."""
    line = " ".join(call.args)
    if re.search(r"^(?:repo|release|gist|secret|variable|ssh-key|gpg-key|label|cache|codespace|run|issue|project|org|"
        r"environment) (?:\S+ )*?delete\b|^repo (?:archive|delete)|-X ?(?:DELETE)|--method[= ]DELETE",
        line):  # fmt: skip
        look.danger("deletes-remote", "It deletes something for everybody.", call.at)
    elif re.search(r"--visibility[= ]public", line):
        look.danger("publishes", "Everybody can read it from then on.", call.at)
    elif re.search(r"^repo (?:rename|transfer|edit)|^pr merge|^mr merge|^workflow (?:run|"
        r"disable)|-X ?(?:PUT|PATCH|POST)|--method[= ]P|^release upload.*--clobber|^(?:ssh-key|gpg-key) add|^pr "
        r"close.*-d|^secret set|^extension install", line):  # fmt: skip
        look.caution("changes-remote", "It changes something for everybody.", call.at)
    fed = call.feed.marks & {"secret", "environment"} if call.feed else frozenset()
    if line.startswith("gist create") and (fed or any(map(secret, call.args[2:]))):
        look.danger("leaks-secret", "It publishes keys or passwords.", call.at)


def mercurial(call: Call, look: Look) -> None:
    """hg, svn, jj: their ways to lose work."""
    line = " ".join(call.args)
    if re.search(r"^(?:strip|purge|rollback|histedit)|^up(?:date)? .*(?:-C|--clean)|^revert\b|^debugstrip|^push "
        r".*(?:-f|--force)|^abandon|^op(?:eration)? restore|^cleanup .*--remove|^delete|^undo|^restore",
        line):  # fmt: skip
        look.caution("discards-changes", "Changes may be lost.", call.at)


RULES = {"gh": hub, "glab": hub, "hg": mercurial, "svn": mercurial, "jj": mercurial}
