"""Judges programs that no rule knows by what they are told to do: ``velero backup delete``, ``foo db:drop``."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look
from dictation.shell.guard.read_only import reads_only
from dictation.shell.guard.rule_table import DRY
from dictation.spelled.lazy_regex import late

_GONE = (
    "delete|destroy|purge|wipe|drop|erase|nuke|obliterate|expunge|shred|zap|terminate|decommission|flushall|flushdb|"
    "factory-?reset|deleteall|removeall|teardown|truncate"
)
_LESS = (
    "down|dedupe|recreate|safe-?restart|quiet-?down|reset-?offsets|remove|rm|uninstall|reset|prune|forget|flush|revoke|evict|deregister|unregister|unpublish|detach|rollback|"
    "overwrite|disable|unlink|del|restore|deactivate|undeploy|drain|kill|suspend|poweroff|shutdown|halt"
)
_WORDS = 3
"""How many words may stand before what is done: ``velero backup delete``."""

SERVICES = frozenset(
    """gcloud az doctl heroku flyctl fly vercel netlify wrangler firebase linode-cli hcloud oci ibmcloud aliyun tccli
    scw civo vultr-cli railway supabase render cf dokku eb b2 ossutil coscmd qshell upctl openstack nova rclone mc s3cmd
    s5cmd restic borg duplicity lftp gsutil influx glab gh azcopy doppler rabbitmqctl algolia pulumi nomad consul
    vault""".split()
)
"""Programs of services that a table judges too: what the table does not know is still told by its verb."""

_OPTIONS = late(rf"--?(?:{_GONE}|prune|reset-offsets|overwrite|force-delete)(?:-[\w-]+)?(?:=true)?")
_PROGRAMS = frozenset(("rm", "del", "kill", "truncate", "shred", "unlink"))
"""Words that are programs too, so that alone they are asked about."""

_METHOD = late(r"\.(?:delete|destroy|drop)(?:_all)?\b")
_OBJECT = late(r"[/\\.~=]|^\d")
"""What looks like a name of a thing, behind which nothing more is told."""


def _told(word: str, verbs: str) -> bool:
    if re.fullmatch(r"(?:[A-Z][a-z]+){2,}", word):  # DeleteInstance
        word = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word).lower()
    return re.fullmatch(rf"(?:[a-z]\w*[:_-])*(?:{verbs})(?:[:_-][a-z][\w-]*)*", word) is not None


SAYS = "Its name says that it deletes something."


def rest(call: Call, look: Look) -> None:
    """Note a word for deleting where a program takes its subcommands."""
    if DRY.search(" ".join(call.args)) or not re.search("[a-z]", call.name) or reads_only(call):
        return
    for level in filter(None, (_named(call.name), _optioned(call), _subcommanded(call))):
        look.note(level, "deletes", SAYS, call.at)


def _named(name: str) -> str:
    """The level of a program's own name: ``kafka-delete-records.sh``."""
    return CAUTION if "-" in name and _told(name.removesuffix(".sh"), _GONE) else ""


def _optioned(call: Call) -> str:
    """The level of options, and of text that calls a method."""
    if any(word.quoted and _METHOD.search(word.text) for word in call.words):
        return DANGER
    return CAUTION if any(map(_OPTIONS.fullmatch, call.args)) else ""


def _subcommanded(call: Call) -> str:
    """The level of the first subcommand that says that something is deleted."""
    return next(filter(None, map(_level, _subcommands(call))), "")


def _subcommands(call: Call) -> list[str]:
    """The first words that are no options, up to the name of a thing."""
    found: list[str] = []
    for word in call.words:
        if word.text.startswith("-"):
            continue
        if word.quoted or UNKNOWN in word.text or _OBJECT.search(word.text) or len(found) == _WORDS:
            break
        if word.text in _PROGRAMS and word is call.words[-1]:
            break  # "whence rm", "Get-Alias rm"
        found.append(word.text)
    return found


def _level(word: str) -> str:
    """How bad it is what a subcommand says; empty where it says nothing of deleting."""
    return DANGER if _told(word, _GONE) else CAUTION if _told(word, _LESS) else ""
