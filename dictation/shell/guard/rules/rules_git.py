"""Judges git: what is lost, what is forced on others, what runs."""

from __future__ import annotations

import re
import shlex

from dictation.shell.guard.argv import Options, after_options, read
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look
from dictation.spelled.lazy_regex import late

GLOBAL = "-C -c --git-dir --work-tree --namespace --super-prefix --config-env --exec-path"
EXECUTED = late(
    r"(?i)^(?:alias\.|core\.(?:pager|editor|sshcommand|fsmonitor|hookspath|gitproxy|askpass)|pager\.|"
    r"diff\..*(?:external|command|textconv)"
    r"|diff\.external|merge\..*driver|filter\..*|sequence\.editor|credential\.(?:.*\.)?helper|gpg\.(?:.*\.)?program|"
    r"difftool\.|mergetool\."
    r"|interactive\.difffilter|init\.templatedir|uploadpack\.|receive\.|protocol\.|browser\.|man\.|web\.|include|"
    r"url\..*insteadof|sendemail\.|tar\.|trailer\.)"
)
HOST = late(r"(?:://|@)([\w.-]+)")
HARMLESS = late(
    r"^(?:less|more|cat|delta|diff-so-fancy|bat|vim?|nvim|nano|emacs|code --wait|code|subl -w|store|cache(?: "
    r"--timeout[= ]\d+)?"
    r"|osxkeychain|manager(?:-core)?|libsecret|gpg2?|true|false|git-lfs \w+ .*|always|never|user|ssh(?: -i \S+)?(?: "
    r"-o \S+)*|meld|vimdiff|)$"
)
PATHLIKE = late(r"^(?:\.|\./.*|\.\./.*|.*/|\*.*|.*\*.*|:/.*|(?:.*/)?[\w-]*[A-Za-z][\w-]*\.[A-Za-z][A-Za-z0-9]{0,4})$")


def git(call: Call, look: Look) -> None:
    """One call of git."""
    args = call.args
    start = after_options(args, GLOBAL)
    aliases = _configured(args[:start], call.at, look)
    if start >= len(args):
        return
    name, rest = args[start], args[start + 1 :]
    if name in aliases and not aliases[name].startswith("!"):
        name, *rest = [*(aliases[name].split() or [name]), *rest]
    if rest[:1] in (["--help"], ["-h"]) or name in ("help", "version"):
        return
    _executed(name, rest, call.at, look)
    if judge := _COMMANDS.get(name):
        judge(rest, call.at, look)


def _configured(args: list[str], at: str, look: Look) -> dict[str, str]:
    """What the options before the subcommand set; the aliases among it."""
    options, aliases = read(args, GLOBAL), dict[str, str]()
    for each in options.value("-c", "--config-env"):
        key, _, value = each.partition("=")
        aliases |= _setting(key, value, at, look)
    if options.value("--exec-path"):
        look.caution("loads-code", "git takes its own programs from there.", at)
    return aliases


def _setting(key: str, value: str, at: str, look: Look) -> dict[str, str]:
    """A configured value that git would run; the alias it defines."""
    if not EXECUTED.match(key):
        return {}
    text = value.removeprefix("!")
    if re.match(r"(?i)url\..*insteadof$", key):
        if HOST.findall(key) != HOST.findall(value):
            look.danger("weakens", "git goes to another address than the one that is written.", at)
        return {}
    if key.lower().startswith("alias."):
        if value.startswith("!"):
            look.text(text, "bash", at)
        elif value:
            look.text(f"git {value}", "bash", at)
        return {key.partition(".")[2]: value}
    if not HARMLESS.match(text.strip()):
        look.text(text, "bash", at)
        look.caution("runs-command", "git runs this value as a command.", at)
    return {}


def _executed(name: str, rest: list[str], at: str, look: Look) -> None:
    """The commands that options and addresses of a subcommand run."""
    options = read(
        rest,
        "-x --exec --upload-pack --receive-pack --extcmd --open-files-in-pager -u --tree-filter --index-filter "
        "--template -c --config",
    )
    for text in options.value("--exec", "--upload-pack", "--receive-pack", "--extcmd", "--open-files-in-pager"):
        look.text(text, "bash", at)
        if name in ("clone", "fetch", "pull", "push", "ls-remote", "archive"):
            look.caution("runs-command", "It names the program that runs.", at)
    for text in options.value("-x") if name in ("rebase", "difftool") else ():
        look.text(text, "bash", at)
    if name == "clone":
        _cloned(options, at, look)
    if any(re.match(r"(?:ext|fd)::", each) for each in rest):
        look.danger("runs-command", "The address of the repository is a command.", at)


def _grep(rest: list[str], at: str, look: Look) -> None:
    """``grep -Oless``: the pager that opens the files."""
    if pager := next((each[2:] for each in rest if re.match(r"-O.", each)), ""):
        look.text(pager, "bash", at)


def _cloned(options: Options, at: str, look: Look) -> None:
    look.scope.cloned = True
    for each in options.value("-c", "--config"):
        key, _, value = each.partition("=")
        _setting(key, value, at, look)
    if options.has("--template"):
        look.caution("loads-code", "Hooks come from that folder.", at)


def _reset(rest: list[str], at: str, look: Look) -> None:
    if read(rest).has("--hard", "--merge", "--keep"):
        look.danger("discards-changes", "Changes that are not committed are lost.", at)


def _clean(rest: list[str], at: str, look: Look) -> None:
    options = read(rest, "-e --exclude")
    if options.has("-n", "--dry-run") or options.has("-i", "--interactive"):
        return
    if options.has("-f", "--force") or look.command != at:
        look.danger("deletes-untracked", "Files that git does not know are deleted.", at)
    else:
        look.caution("deletes-untracked", "Files that git does not know may be deleted.", at)


def _push(rest: list[str], at: str, look: Look) -> None:
    options = read(rest, "-o --push-option --repo --exec --receive-pack")
    if options.has("-n", "--dry-run"):
        return
    if options.has("--force", "--mirror", "--prune", "-f") or _forced(options, rest):
        look.danger("force-push", "It rewrites or deletes what others may have.", at)
    elif options.has("--delete", "-d"):
        look.danger("deletes-remote", "It deletes a branch or tag for everybody.", at)
    elif options.has("--force-with-lease", "--force-if-includes"):
        look.caution("force-push", "It rewrites the branch, if nobody else has pushed.", at)


def _forced(options: Options, rest: list[str]) -> bool:
    """Whether a branch is named so that it is replaced (``+main``) or deleted (``:main``)."""
    named = any(each.startswith("+") or re.match(r":[^/:]", each) for each in options.rest)
    return named or any(re.match(r"\+\S", each) for each in rest)


def _branch(rest: list[str], at: str, look: Look) -> None:
    options = read(rest, "-u --set-upstream-to --sort --format --contains --merged")
    if options.has("-D") or (options.has("-d", "--delete") and options.has("-f", "--force")):
        look.danger("deletes-branch", "Commits that are on no other branch are lost.", at)
    elif options.has("-f", "--force", "-M", "-C") and "-M" not in rest:
        look.caution("moves-branch", "It moves or replaces a branch.", at)
    elif options.has("-d", "--delete") and "xargs" in look.command:
        look.caution("deletes-branch", "It deletes many branches.", at)


def _checkout(rest: list[str], at: str, look: Look) -> None:
    options = read(rest, "-b -B --orphan --conflict")
    if options.has("-f", "--force"):
        look.danger("discards-changes", "Changes that are not committed are lost.", at)
    elif _takes_files(options, rest):
        look.danger("discards-changes", "Changes to these files are lost.", at)
    elif options.has("-B"):
        look.caution("moves-branch", "It moves a branch that may exist.", at)


def _takes_files(options: Options, rest: list[str]) -> bool:
    """Whether files are checked out, and no branch: by an option, behind ``--``, or as words that look like files."""
    if options.has("--theirs", "--ours") or "--pathspec-from-file" in options.flags:
        return True
    if "--" in rest and rest[-1] != "--":
        return True
    if options.has("-b", "--orphan", "-t", "--track", "-p", "--patch"):
        return False
    return len(options.rest) > 1 or any(map(PATHLIKE.match, options.rest))


def _switch(rest: list[str], at: str, look: Look) -> None:
    options = read(rest, "-c -C")
    if options.has("-f", "--force", "--discard-changes"):
        look.danger("discards-changes", "Changes that are not committed are lost.", at)
    elif options.has("-C", "--force-create"):
        look.caution("moves-branch", "It moves a branch that may exist.", at)


def _restore(rest: list[str], at: str, look: Look) -> None:
    options = read(rest, "-s --source")
    if options.has("-p", "--patch"):
        return
    if not options.has("-S", "--staged") or options.has("-W", "--worktree"):
        look.danger("discards-changes", "Changes to these files are lost.", at)


def _stash(rest: list[str], at: str, look: Look) -> None:
    if rest[:1] in (["drop"], ["clear"]):
        look.danger("drops-stash", "What was put aside is lost.", at)


def _reflog(rest: list[str], at: str, look: Look) -> None:
    if rest[:1] in (["expire"], ["delete"]):
        look.danger("erases-history", "The way back to lost commits is erased.", at)


def _collect(rest: list[str], at: str, look: Look) -> None:
    if any(re.match(r"--prune(?:=(?:now|all|\d+\.(?:second|minute|hour|day)s?.*))?$", each) for each in rest):
        look.danger("erases-history", "Lost commits can no longer be found.", at)


def _config(rest: list[str], at: str, look: Look) -> None:
    options = read(rest, "-f --file --blob --type --default")
    words = [each for each in options.rest if each not in ("set", "get", "list", "unset", "edit")]
    if len(words) >= 2 and not options.has("--get", "--unset"):
        _setting(words[0], words[1], at, look)
        if (re.match(r"(?i)core\.hookspath|http\.sslverify|receive\.|safe\.directory",
            words[0]) and words[1].lower() in ("false", "*", "0")) or words[0].lower() == "core.hookspath":  # fmt: skip
            look.danger("weakens", "It changes what git trusts or runs.", at)
    if options.has("--remove-section", "--unset-all"):
        look.caution("settings", "It removes settings.", at)


def _kept(word: str) -> str:
    return word if UNKNOWN in word else shlex.quote(word)


def _shelled(rest: list[str], at: str, look: Look) -> None:
    """``submodule foreach``, ``bisect run``: the rest is a command."""
    for mark in ("foreach", "run"):
        if mark in rest[:2]:
            words = [each for each in rest[rest.index(mark) + 1 :] if each not in ("--recursive", "--quiet")]
            look.text(words[0] if len(words) == 1 else " ".join(map(_kept, words)), "bash", at)


def _submodule(rest: list[str], at: str, look: Look) -> None:
    _shelled(rest, at, look)
    if rest[:1] == ["deinit"] or "--force" in rest:
        look.danger("discards-changes", "Changes in the submodule may be lost.", at)


def _flagged(level: str, code: str, message: str, *flags: str):  # type: ignore[no-untyped-def]
    """A judge that speaks up when one of ``flags`` is given, or always without any."""

    def judged(rest: list[str], at: str, look: Look) -> None:
        options: Options = read(rest)
        if not flags or options.has(*flags) or set(rest[:1]) & set(flags):
            look.note(level, code, message, at)

    return judged


_COMMANDS = {
    "reset": _reset, "clean": _clean, "push": _push, "branch": _branch, "checkout": _checkout, "switch": _switch,
        "restore": _restore, "grep": _grep,
    "stash": _stash, "reflog": _reflog, "gc": _collect, "config": _config, "submodule": _submodule, "bisect": _shelled,
    "filter-branch": _flagged(DANGER, "rewrites-history", "It rewrites every commit."),
    "filter-repo": _flagged(DANGER, "rewrites-history", "It rewrites every commit."),
    "prune": _flagged(CAUTION, "erases-history", "Lost commits can no longer be found."),
    "update-ref": _flagged(DANGER, "moves-branch", "It deletes or moves a branch without git's own checks."),
    "symbolic-ref": _flagged(CAUTION, "moves-branch", "It moves a branch without git's own checks.", "-d",
    "--delete", "-m"),
    "tag": _flagged(CAUTION, "deletes-tag", "It deletes or moves a tag.", "-d", "-f", "--delete", "--force"),
    "remote": _flagged(CAUTION, "changes-remote", "It changes where pushes go.", "remove", "rm", "set-url", "prune"),
    "worktree": _flagged(DANGER, "discards-changes", "Changes in that worktree may be lost.", "--force", "-f"),
    "rm": _flagged(CAUTION, "deletes", "It deletes files that may have changes.", "-f", "--force", "-r"),
    "fetch": _flagged(CAUTION, "moves-branch", "It moves branches of this repository.", "-f", "--force"),
    "checkout-index": _flagged(DANGER, "discards-changes", "Changes to files are lost.", "-f", "--force"),
    "read-tree": _flagged(DANGER, "discards-changes", "Changes to files are lost.", "-u", "--reset"),
    "replace": _flagged(CAUTION, "rewrites-history", "It puts one object in the place of another."),
    "lfs": _flagged(CAUTION, "deletes", "It deletes or rewrites stored files.", "prune", "migrate"),
    "rebase": _flagged(CAUTION, "rewrites-history", "It rewrites every commit.", "--root"),
    "mv": _flagged(CAUTION, "overwrites", "It replaces what stands at the new place.", "-f", "--force"),
    "merge": _flagged(CAUTION, "discards-changes", "It throws one side's work away.", "--allow-unrelated-histories"),
}  # fmt: skip


def _rm_cached(call: Call, look: Look) -> None:
    """``git rm --cached`` leaves the files where they are."""
    args = call.args
    start = after_options(args, GLOBAL)
    if args[start : start + 1] == ["rm"] and {"--cached", "-n", "--dry-run"} & set(args[start:]):
        return
    git(call, look)


RULES = {"git": _rm_cached, "hub": _rm_cached}
