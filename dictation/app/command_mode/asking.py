"""Commands from a language model: asked, read, asked once more if it is no good, and graded here."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from dictation.app.command_mode.commander import Ask
from dictation.app.words.endpoint import Switchboard
from dictation.core.commands import Command, Reason
from dictation.core.errors import CommandError, RewriteError
from dictation.core.settings import Settings
from dictation.engines.chat.llm import Chat
from dictation.shell.command_context import Context
from dictation.shell.guard.grade import Grade, grade
from dictation.shell.model import model_answer, model_question
from dictation.shell.model.explaining import told
from dictation.shell.model.unsaid import unsaid

LIMIT_TOKENS = 160
"""What an answer may be long; the longest useful ones measured had 70, and what ran on to 400 was never right."""

_OTHER_MODEL = "Say it again in other words, or choose another model."
_ORDER = ("safe", "caution", "danger")
_BROKEN = re.compile("cannot be parsed|do not match|is not closed|holds a line end")
"""What the guard says of a command that is wrong in itself, and not only hard to look through."""

_BUILTINS = frozenset(
    """
    . : [ [[ alias bg bind break builtin case cd command continue declare dirs disown echo emit enable eval
    exec exit export false fc fg for function functions getopts hash help history if jobs kill let local
    logout popd printf pushd pwd read readonly return select set setopt shift shopt source string suspend test
    time times trap true type typeset ulimit umask unalias unset until wait while abbr argparse and or not
    begin count math status set_color contains random z autoload bindkey vared whence where which rehash then
    do else elif fi done esac {
    """.split()
)
_WRAPPERS = frozenset(("sudo", "env", "nohup", "time", "nice", "command", "exec", "builtin", "doas", "xargs", "watch"))
_FIRST = re.compile(r"(?:\A|&&|\|\||[|;&]|\$\()\s*(?P<rest>[^\s|;&()][^|;&()]*)")


def asking(settings: Settings, board: Switchboard) -> Ask | None:
    """Who makes commands under these settings; None where no model may be asked. Raises CommandError (bad address)."""
    if not settings.commands.ask:
        return None
    try:
        chat = board.chat(settings, settings.commands.model)
    except RewriteError as error:
        raise _told(error) from None
    if chat is None:
        return None
    return Asking(chat, settings.commands.timeout_seconds, settings.commands.names)


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks ``chat``; ``seconds`` is the longest wait for both tries together."""

    chat: Chat
    seconds: float
    names: bool = True
    there: Callable[[str], object] = shutil.which
    judge: Callable[[str, str, str], Grade] = grade
    now: Callable[[], float] = time.monotonic

    def __call__(
        self, request: str, language: str, context: Context, before: str = "", other_than: Sequence[str] = ()
    ) -> Command:
        """See ``Ask``."""
        end = self.now() + self.seconds
        sent = model_question.messages(
            request, language, context, names=self.names, before=before, other_than=other_than
        )  # fmt: skip
        said = f"{before} {request}" if before else request
        raw = self._say(sent, end)
        command, complaint = self._read(raw, context, said, language)
        if command.text and command.text in other_than:
            complaint = complaint or "It is one of the commands that were refused."
        if not complaint:
            return command
        try:
            second, still = self._read(
                self._say(model_question.again(sent, raw, complaint), end), context, said, language
            )
        except CommandError:
            return command  # it is shown with what is wrong with it
        return (
            second
            if second.text and (not still or _ORDER.index(second.risk) <= _ORDER.index(command.risk))
            else command
        )

    def _say(self, sent: list[model_question.Message], end: float) -> str:
        try:
            return self.chat.ask(sent, "command", model_question.SCHEMA, max(0.05, end - self.now()), LIMIT_TOKENS)
        except RewriteError as error:
            raise _told(error) from None

    def _read(self, raw: str, context: Context, said: str, language: str) -> tuple[Command, str]:
        """The command, and what is wrong with it that another try may mend."""
        reply = model_answer.read(raw, context.shell)
        if reply.question:
            return Command("", context.shell, reply.note, source="llm", question=reply.question), ""
        if not reply.command:
            raise CommandError("not-a-command", reply.note, "Say what should be done in the shell, or dictate instead.")
        if reply.command in model_question.SHOWN:
            raise CommandError("llm-answer", "The language model handed back an example", _OTHER_MODEL)
        graded = self.judge(reply.command, context.shell, said)
        risk, reasons, complaint = graded.risk, graded.reasons, ""
        if broken := next((each for each in reasons if _BROKEN.search(each.message)), None):
            complaint = f"{broken.message} ({broken.at[:80]})"
        if missing := self._missing(reply.command, context, said):
            risk = max(risk, "caution", key=_ORDER.index)
            reasons += (Reason("unknown-program", f"There is no program {missing} here.", missing),)
            complaint = complaint or f"There is no program {missing} on this machine."
        if strange := unsaid(reply.command, said, context):
            risk = max(risk, "caution", key=_ORDER.index)
            reasons += strange
        if reply.risk == "high" and risk == "safe":
            # Its opinion may raise the risk; it never lowers it.
            risk, reasons = "caution", (*reasons, Reason("model-warns", "The model itself calls it risky.", ""))
        return (
            Command(
                reply.command,
                context.shell,
                told(reply.command, reply.note, context, language),
                risk,
                reasons,
                graded.insertable,
                "llm",
            ),
            complaint,
        )

    def _missing(self, command: str, context: Context, said: str) -> str:
        """The first program of the command that is neither here nor was said; empty when all are, or nobody knows."""
        if context.remote or context.shell not in ("bash", "zsh", "fish"):
            return ""
        heard = said.casefold()
        for name in _programs(command):
            there = name in _BUILTINS or name in context.tools or name.casefold() in heard or self.there(name)
            if not there:
                return name
        return ""


def _told(error: RewriteError) -> CommandError:
    return CommandError(error.code, error.message, error.remedy)


def _programs(command: str) -> Iterator[str]:
    """The names of programs in a command, without those that run another one."""
    bare = re.sub(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"", "''", command)
    for found in _FIRST.finditer(bare):
        words = found["rest"].split()
        while words and (words[0] in _WRAPPERS or re.match(r"\w+=|-", words[0]) or words[0].startswith("!")):
            words = words[1:]
        name = words[0] if words else ""
        if re.fullmatch(r"[A-Za-z0-9_][\w.+-]*", name) and not name.isdigit():
            yield name
