"""Judges what deletes, empties, overwrites, or opens up files."""

from __future__ import annotations

import re

from dictation.shell.argv import Options, read
from dictation.shell.look import CAUTION, DANGER, UNKNOWN, Call, Look, Output, Word
from dictation.shell.paths import HUGE, INERT, kind, persistent, power, secret, tidy
from dictation.shell.rules_code import code
from dictation.shell.writing import target

LOST = {
    "root": "It deletes everything from the root down.", "home": "It deletes a whole home folder.",
        "system": "It deletes a folder of the system.",
    "above": "It reaches out of this folder.", "device": "It writes over a device.",
        "unset": "If the variable is empty, it deletes from the root.",
}  # fmt: skip


def _places(words: list[Word]) -> list[tuple[str, Word]]:
    return [(kind(each.text, each.guarded), each) for each in words]


def _operands(call: Call, valued: str = "") -> tuple[Options, list[Word]]:
    options = read(call.args, valued)
    left = list(options.rest)
    words = []
    for word in call.words:
        if left and word.text == left[0]:
            words.append(word)
            left.pop(0)
    return options, words


def remove(call: Call, look: Look) -> None:
    """rm, rmdir, unlink, shred, trash."""
    options, words = _operands(call, "-n -s --iterations --size --random-source" if call.name == "shred" else "")
    if options.has("--help", "--version") and len(call.args) == 1:
        return
    deep = options.has("-r", "-R", "--recursive") or call.name in ("srm", "wipe", "rimraf")
    lost = [(where, word) for where, word in _places(words) if where in HUGE]
    if call.name in ("rmdir", "trash", "trash-put", "gio", "trash-empty"):
        if call.name == "gio" and "--empty" not in call.args:
            return
        if lost or call.name in ("rmdir", "trash-empty", "gio"):
            look.note(
                DANGER if lost and call.name != "rmdir" else CAUTION,
                "deletes",
                "It removes a folder or empties the bin.",
                call.at,
            )
        return
    if lost and (deep or call.name in ("shred", "unlink", "rm")):
        wide = deep or any("*" in word.text for _, word in lost) or lost[0][0] not in ("above",)
        look.note(DANGER if wide else CAUTION, "recursive-delete" if deep else "deletes", LOST[lost[0][0]], call.at)
    elif call.name in ("shred", "srm", "wipe"):
        look.danger("shreds", "It destroys files beyond recovery.", call.at)
    elif deep:
        where = {each for each, _ in _places(words)}
        bad = where & {"here", "git", "inside", "outside"} or any(word.text in (".*", "*") for word in words)
        unknown = not words or "unknown" in where
        far = bad and not (
            where <= {"inside"}
            and all(
                re.search(r"/\.cache/.|/node_modules/?$|/build/?$|/dist/?$|/target/?$", word.text) for word in words
            )
        )
        level = DANGER if far or (unknown and {"xargs", "find"} & set(call.wrapped)) else CAUTION
        look.note(level, "recursive-delete", "It deletes folders with all they hold.", call.at)
    else:
        wide = (
            any(word.text in ("*", "*.*", ".*") or word.text.endswith("/*") for word in words)
            or "xargs" in call.wrapped
        )
        paths = any(secret(word.text) or kind(word.text) == "git" for word in words)
        look.note(
            DANGER if paths or (wide and (options.has("-f") or "xargs" not in call.wrapped)) else CAUTION,
            "deletes",
            "It deletes files for good.",
            call.at,
        )


def truncate(call: Call, look: Look) -> None:
    """truncate: cutting a file off; making a new one of a size is the same call."""
    options, words = _operands(call, "-s --size -r --reference -o")
    size = (options.value("-s", "--size") or [""])[0]
    for word in words:
        target(word.text, False, call.at, look)
    if not size.startswith(("+", ">")):
        look.caution("empties-file", "It cuts files off.", call.at)


def disk_dump(call: Call, look: Look) -> None:
    """dd: where it writes decides."""
    given = dict(each.split("=", 1) for each in call.args if "=" in each)
    path = given.get("of", "")
    if "network" in (call.feed.marks if call.feed else ()):
        look.caution("writes-files", "It writes what comes from the network.", call.at)
    if UNKNOWN in path or kind(path) == "device":
        look.danger("writes-device", "It writes over a disk or device.", call.at)
    elif path and path not in INERT:
        target(path, False, call.at, look)
        if kind(path) not in ("temp",):
            look.caution("overwrites", "It writes over a file.", call.at)


def copy(call: Call, look: Look) -> None:
    """cp, install, ln, rsync's plain case: what lands where."""
    options, words = _operands(call, "-t -S -m -o -g --target-directory --suffix --mode --owner --group")
    goals = options.value("-t", "--target-directory") or [word.text for word in words[-1:] if len(words) > 1]
    sources = [word.text for word in words if word.text not in goals]
    mode = (options.value("-m", "--mode") or [""])[0]
    if call.name == "install" and re.search(r"[4267]\d{3}|[ug]\+?s", mode) and len(mode) != 3:
        look.danger("privilege", "It makes a program that runs with its owner's rights.", call.at)
    for each in goals:
        if "/dev/null" in sources or "/dev/zero" in sources:
            look.danger("empties-file", "The file loses its content.", call.at)
        if persistent(each) and not re.search(r"\.local/bin/|/usr/local/bin/", tidy(each)):
            look.danger("persistence", "It changes what starts or who may do what.", call.at)
        elif kind(each) == "device" or power(each):
            look.danger("writes-device", "It writes over a device or an account file.", call.at)
        elif kind(each) in ("system", "root"):
            look.caution("writes-system", "It writes to a place of the system.", call.at)
    if any(persistent(each) or power(each) for each in sources) and call.name == "ln":
        look.caution("persistence", "It makes a second name for a start-up or account file.", call.at)
    if call.name == "ln" and options.has("-f", "--force"):
        look.caution("overwrites", "It replaces what stands at the link's place.", call.at)
    if call.name == "ln" and sources[:1] == ["/dev/null"]:
        look.danger("empties-file", "What is written there is lost from now on.", call.at)
    if any(re.search(r"/(?:ba|da|z)?sh$", each) for each in sources) and call.name in ("cp", "install"):
        look.caution("privilege", "It copies a shell.", call.at)
    if options.has("--remove-destination"):
        look.caution("overwrites", "It removes what is there first.", call.at)
    if call.name in ("cp", "gcp") and any(kind(each) in ("root", "home") for each in sources) and options.has("-r",
        "-R", "-a") and any("/mnt" in each or "/media" in each for each in goals) is False:  # fmt: skip
        look.caution("large", "It copies a whole home folder or more.", call.at)


def move(call: Call, look: Look) -> None:
    """mv, rename."""
    options, words = _operands(call, "-t -S --target-directory --suffix")
    goals = options.value("-t", "--target-directory") or [word.text for word in words[-1:]]
    copy(call, look)
    if call.name not in ("mv", "gmv", "zf_mv") and not options.has("-n", "--nono", "--no-act", "--dry-run"):
        look.caution("renames", "It renames many files.", call.at)
    if "/dev/null" in goals:
        look.danger("deletes", "What is moved there is lost.", call.at)
    for where, word in _places(words):
        if (
            where in HUGE
            and not (where == "above" and word is words[-1])
            and not (
                where == "above" and "*" not in word.text and word.text.count("/") > 0 and not word.text.endswith("..")
            )
        ):
            if word is words[-1] and where == "home":
                continue
            look.danger("moves-away", "It moves a place that programs rely on.", call.at)
        elif where == "git" or (word is not words[-1] and (persistent(word.text) or secret(word.text))):
            look.caution("moves-away", "It moves settings, keys or the repository's own files.", call.at)
    if options.has("-f", "--force") or "find" in call.wrapped or "xargs" in call.wrapped:
        look.caution("overwrites", "It replaces what stands at the new place.", call.at)
    goal = kind(goals[0]) if goals else ""
    if goal == "temp" and any(word.text in ("*", ".*", "./*") for word in words):
        look.caution("moves-away", "It moves everything here to a place that is cleared.", call.at)


def mode(call: Call, look: Look) -> None:
    """chmod, chown, chgrp, setfacl, chattr."""
    options, words = _operands(
        call, "--reference --from -m -x --modify" if call.name == "setfacl" else "--reference --from"
    )
    deep = options.has("-R", "--recursive")
    rest = [word.text for word in words]
    rights, paths = (rest[0], words[1:]) if rest else ("", [])
    if call.name == "chmod" and call.args[:1] and re.fullmatch(r"-[rwxst]+", call.args[0]):
        rights, paths = call.args[0], words
    lost = [where for where, _ in _places(paths) if where in HUGE]
    if call.name == "chattr":
        look.caution("locks-files", "It locks or unlocks files below the usual rights.", call.at)
        return
    if call.name == "chmod" and (re.search(r"(?:^|,)[ugoa]*\+[rwx]*s|^0?[2467]\d{3}$|^[ug]=\w*s", rights)):
        look.danger("privilege", "It makes a program that runs with its owner's rights.", call.at)
    elif lost and (deep or lost[0] not in ("home", "above")):
        look.danger("opens-system", "It changes who may use a place of the system.", call.at)
    elif call.name == "chmod" and re.search(
        r"^0?[0-7]?[0-7]?[2367]$|(?:^|,)[ugo]*[oa][ugoa]*[+=]\w*w|^\+\w*w|^a=rw|^ugo\+", rights
    ):
        wide = deep or any(secret(word.text) for word in paths)
        look.note(DANGER if wide else CAUTION, "opens-files", "Everybody on this machine may write there.", call.at)
    elif any(secret(word.text) or power(word.text) for word in paths) and not re.fullmatch(
        r"0?[4-7]00|[goa,]*-[rwx]+|go=|u=rwx?,go=|go-rwx", rights
    ):
        look.danger("opens-files", "It lets others read keys or change accounts.", call.at)
    elif call.name in ("chown", "chgrp") or deep:
        look.caution("changes-rights", "The old owners or rights are not kept.", call.at)
    elif call.name == "chmod" and re.search(r"^0?000$|^a?-[rwx]{2,}$|^a=$", rights):
        look.caution("changes-rights", "Nobody may use the files then.", call.at)
    elif call.name == "setfacl" or "find" in call.wrapped or "xargs" in call.wrapped:
        look.caution("changes-rights", "It changes the rights of many files.", call.at)


def sed(call: Call, look: Look) -> None:
    """sed: in place, its ``w`` and ``e`` commands."""
    options = read(call.args, "-e -f -l --expression --file")
    scripts = options.value("-e", "--expression") or options.rest[:1]
    files = options.rest if options.value("-e", "--expression", "-f") else options.rest[1:]
    if options.has("-i", "--in-place") or any(each.startswith(("-i", "--in-place")) for each in call.args):
        places = [kind(each) for each in files]
        if any(persistent(each) or power(each) for each in files) or set(places) & set(HUGE):
            look.danger("edits-system", "It changes files of the system or what starts by itself.", call.at)
        else:
            look.caution("edits-files", "It changes files in place, without a copy.", call.at)
    for script in scripts:
        if found := re.search(r"(?:^|[;{}\n]|\d|\$|/[gI]*)\s*e\s+(.+)", script):
            look.text(found[1], "bash", call.at)
            look.caution("runs-command", "sed starts another program.", call.at)
        elif re.search(
            r"(?:^|[;{}\n])\s*(?:\d+|\$|/[^/]*/)?\s*e\s*$|s(.)(?:(?!\1).)*\1(?:(?!\1).)*\1[gip\d]*e", script
        ):
            look.danger("runs-command", "sed runs what it reads as commands.", call.at)
        if found := re.search(r"(?:^|[;{}\n]|\d|\$|/[gpI\d]*)\s*[wW]\s+(\S+)", script):
            target(found[1], False, call.at, look)
            if found[1] not in INERT:
                look.caution("overwrites", "sed writes over a file.", call.at)


def tee(call: Call, look: Look) -> None:
    """tee: writing by another name."""
    options, words = _operands(call)
    for word in words:
        if word.text not in INERT:
            target(word.text, options.has("-a", "--append"), call.at, look, call.feed)
            look.scope.written[tidy(word.text)] = call.feed or Output()
            if word.text.startswith(("/dev/tcp/", "/dev/udp/")):
                look.danger("network-channel", "It opens a network connection.", call.at)


def sync(call: Call, look: Look) -> None:
    """rsync: deletion at the goal, remote shells, secrets sent away."""
    options, words = _operands(
        call,
        "-e --rsh --exclude --include --filter -f --rsync-path --files-from --bwlimit --log-file -T --password-file",
    )
    for text in options.value("-e", "--rsh", "--rsync-path"):
        look.text(text, "bash", call.at)
    away = bool(words) and (":" in words[-1].text.partition("/")[0] or words[-1].text.startswith("rsync://"))
    if away and any(secret(word.text) for word in words[:-1]):
        look.danger("leaks-secret", "It sends keys or passwords to another machine.", call.at)
    if options.has("-n", "--dry-run", "--list-only"):
        return
    if any(flag.startswith("--delete") or flag in ("--del", "--remove-source-files") for flag in options.flags):
        look.danger("mirrors", "It deletes at the goal what the source does not have.", call.at)
    elif words and not away:
        target(words[-1].text, True, call.at, look)


def editor(call: Call, look: Look) -> None:
    """vim, ex, ed, emacs, less: commands given on the line."""
    options = read(call.args, "-c --cmd -S --eval -u" + (" -e" if call.name.startswith("emacs") else ""))
    texts = [each for each in options.value("-c", "--cmd") if call.name not in ("code",)] + [
        each[1:] for each in call.args if each.startswith("+")
    ]
    feed = call.feed.text if call.feed and call.feed.text and call.name in ("ed", "ex", "vim", "vi") else ""
    for text in [*texts, *(feed.splitlines() if feed else [])]:
        if found := re.match(r":*\s*(?:silent!?\s*)?(?:%|\.)?(?:r|w|term\w*|read|write)?\s*!+\s*(.+)", text):
            look.text(found[1], "bash", call.at)
            look.caution("runs-command", "The editor starts another program.", call.at)
        elif re.search(r"system\s*\(|delete\s*\(|writefile|execute\b|py3?\b|lua\b|source\b|\bcall\b", text):
            look.text(" ".join(re.findall(r"['\"]([^'\"]*)['\"]", text)), "bash", call.at)
            look.caution("runs-command", "The editor runs code of its own.", call.at)
        elif re.search(r"%?(?:s/|d\b|g/)|\bwq?\b|\bx\b", text) and len(text) < 200:
            look.caution("edits-files", "The editor changes the file by itself.", call.at)
    if call.name in ("emacs", "emacsclient"):
        for text in options.value("--eval", "-e"):
            code(text, "lisp", call.at, look)
    for word in options.rest:
        if power(word) or (persistent(word) and word.startswith("/")):
            look.caution("edits-system", "It opens a file that decides what starts or who may do what.", call.at)


RULES = {
    **dict.fromkeys("rm rmdir unlink shred srm wipe trash trash-put trash-empty rimraf grm zf_rm zf_rmdir "
        "del-cli gio".split(), remove),
    **dict.fromkeys("cp install ln gcp zf_ln scp_local link symlink".split(), copy),
    **dict.fromkeys("mv gmv rename zf_mv zmv mmv perl-rename prename".split(), move),
    **dict.fromkeys("chmod chown chgrp setfacl chattr zf_chmod zf_chown chflags".split(), mode),
    **dict.fromkeys("sed gsed".split(), sed),
    **dict.fromkeys("vim vi nvim ex ed view rvim emacs emacsclient nano".split(), editor),
    "truncate": truncate, "dd": disk_dump, "tee": tee, "sponge": tee, "rsync": sync,
}  # fmt: skip
