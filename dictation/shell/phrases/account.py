"""Accounts for the words of a request: what a restricting word asks for must be in the command.

A wording says which concepts belong to a command and lets small words pass. A word that restricts what is asked
("named", "without", "hidden", "directories") is none of these: it is accounted for where the wording requires its
concept, where it leads to a name that the command holds, or where the command itself shows it (``restrictions.tsv``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dictation.shell.phrases.phrase_words import Token
from dictation.shell.phrases.restrictions import Restriction, by_form, tools
from dictation.spelled import programs
from dictation.spelled.lazy_regex import late
from dictation.spelled.wordlist import words

SOFT_USE, OPTIONAL, REQUIRED, SLOT = "soft", "optional", "required", "slot"

_PLACES = words("path dir folder file doc archive script yaml media stream testfile dest remote skip")
"""Slots that a file or a folder fills, so that "the file a.txt" names one and asks for nothing more."""

_FOLDERS = frozenset(
    ("directories", "folders", "sub directories", "sub folders", "subdirectories", "subfolders", "所有目录",
     "所有文件夹", "哪些目录")
)  # fmt: skip
_CONTENT_ONLY = late(r"^(?:cat|head|tail|less|tac|type|Get-Content) ")
_SMALL = words("_ current on for all file folder")
_FOLDER_SHOWN = late(
    r"-type d|(?:^|\s)-d\b|-Directory|/ad\b|\btree\b|\bdu\b|mkdir|rmdir|\bmd\b|cd \.\.|cd \{up\}|diff -r"
)
_FOLDER_WHOLE = late(
    r"\bcd\b|pwd|Get-Location|rm -r|cp -r|scp -r|mv |zip -r|tar |xdg-open|open \.|explorer|code \."
    r"|git add \.|ls$|^ls |dir$"
    r"|Get-ChildItem|http\.server|docker build|git init|python3? -m venv|Remove-Item|Copy-Item|Move-Item|xcopy|ln -s"
    r"|git clean|find .* -type f|grep -\w*r|findstr|\{up\}|nodemodules|node_modules|Compress|chmod|chown|ruff|black"
    r"|Rename-Item|ren |git (?:restore|status|stash)|\{pack\}|chmod"
)
_LINES_ONLY = late(r"^grep -\w*[nc]\w*\b(?!.*-\w*l)|^wc -\w|Select-String(?!.*-List)|^findstr (?!.*/m)|^sed -i")
_DOT = late(r"(?:^|\s)\.(?:\s|$|/)|Get-ChildItem|http\.server")
_GENERAL = words(
    "同步 更新 上传 同步一下 更新一下 sync synchronize synchronise update upload publish send get grab build make"
)
"""Verbs that mean nothing in particular without their object."""

_JOINING = words("and then 并 并且 然后 再 接着 以及 和 跟 与 plus")
_LEAVES_OUT = words("without except excluding exclude ignoring skipping 除了 排除 除外 以外")

_LEAVES_THINGS = words("except excluding exclude 除了 排除 除外 以外 之外")
_DEEDS = words("switch commit push run install delete overwrite verify ask start background fastforward save")

_DENIED = words("drop delete discard lose edit message merge")
"""What "without" denies where it does not leave anything out: "without dropping it"."""

_DOES = words(
    """add stage edit modify create delete remove move copy discard save rename install update upgrade kill stop
    restart put
    添加 删除 删掉 删 创建 新建 移动 复制 安装 升级 丢弃 保存 重命名"""
)
"""Verbs that no request to look at something begins with."""

_LEADS = words("with having has have containing contains whose matching")
"""Words behind which something has to come that the command holds; "what branches do i have" ends with one."""

_INWARDS = words("里 里面 中 内 下 下面 之内 在 底下 里的 里面的 中的 下的 里边 上")


@dataclass(frozen=True, slots=True)
class Use:
    """What one word of a request was used for: ``kind`` is soft, optional, required or slot; ``name`` the slot."""

    kind: str
    name: str = ""
    concepts: frozenset[str] = frozenset()
    place: int = -1
    """Where the wording has it."""


def unexplained(pieces: Sequence[Token], uses: Sequence[Use], template: str, *, reading: bool) -> Token | None:
    """The first word of ``pieces`` that restricts what is asked and that nothing in ``template`` comes from."""
    whole = _doing(pieces, uses) if reading else _lost_verb(pieces, uses)
    if whole is not None:
        return whole
    for at, piece in enumerate(pieces):
        joins = uses[at].kind == SOFT_USE and piece.low in _JOINING
        if joins and (not _in_order(at, uses) or _two_things(at, pieces, uses)):
            return piece
    return next((piece for at, piece in enumerate(pieces) if not _explained(at, pieces, uses, template)), None)


def _lost_verb(pieces: Sequence[Token], uses: Sequence[Use]) -> Token | None:
    """The word that stands where a request to do something has its verb, and is none."""
    if _begins_with_a_name(pieces, uses):
        return pieces[0]
    alone = _alone(pieces, uses)
    return alone if alone is not None and alone.low in _GENERAL else None


def _explained(at: int, pieces: Sequence[Token], uses: Sequence[Use], template: str) -> bool:
    piece, use = pieces[at], uses[at]
    if use.kind == SLOT:
        return use.name not in _PLACES or piece.kind != "word" or not _says_how(piece.low)
    restrictions_of_it = by_form().get(piece.low, ())
    if not all(_restricted(each, at, pieces, uses, template) for each in restrictions_of_it):
        return False
    if not _kind_shown(at, pieces, uses, template):
        return False
    if use.kind == OPTIONAL and "called" in use.concepts:
        return _leads(at, pieces, uses)
    return use.kind != SOFT_USE or _may_pass(at, pieces, uses)


def _says_how(word: str) -> bool:
    """ "recursively" says how something is done: no place is called so."""
    return word.endswith("ly") and word in by_form()


def _tool_shown(piece: Token, template: str) -> bool:
    """Whether a program that was named is in the command: "tar the folder" is no zip."""
    tool = tools().get(piece.low)
    return tool is None or bool(tool.search(template))


def _kind_shown(at: int, pieces: Sequence[Token], uses: Sequence[Use], template: str) -> bool:
    """Whether the tool, the folder, the file or the place that the word says is what the command is about."""
    means = pieces[at].means
    if not _tool_shown(pieces[at], template):
        return False
    if "folder" in means and not _folder(at, pieces, uses, template):
        return False
    if "file" in means and not _file(at, pieces, uses, template):
        return False
    here = "to" in means and uses[at].kind != REQUIRED and _here(at, pieces, uses)
    return not here or bool(_DOT.search(template))


def _may_pass(at: int, pieces: Sequence[Token], uses: Sequence[Use]) -> bool:
    """Whether the command may do without the word."""
    piece = pieces[at]
    if piece.kind == "word" and at and len(piece.text) > 1 and piece.text.isupper():
        return False  # "lines with OK in them": written in capitals it is a word of the matter
    if piece.low not in _LEADS and "called" not in piece.means:
        return True
    return _leads(at, pieces, uses) or (piece.low in ("have", "has") and at == len(pieces) - 1)


def _restricted(each: Restriction, at: int, pieces: Sequence[Token], uses: Sequence[Use], template: str) -> bool:
    use = uses[at]
    if use.kind == REQUIRED:
        return pieces[at].low not in _LEAVES_THINGS or not _deed_behind(at, uses)
    if each.name == "not" and _denies(at, pieces, uses):
        return True
    return bool(each.shown.search(template))


def _deed_behind(at: int, uses: Sequence[Use]) -> bool:
    """Whether a deed follows: "except" leaves out a thing, and no deed."""
    ahead = next((later for later in uses[at + 1 :] if later.kind != SOFT_USE), None)
    return ahead is not None and bool(ahead.concepts & _DEEDS)


def _denies(at: int, pieces: Sequence[Token], uses: Sequence[Use]) -> bool:
    """Whether the wording itself denies what follows: "apply the stash and do not drop it"."""
    use = uses[at]
    if use.kind != OPTIONAL or "not" not in use.concepts:
        return False
    ahead = next((later for later in uses[at + 1 :] if later.kind != SOFT_USE), None)
    if ahead is None or ahead.kind == SLOT:
        return False
    return pieces[at].low not in _LEAVES_OUT or bool(ahead.concepts & _DENIED)


def _leads(at: int, pieces: Sequence[Token], uses: Sequence[Use]) -> bool:
    """Whether what follows the word is in the command: "named x", "with pip"."""
    for ahead in range(at + 1, len(pieces)):
        if uses[ahead].kind in (SLOT, REQUIRED):
            return True
        if uses[ahead].kind == OPTIONAL and not pieces[ahead].means & _SMALL:
            return True
        if pieces[ahead].text.isupper() and len(pieces[ahead].text) > 1:
            return False
        if not pieces[ahead].means & _SMALL:
            return False
    return at > 0 and uses[at - 1].kind == SLOT  # "web 名字"


def _here(at: int, pieces: Sequence[Token], uses: Sequence[Use]) -> bool:
    """Whether "to" leads to the folder the user is in."""
    seen = ""
    for ahead in range(at + 1, len(pieces)):
        if uses[ahead].kind in (SLOT, REQUIRED):
            return False
        if "current" in pieces[ahead].means:
            seen = "current"
        elif "folder" in pieces[ahead].means:
            return seen == "current"
        elif not pieces[ahead].means & words("_"):
            return False
    return False


def _place_before(at: int, pieces: Sequence[Token]) -> bool:
    """Whether "in" or the like stands before the word, or its Chinese form behind it."""
    for back in range(at - 1, -1, -1):
        means = pieces[back].means
        if means & words("in to from on into than") and pieces[back].kind == "word":
            return True
        if pieces[back].low in ("在", "从", "到", "进", "进入"):
            return True
        if not means & words("_ current all file folder home root parent previous project code each what that"):
            break
    behind = pieces[at + 1] if at + 1 < len(pieces) else None
    return behind is not None and behind.low in _INWARDS


def _beside_a_place(at: int, pieces: Sequence[Token], uses: Sequence[Use]) -> bool:
    """Whether the word says what a name beside it is: "the folder src", "src 这个目录"."""
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(pieces):
            if uses[other].kind == SLOT:
                if uses[other].name in _PLACES:
                    return True
                break
            if pieces[other].means & words("current home root parent previous old new one up"):
                return True
            if not pieces[other].means & words("_ called for"):
                break
            other += step
    return False


def _folder(at: int, pieces: Sequence[Token], uses: Sequence[Use], template: str) -> bool:
    several = pieces[at].low in _FOLDERS
    wanted = words("folders") if several else words("folder folders project tree")
    if uses[at].kind == REQUIRED and uses[at].concepts & wanted:
        return True
    if _FOLDER_SHOWN.search(template):
        return True
    if several and not _with_files(at, pieces):
        return False
    whole = _FOLDER_WHOLE.search(template) and not (several and "-type f" in template)
    return bool(whole) or _beside_a_place(at, pieces, uses) or _place_before(at, pieces)


def _with_files(at: int, pieces: Sequence[Token]) -> bool:
    """ "files and folders"."""
    return any("file" in each.means for each in pieces[max(0, at - 3) : at + 4])


def _file(at: int, pieces: Sequence[Token], uses: Sequence[Use], template: str) -> bool:
    """Whether files that are asked for are what the command is about, and not lines in them."""
    if pieces[at].low == "files" and uses[at].kind == SOFT_USE and _CONTENT_ONLY.search(template):
        return False  # "list files in /etc" shows no content
    if pieces[at].low == "file" and template.startswith("ls {dir}"):
        return False
    if not _LINES_ONLY.search(template):
        return True
    if _place_before(at, pieces) or _beside_a_place(at, pieces, uses):
        return True
    return uses[at].kind == REQUIRED and uses[at].concepts <= words("file file_names change code kind")


def _in_order(at: int, uses: Sequence[Use]) -> bool:
    """Whether two deeds that "and" joins stand in the wording as they were said: "tag v1 and push" is no "push tag"."""
    before = [use.place for use in uses[:at] if use.kind == REQUIRED]
    after = [use.place for use in uses[at + 1 :] if use.kind == REQUIRED]
    return not before or not after or max(before) < max(after)


def _two_things(at: int, pieces: Sequence[Token], uses: Sequence[Use]) -> bool:
    """Whether "and" joins a name and a program that the wording takes for the tool: "uninstall axios and npm"."""
    last = at == len(pieces) - 2
    return last and at > 0 and uses[at - 1].kind == SLOT and pieces[-1].low in programs.known()


def _doing(pieces: Sequence[Token], uses: Sequence[Use]) -> Token | None:
    """The verb of a request that is to do something, where the wording only looks: "add all files", 把文件暂存."""
    if any("show" in piece.means for piece in pieces):
        return None
    first = next((at for at, use in enumerate(uses) if use.kind != SOFT_USE), 0)
    marked = next((piece for piece in pieces if piece.low in ("把", "将")), None)
    return marked or (pieces[first] if pieces[first].low in _DOES else None)


def _alone(pieces: Sequence[Token], uses: Sequence[Use]) -> Token | None:
    """The only word that is no small one, if there is but one."""
    used = [piece for piece, use in zip(pieces, uses, strict=True) if use.kind != SOFT_USE]
    return used[0] if len(used) == 1 else None


def _begins_with_a_name(pieces: Sequence[Token], uses: Sequence[Use]) -> bool:
    """Whether an English request to do something begins with a name: it begins with its verb ("Browse ...")."""
    if not pieces or uses[0].kind != SLOT or pieces[0].kind != "word":
        return False
    if any(each.kind == "han" for each in pieces) or re.search(r"[\W_\d]", pieces[0].text):
        return False
    return len(pieces) > 1
