"""Walks the parse tree of a bash line in the order it would run, and hands every call to be judged."""

from __future__ import annotations

import re
from collections.abc import Callable

from tree_sitter import Node

from dictation.shell.guard.bash import shell_writes
from dictation.shell.guard.bash.bash_parse import LONG, parse, source, wrong
from dictation.shell.guard.bash.bash_redirects import Redirects
from dictation.shell.guard.bash.shell_signs import bare
from dictation.shell.guard.bash.shell_words import WordExpander
from dictation.shell.guard.inspection import NOTHING, UNKNOWN, Call, Look, Output, TooMuchError, Word, joined

Judge = Callable[[Call, Look], Output]
STATEMENTS = {"comment", "heredoc_end", "heredoc_start", ";", "&"}
RESERVED = {"{", "}", "!", "then", "do", "else", "time"}
"""What the grammar takes for programs in odd places, such as after ``!``."""
DEEPEST_NODE = 150


def walk(text: str, look: Look, judge: Judge) -> Output:
    """Look through ``text``; what it prints, if that can be worked out."""
    root = parse(text)
    tree = _Walk(look, judge)
    if root.has_error:
        look.unclear(wrong(root) or text, "This part cannot be parsed.")
        again = not look.outer and len(text) < LONG
        for each in re.split(r"[;\n|&{}]+|\b(?:do|then|else)\b", text)[:30] if again else ():
            if each.strip() and not (piece := parse(each)).has_error:
                tree.statement(piece, None)
    return tree.statement(root, None)


def _both(piped: Output | None, read: Output | None, shell: str) -> Output | None:
    """What comes down a pipe and what is redirected: zsh reads both, the others the latter alone."""
    if piped is None or read is None:
        return piped or read
    unknown = read.text is None or (piped.text is None and shell == "zsh")
    return Output(None if unknown else (piped.text or "") + (read.text or ""), piped.marks | read.marks)


class _Walk:
    def __init__(self, look: Look, judge: Judge) -> None:
        self.look, self.judge = look, judge
        self.depth = 0

    def words(self) -> WordExpander:
        return WordExpander(self.look.scope, self._substituted)

    def _substituted(self, node: Node) -> Output:
        """``$(...)``, ``<(...)``, and ``>(...)``, which gets what somebody else prints."""
        return self.children(node, Output(None, frozenset({"local"})) if source(node).startswith(">") else None)

    def statement(self, node: Node, feed: Output | None) -> Output:
        """One statement; ``feed`` is its standard input."""
        if self.depth > DEEPEST_NODE:
            raise TooMuchError
        self.depth += 1
        known = getattr(self, f"_{node.type}", None)
        try:
            return known(node, feed) if known else self.children(node, feed)
        finally:
            self.depth -= 1

    def children(self, node: Node, feed: Output | None) -> Output:
        """Everything below a node that has no meaning of its own here."""
        return joined([self.statement(each, feed) for each in node.named_children if each.type not in STATEMENTS])

    # --- words that stand where a statement may: only what they substitute matters

    def _value(self, node: Node, feed: Output | None) -> Output:
        self.words().one(node)
        return NOTHING

    _word = _string = _raw_string = _concatenation = _expansion = _simple_expansion = _ansi_c_string = _value
    _array = _number = _variable_name = _heredoc_body = _arithmetic_expansion = _translated_string = _regex = _value
    _extglob_pattern = _special_variable_name = _brace_expression = _value

    # --- pipes, assignments, loops, functions

    def _pipeline(self, node: Node, feed: Output | None) -> Output:
        for each in node.named_children:
            if each.type not in STATEMENTS:
                feed = self.statement(each, feed)
        return feed or NOTHING

    def _variable_assignment(self, node: Node, feed: Output | None) -> Output:
        name, value = self._assigned(node)
        shell_writes.variable(name, value, source(node), self.look)
        return NOTHING

    def _assigned(self, node: Node) -> tuple[str, str]:
        place, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        name, _, index = source(place).partition("[")
        if value is None:
            values = [""]
        elif value.type == "array":
            values = [word.text for each in value.named_children for word in self.words().expand(each)]
        else:
            word = self.words().one(value)
            values, self.look.scope.marks[name] = [word.text], word.marks
        old = self.look.scope.variables.get(name, [])
        if "+=" in source(node)[: len(source(place)) + 2] and old:
            values = [*old, *values] if value is not None and value.type == "array" else ["".join([*old[:1], *values])]
        if re.fullmatch(r"\d{1,2}\]", index):
            spot = int(index[:-1])
            values = [*old[:spot], *[""] * (spot - len(old)), *values, *old[spot + 1 :]]
        self.look.scope.variables[name] = values
        return name, " ".join(values)

    def _declaration_command(self, node: Node, feed: Output | None) -> Output:
        for each in node.named_children:
            self.statement(each, feed)
        shows = not node.named_children or " -p" in source(node)
        return Output("", frozenset({"environment"})) if shows else NOTHING

    def _unset_command(self, node: Node, feed: Output | None) -> Output:
        words = [word for each in node.named_children for word in self.words().expand(each)]
        return self.judge(Call("unset", tuple(words), source(node)), self.look)

    def _for_statement(self, node: Node, feed: Output | None) -> Output:
        name, body = source(node.child_by_field_name("variable")), node.child_by_field_name("body")
        values = [word for each in node.children_by_field_name("value") for word in self.words().expand(each)]
        texts = [each.text for each in values][:4] or [UNKNOWN]
        self.look.scope.marks[name] = frozenset(mark for each in values for mark in each.marks)
        outputs = []
        for text in texts:
            self.look.scope.variables[name] = [text]
            outputs.append(self.statement(body, feed) if body else NOTHING)
        return joined(outputs)

    _select_statement = _for_statement

    def _while_statement(self, node: Node, feed: Output | None) -> Output:
        return Output(None, self.children(node, feed).marks | (feed.marks if feed else frozenset()))

    def _case_item(self, node: Node, feed: Output | None) -> Output:
        return self.children(node, feed)

    def _function_definition(self, node: Node, feed: Output | None) -> Output:
        name, body = source(node.child_by_field_name("name")), node.child_by_field_name("body")
        if body is None:
            return NOTHING
        shell_writes.function(name, body, source(node), self.look)
        running = False

        def called(call: Call) -> Output:
            nonlocal running
            if running:
                return Output()
            running, before = True, self.look.scope.positional
            self.look.scope.positional = call.args
            try:
                return self.statement(body, call.feed)
            finally:
                running, self.look.scope.positional = False, before

        self.look.scope.functions[name] = called
        called(Call(name, (), source(node), feed=feed))
        return NOTHING

    # --- redirections

    def _redirects(self, nodes: list[Node], feed: Output | None) -> Redirects:
        found = Redirects(self.look, self.words, feed)
        found.read(nodes)
        return found

    def _file_redirect(self, node: Node, feed: Output | None) -> Output:
        """``$(< file)`` prints the file; ``> file`` alone empties it."""
        return Redirects(self.look, self.words).file(node) or self._redirected(node, None, [node], feed)

    def _redirected_statement(self, node: Node, feed: Output | None) -> Output:
        body = node.child_by_field_name("body")
        redirects = [each for each in node.named_children if each != body]
        return self._redirected(node, body, redirects, feed)

    def _redirected(self, node: Node, body: Node | None, nodes: list[Node], feed: Output | None) -> Output:
        if body is not None and body.type == "pipeline" and body.named_children:
            body, found = self._behind_pipe(body, nodes, feed)
        else:
            found = self._redirects(nodes, feed)
        out = self._body(body, found)
        for path, appends in found.written:
            shell_writes.redirect(path, appends, out, body is None, source(node), self.look)
        if found.written:
            out = Output("" if out.text is not None else None, out.marks)
        for each in found.after:
            out = self.statement(each, out)
        return out

    def _behind_pipe(self, pipeline: Node, nodes: list[Node], feed: Output | None) -> tuple[Node, Redirects]:
        """The last command of a pipe, and its redirections: the grammar puts them around the whole pipe."""
        *before, last = pipeline.named_children
        for each in before:
            if each.type not in STATEMENTS:
                feed = self.statement(each, feed)
        found = self._redirects(nodes, None)
        found.feed = _both(feed, found.feed, self.look.shell)
        return last, found

    def _body(self, body: Node | None, redirects: Redirects) -> Output:
        if body is None:
            return NOTHING
        if body.type == "command":
            return self._command(body, redirects.feed, redirects)
        return self.statement(body, redirects.feed)

    # --- the call itself

    def _command(self, node: Node, feed: Output | None, outer: Redirects | None = None) -> Output:
        """A call; ``outer`` are redirections of the statement around it."""
        extra, written = (outer.extra, outer.paths) if outer else ([], ())
        parts = [each for each in node.named_children if not each.type.endswith("_redirect")]
        nodes = [each for each in node.named_children if each.type.endswith("_redirect")]
        own = self._redirects(nodes, feed)
        out = self._called(node, parts, own.feed, [*extra, *own.extra], (*written, *own.paths))
        for path, appends in own.written:
            shell_writes.redirect(path, appends, out, not parts, source(node), self.look)
        for each in own.after:
            out = self.statement(each, out)
        return out

    def _called(
        self, node: Node, parts: list[Node], feed: Output | None, extra: list[Word], written: tuple[str, ...]
    ) -> Output:
        env, words = self._split(parts)
        words = self._without_reserved(words + extra, source(node))
        first = words[0] if words else Word("")
        call = Call(first.text, tuple(words[1:]), bare(source(node)), tuple(env), feed, (), written)
        if first.marks & {"network", "decoded", "mangled"} and UNKNOWN in first.text:
            self.look.danger("computed-command", "What runs comes from elsewhere.", call.at)
        return self.judge(call, self.look)

    def _split(self, parts: list[Node]) -> tuple[list[tuple[str, str]], list[Word]]:
        """The variables that are set for a call alone, and its words."""
        env, words = list[tuple[str, str]](), list[Word]()
        for each in parts:
            if each.type == "variable_assignment" and not words:
                before = dict(self.look.scope.variables)
                env.append(self._assigned(each))
                self.look.scope.variables = before
            else:
                for piece in each.children if each.type == "command_name" else [each]:
                    words += self.words().expand(piece)
        return env, words

    def _without_reserved(self, words: list[Word], at: str) -> list[Word]:
        """``words`` without what the grammar took for the program or an argument: ``{ ... }``, ``! x``."""
        if words and (words[0].text, words[-1].text) == ("{", "}"):
            words = words[:-1]
        while words and words[0].text in RESERVED and not words[0].quoted:
            words = list(shell_writes.assigned(words[1:], at, self.look))
        return words
