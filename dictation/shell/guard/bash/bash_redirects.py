"""Reads the redirections of one command: what comes in, where its output goes, and what else stands among them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from tree_sitter import Node

from dictation.shell.guard.bash.bash_parse import source
from dictation.shell.guard.bash.shell_words import WordExpander
from dictation.shell.guard.inspection import NOTHING, UNKNOWN, Look, Output, Word
from dictation.shell.guard.risky_places import secret, tidy

WRITES = frozenset(">& &> &>> > >> >| <>".split())
STATEMENTS = frozenset("pipeline command list redirected_statement subshell compound_statement".split())
"""What may stand behind a here-document's mark and gets what the command prints."""

PARTS = frozenset("heredoc_start heredoc_body heredoc_end file_descriptor".split())


class Redirects:
    """``feed`` is standard input; ``extra`` are words of the command that stand behind a target.

    ``written`` are paths and whether they are appended to; ``after`` are statements that get what the command prints.
    """

    def __init__(self, look: Look, words: Callable[[], WordExpander], feed: Output | None = None) -> None:
        self._look, self._new_words = look, words
        self.feed = feed
        self.extra = list[Word]()
        self.written = list[tuple[str, bool]]()
        self.after = list[Node]()

    @cached_property
    def _words(self) -> WordExpander:
        """Made when it is needed: most commands have no redirection."""
        return self._new_words()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that are written."""
        return tuple(path for path, _ in self.written)

    def read(self, nodes: list[Node]) -> None:
        """Take in all of ``nodes``; the last input counts."""
        for each in nodes:
            if each.type == "file_redirect":
                self.feed = self.file(each) or self.feed
            elif each.type == "heredoc_redirect":
                self.feed = self._here_document(each)
            elif each.named_children:
                self.feed = self._printed(each.named_children[-1], "\n")

    def _printed(self, node: Node, end: str = "") -> Output:
        """A word or a here-document as what a command would print."""
        found = self._words.one(node)
        return Output(None if UNKNOWN in found.text else found.text + end, found.marks)

    def file(self, node: Node) -> Output | None:
        """One ``>``, ``<`` and so on; words after its target belong to the command."""
        sign = next((each.type for each in node.children if each.type and each.type[0] in "<>&"), ">")
        target = self._target(node.children_by_field_name("destination"))
        if sign in ("<", "<&"):
            return self._from(target.text)
        copies = sign == ">&" and target.text.strip("-").isdigit()
        if sign in WRITES and not copies:
            self.written.append((target.text, ">>" in sign))
        return None

    def _target(self, places: list[Node]) -> Word:
        """The first word; what comes behind it is kept for the command."""
        first, *rest = [self._words.expand(each) for each in places] or [[]]
        for words in rest:
            self.extra.extend(words)
        return first[0] if first else Word("")

    def _from(self, path: str) -> Output:
        """What stands in a file, as far as this line has written it."""
        if path == "/dev/null":
            return NOTHING
        scope = self._look.scope
        if known := scope.streams.get(path) or scope.written.get(tidy(path)):
            return known
        return Output(None, frozenset({"file", "secret"} if secret(path) else {"file"}))

    def _here_document(self, node: Node) -> Output:
        parts = {each.type: each for each in reversed(node.children)}
        for each in node.named_children:
            self._beside(each)
        body, start = parts.get("heredoc_body"), source(parts.get("heredoc_start"))
        if body is None:
            return NOTHING
        if any(sign in start for sign in "'\"\\"):
            return Output(source(body))
        for each in re.findall(r"(?<!\\)`([^`]*)`", source(body)):
            self._look.text(each, "bash", source(body))
        return self._printed(body)

    def _beside(self, node: Node) -> None:
        """What stands on the line of a here-document's mark."""
        if node.type == "file_redirect":
            self.file(node)
        elif node.type in STATEMENTS:
            self.after.append(node)
        elif node.type not in PARTS:
            self.extra.extend(self._words.expand(node))
