"""Judges what a call shows or sends of keys and passwords, whatever its program is."""

from __future__ import annotations

from dictation.shell.guard.inspection import Call, Look
from dictation.shell.guard.risky_places import private, secret
from dictation.spelled.lazy_regex import late

SENDERS = frozenset(
    "aws gsutil gcloud az s3cmd mc rclone s5cmd b2 ossutil coscmd kubectl docker gh vercel firebase".split()
)
SENDS = late(r"\b(?:cp|sync|put|upload|copy|mv|rsync|put-object|import)\b")
SHOWERS = frozenset("cat less more head tail bat strings xxd".split())


def leaks(call: Call, look: Look, inert: bool) -> None:
    """Note what leaks; an ``inert`` program fetches no address."""
    if call.name in SENDERS and SENDS.search(" ".join(call.args)) and any(map(secret, call.args)):
        look.danger("leaks-secret", "It sends keys or passwords to another machine.", call.at)
    if call.name in (*SHOWERS, "base64"):
        _shows(call, look)
    if not inert and any("://" in word.text and word.marks & {"secret", "environment"} for word in call.words):
        look.danger("leaks-secret", "It puts keys or passwords into an address.", call.at)


def _shows(call: Call, look: Look) -> None:
    if "sudo" in call.wrapped and any(map(secret, call.args)):
        look.danger("leaks-secret", "It shows passwords or keys.", call.at)
    if call.name in SHOWERS and any(map(private, call.args)):
        look.caution("shows-secret", "It shows a private key or the passwords of this machine.", call.at)
