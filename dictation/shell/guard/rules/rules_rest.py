"""Judges programs that no rule knows by what they are told to do: ``velero backup delete``, ``foo db:drop``."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look
from dictation.shell.guard.read_only import reads_only
from dictation.shell.guard.rule_table import DRY

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

_OPTIONS = re.compile(rf"--?(?:{_GONE}|prune|reset-offsets|overwrite|force-delete)(?:-[\w-]+)?(?:=true)?")
_PROGRAMS = frozenset(("rm", "del", "kill", "truncate", "shred", "unlink"))
"""Words that are programs too, so that alone they are asked about."""

_OBJECT = re.compile(r"[/\\.~=]|^\d")
"""What looks like a name of a thing, behind which nothing more is told."""


def _told(word: str, verbs: str) -> bool:
    if re.fullmatch(r"(?:[A-Z][a-z]+){2,}", word):  # DeleteInstance
        word = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word).lower()
    return re.fullmatch(rf"(?:[a-z]\w*[:_-])*(?:{verbs})(?:[:_-][a-z][\w-]*)*", word) is not None


def rest(call: Call, look: Look) -> None:
    """Note a word for deleting where a program takes its subcommands."""
    if DRY.search(" ".join(call.args)) or not re.search("[a-z]", call.name) or reads_only(call):
        return
    if "-" in call.name and _told(call.name.removesuffix(".sh"), _GONE):
        look.note(CAUTION, "deletes", "Its name says that it deletes something.", call.at)
    for word in call.words:
        if word.quoted and re.search(r"\.(?:delete|destroy|drop)(?:_all)?\b", word.text):
            look.note(DANGER, "deletes", "Its name says that it deletes something.", call.at)
    if any(_OPTIONS.fullmatch(each) for each in call.args):
        look.note(CAUTION, "deletes", "Its name says that it deletes something.", call.at)
    seen = 0
    for word in call.words:
        text = word.text
        if text.startswith("-"):
            continue
        if word.quoted or UNKNOWN in text or _OBJECT.search(text) or seen == _WORDS:
            return
        seen += 1
        if text in _PROGRAMS and word is call.words[-1]:
            return  # "whence rm", "Get-Alias rm"
        level = DANGER if _told(text, _GONE) else CAUTION if _told(text, _LESS) else ""
        if level:
            look.note(level, "deletes", "Its name says that it deletes something.", call.at)
            return
