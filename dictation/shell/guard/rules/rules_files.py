"""Judges what deletes, empties, overwrites, or opens up files."""

from __future__ import annotations

import re

from dictation.shell.guard.argv import Options, read
from dictation.shell.guard.bash.shell_writes import target
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look, Output, Word
from dictation.shell.guard.risky_places import HUGE, INERT, kind, persistent, power, secret, tidy

LOST = {
    "root": "It deletes everything from the root down.", "home": "It deletes a whole home folder.",
        "system": "It deletes a folder of the system.",
    "above": "It reaches out of this folder.", "device": "It destroys what is on a disk or device.",
        "unset": "If the variable is empty, it deletes from the root.",
}  # fmt: skip
MADE = re.compile(
    r"(?:^|/)(?:node_modules|build|_build|cmake-build-[\w-]+|dist|out|target|obj|coverage|htmlcov|__pycache__|\.?venv|"
    r"\.tox|\.next|\.nuxt|\.turbo|\.gradle|\.terraform|\.parcel-cache|\.\w+_cache|\.eggs|[\w.*-]+\.egg-info|DerivedData|"
    r"tmp|temp)(?:/\*)?$|/\.cache/."
)
"""Folders that a build makes again."""

MINE = ("project", "inside", "temp")


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
        made = words and all(where in MINE and MADE.search(tidy(word.text)) for where, word in _places(words))
        level = CAUTION if made or (words and {where for where, _ in _places(words)} == {"temp"}) else DANGER
        look.note(level, "recursive-delete", "It deletes folders with all they hold.", call.at)
    else:
        wide = (
            any(word.text in ("*", "*.*", ".*") or word.text.endswith("/*") for word in words)
            or "xargs" in call.wrapped
        )
        paths = any("paths" in word.marks or secret(word.text) or kind(word.text) == "git" for word in words)
        look.note(
            DANGER
            if paths
            or (wide and (not {"xargs"} & set(call.wrapped) or {"-f", "sudo"} & {*options.flags, *call.wrapped}))
            else CAUTION,
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
    if re.fullmatch(r"0\w*", size):
        level = CAUTION if all(word.text.endswith((".log", ".out", ".tmp")) for word in words) else DANGER
        look.note(level, "empties-file", "The file loses its content.", call.at)
    elif not size.startswith(("+", ">")):
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
        source = given.get("if", "")
        if re.fullmatch(r"/dev/(?:zero|u?random|full)", source) and "count" not in given:
            look.danger("fills-disk", "It writes without end until the disk is full.", call.at)
        elif source == "/dev/null":
            look.danger("empties-file", "The file loses its content.", call.at)
        elif kind(path) not in ("temp",):
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
            ours = re.match(r"/(?:usr/local|opt|srv|mnt|media|var/www|usr/share)(?:/|$)", tidy(each))
            look.note(CAUTION if ours else DANGER, "writes-system", "It writes to a place of the system.", call.at)
    if any(persistent(each) or power(each) for each in sources) and call.name == "ln":
        look.caution("persistence", "It makes a second name for a start-up or account file.", call.at)
    if call.name == "ln" and options.has("-f", "--force"):
        look.caution("overwrites", "It replaces what stands at the link's place.", call.at)
    if call.name == "ln" and sources[:1] == ["/dev/null"]:
        look.danger("empties-file", "What is written there is lost from now on.", call.at)
    if any(re.search(r"/(?:ba|da|z)?sh$", each) and "bin/" in each for each in sources) and call.name in (
        "cp",
        "install",
    ):
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
    if goal in ("temp", "above") and any(word.text in ("*", ".*", "./*") for word in words):
        look.caution("moves-away", "It moves everything that is here to another place.", call.at)


def mode(call: Call, look: Look) -> None:
    """chmod, chown, chgrp, setfacl, chattr."""
    options, words = _operands(
        call, "--reference --from -m -x --modify" if call.name == "setfacl" else "--reference --from"
    )
    deep = options.has("-R", "--recursive")
    if call.name == "chmod":  # +x is no option here
        words = [word for word in call.words if not word.text.startswith("-") or re.fullmatch(r"-[rwxst]+", word.text)]
    rest = [word.text for word in words]
    rights, paths = (rest[0], words[1:]) if rest else ("", [])
    if call.name == "setfacl" or options.value("--reference"):
        rights, paths = "", words
    lost = [where for where, _ in _places(paths) if where in HUGE]
    if call.name == "chattr":
        hidden = lost or any(power(word.text) for word in words)
        look.note(
            DANGER if hidden else CAUTION,
            "locks-files",
            "It locks or unlocks files, whatever their rights say.",
            call.at,
        )
        return
    if call.name == "chmod" and (re.search(r"(?:^|,)[ugoa]*\+[rwx]*s|^0?[2467]\d{3}$|^[ug]=\w*s", rights)):
        look.danger("privilege", "It makes a program that runs with its owner's rights.", call.at)
    elif lost and (deep or lost[0] not in ("home", "above")):
        look.danger("opens-system", "It changes who may use a place of the system.", call.at)
    elif call.name == "chmod" and re.search(
        r"^0?[0-7]?[0-7]?[2367]$|(?:^|,)[ugo]*[oa][ugoa]*[+=]\w*w|^\+\w*w|^a=rw|^ugo\+", rights
    ):
        many = deep or {"find", "xargs"} & set(call.wrapped)
        wide = many or any(secret(word.text) for word in paths)
        look.note(DANGER if wide else CAUTION, "opens-files", "Everybody on this machine may write there.", call.at)
    elif any(secret(word.text) or power(word.text) for word in paths) and not re.fullmatch(
        r"0?[4-7]00|[goa,]*-[rwx]+|go=|u=rwx?,go=|go-rwx", rights
    ):
        look.danger("opens-files", "It lets others read keys or change accounts.", call.at)
    elif call.name in ("chown", "chgrp") or (deep and not re.fullmatch(r"u\+[rwX]+", rights)):
        look.caution("changes-rights", "The old owners or rights are not kept.", call.at)
    elif call.name == "chmod" and re.search(r"^0?000$|^a?-[rwx]{2,}$|^a=$", rights):
        look.caution("changes-rights", "Nobody may use the files then.", call.at)
    elif call.name == "setfacl" or (
        {"find", "xargs"} & set(call.wrapped) and not re.fullmatch(r"[ugoa]*\+[rxX]+", rights)
    ):
        look.caution("changes-rights", "It changes the rights of many files.", call.at)


def tee(call: Call, look: Look) -> None:
    """tee: writing by another name."""
    options, words = _operands(call)
    for word in words:
        if word.text not in INERT:
            target(word.text, options.has("-a", "--append"), call.at, look, call.feed)
            look.scope.written[tidy(word.text)] = call.feed or Output()
            if call.feed and call.feed.text is not None and not call.feed.text.strip() and not options.has("-a"):
                look.danger("empties-file", "The file loses its content.", call.at)
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
    if away and any(kind(word.text) in ("home", "root", "system", "above") for word in words[:-1]):
        look.caution("sends-file", "It sends files of the home folder or the system away.", call.at)
    if any(flag.startswith("--delete") or flag in ("--del", "--remove-source-files") for flag in options.flags):
        look.danger("mirrors", "It deletes whatever the source does not have.", call.at)
    elif words and not away:
        target(words[-1].text, True, call.at, look)


RULES = {
    **dict.fromkeys("rm rmdir unlink shred srm wipe trash trash-put trash-empty rimraf grm zf_rm zf_rmdir "
        "del-cli gio".split(), remove),
    **dict.fromkeys("cp install ln gcp zf_ln scp_local link symlink".split(), copy),
    **dict.fromkeys("mv gmv rename zf_mv zmv mmv perl-rename prename".split(), move),
    **dict.fromkeys("chmod chown chgrp setfacl chattr zf_chmod zf_chown chflags".split(), mode),
    "truncate": truncate, "dd": disk_dump, "tee": tee, "sponge": tee, "rsync": sync,
}  # fmt: skip
