"""Writes the names of the project in front: "open user session" -> ``user_session.py``.

An ordinary word that is also a name here is not enough: a spoken symbol, a word that goes with files or code beside it,
or signs of developer talk must say that the name is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dictation.language.code.named_project import Project
from dictation.language.code.vocabulary import FUNCTION
from dictation.language.line_edits import Change, Sheet
from dictation.language.terms.lists.cues import talk
from dictation.language.terms.lists.lexicon import lexicon
from dictation.spelled.lazy_regex import late
from dictation.spelled.wordlist import in_order, words

_PARTS = late(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_TOKEN = late(r"[A-Za-z]+(?:'[a-z]+)?|[0-9]+|反斜杠|斜杠|下划线|点|横杠|杠|艾特")
_GAP = late(r"[^\S\n]*")
_SIGNS = {
    "dot": ".", "点": ".", "underscore": "_", "下划线": "_", "slash": "/", "斜杠": "/", "dash": "-", "hyphen": "-",
    "杠": "-", "横杠": "-",
}  # fmt: skip
_HEARD = {"pie": "py", "jason": "json", "yamel": "yaml", "tee": "t"}
_LONGEST = 12
_OPENS = words(
    "open edit close view show read cat vim nano less head tail diff revert delete rename remove touch file "
    "checkout stage"
)
_OPENS_ZH = in_order("打开 编辑 修改 查看 看看 看一下 看下 改一下 改 看 关掉 关闭 删除 删掉 重命名 文件 新建 读一下")
_FILE_AFTER = in_order("文件 这个文件 这个模块")
_ARTICLES = words("the a an this that our my")
_LEAD_TO = words("please and then now just also to lets let's you git")
_NAMES_BEFORE = words(
    "class function method call calls calling component struct interface type variable field module hook enum"
)
_NAMES_BEFORE_ZH = in_order("函数 方法 类 组件 变量 接口 调用 字段 结构体 模块 用 给 把 在 继承 实现 引用 导入 定义")
_NAMES_AFTER = words(
    "function method class component struct interface module hook object instance variable field returns throws "
    "test tests endpoint"
)
_NAMES_AFTER_ZH = in_order(
    "函数 方法 这个函数 这个方法 这个类 类 组件 变量 接口 字段 结构体 模块 对象 里 报错 的 抛 返回 没有"
)
_TYPES_AFTER = in_order("函数 方法 这个函数 这个方法 这个类 这个组件 类 组件 接口 结构体")
_ONE_OF_MANY = words("a an another any")
"""Before these words the thing is meant, not its name."""
_BARE = words("at in open see check fix of for from into")
_AT_AFTER = words(
    "fix check read explain refactor update review open see in and with from use to edit test please ask of add "
    "change rewrite document improve debug compare"
)


def _parts(name: str) -> list[str]:
    return [part.lower() for part in _PARTS.findall(name)]


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    low: str
    sign: str


def write_names(sheet: Sheet, project: Project, blocked: frozenset[tuple[str, str]] = frozenset()) -> None:
    """Writes what is surely a name of the project; the longest at each place."""
    changes = [change for run in _runs(sheet) for change in _names(sheet.text, run, project)]
    changes = [each for each in changes if (sheet.text[each.start : each.end].lower(), each.new.lower()) not in blocked]
    sheet.change("path", [each for each in changes if _is_file(each.new)])
    sheet.change("terms", [each for each in changes if not _is_file(each.new)])


def _is_file(name: str) -> bool:
    return "." in name or "/" in name


def _names(text: str, run: list[_Token], project: Project) -> Iterator[Change]:
    """The names in ``run``; the longest at each place."""
    at = 0
    while at < len(run):
        for last in range(min(len(run), at + _LONGEST), at, -1):
            if (change := _name(text, run, at, last, project)) is not None:
                yield change
                at = last
                break
        else:
            at += 1


def _runs(sheet: Sheet) -> Iterable[list[_Token]]:
    """Words and spoken symbols with nothing but blanks between them."""
    run: list[_Token] = []
    for found in _TOKEN.finditer(sheet.text):
        if not sheet.free(found.start(), found.end()):
            continue
        if run and _GAP.fullmatch(sheet.text, run[-1].end, found.start()) is None:
            yield run
            run = []
        low = found[0].lower()
        run.append(_Token(found.start(), found.end(), low, _SIGNS.get(low, "")))
    if run:
        yield run


def _name(text: str, run: list[_Token], first: int, last: int, project: Project) -> Change | None:
    at = run[first].low in ("at", "艾特") and last - first > 1
    tokens = run[first + at : last]
    said = _said(tokens)
    key = "".join(said)
    signs = sum(bool(each.sign) for each in tokens)
    if len(key) < 4 or (last - first == 1) or (signs == 0 and {said[0], said[-1]} & FUNCTION):
        return None
    path = _path(key, signs, project)
    start, end = run[first].start, run[last - 1].end
    if at:
        sure = path and _addressed(run, first, said, signs, key) and _spaced(text, start)
        return Change(start, end, "@" + _whole(path, project), lock=True) if sure else None
    if path and (signs or _about_file(text, run, first, last)) and not _typed(text, end, key, project):
        return _change(text, start, end, path)
    return _identifier(text, run, (first, last), project.by_name.get(key), said)


def _typed(text: str, end: int, key: str, project: Project) -> bool:
    """Whether an identifier is named, and what follows at ``end`` says that it is no file: 这个函数."""
    return key in project.by_name and text.startswith(_TYPES_AFTER, end + _blank(text, end))


def _identifier(
    text: str, run: list[_Token], span: tuple[int, int], name: str | None, said: list[str]
) -> Change | None:
    """The identifier ``name`` for the tokens of ``span``, where a sign or what stands around them says it is meant."""
    first, last = span
    signs = any(each.sign for each in run[first:last])
    if name is None or len(_parts(name)) < 2 or (len(said) == 1 and not signs):
        return None
    evident = signs or _about_code(text, run, first, last, name, said)
    return _change(text, run[first].start, run[last - 1].end, name) if evident else None


def _addressed(run: list[_Token], first: int, said: list[str], signs: int, key: str) -> bool:
    """Whether "at" and a file's name address the file: "fix at user session"."""
    lone = not first or run[first - 1].low in _AT_AFTER
    return lone and bool(len(said) > 1 or signs or (len(key) > 6 and lexicon().cost(key) > 60))


def _said(tokens: list[_Token]) -> list[str]:
    """The words of ``tokens``, endings as they are meant; none where a sign stands at either end."""
    if tokens[0].sign or tokens[-1].sign or tokens[0].low == "at":
        return []
    found = []
    for place, each in enumerate(tokens):
        if not each.sign:
            found.append(_HEARD.get(each.low, each.low) if place and tokens[place - 1].sign == "." else each.low)
    return found


def _whole(path: str, project: Project) -> str:
    """The full path of the file that ``path`` ends."""
    return next((each for each in project.files if each == path or each.endswith("/" + path)), path)


def _change(text: str, start: int, end: int, name: str) -> Change | None:
    return None if text[start:end] == name else Change(start, end, name, lock=True)


def _spaced(text: str, start: int) -> bool:
    """Whether an @ may stand there: not within a word."""
    return not start or not (text[start - 1].isascii() and text[start - 1].isalnum())


def _path(key: str, signs: int, project: Project) -> str:
    """The one file that the words name: its name alone, or as much of its path as was said."""
    named = project.by_stem.get(key, ())
    names = {path.rpartition("/")[2] for path in named}
    if len(names) == 1:
        return next(iter(names))
    return project.by_path.get(key, "") if signs else ""


def _about_file(text: str, run: list[_Token], first: int, last: int) -> bool:
    """Two words or more, between "open" and the end of the phrase, or with "file" after them."""
    if last - first < 2:
        return False
    before, after = _before(run, first), _after(run, last)
    if after in ("file", "module") or text.startswith(_FILE_AFTER, run[last - 1].end + _blank(text, run[last - 1].end)):
        return True
    opened = (before in _OPENS and _orders(run, first)) or text[: run[first].start].rstrip().endswith(_OPENS_ZH)
    return opened and _ends_there(run, last)


def _orders(run: list[_Token], first: int) -> bool:
    """Whether the verb before is an order: "open ...", "please open ...", not "doors that open"."""
    at = first - 1
    while at >= 0 and run[at].low in _ARTICLES:
        at -= 1
    return at <= 0 or run[at - 1].low in _LEAD_TO


def _about_code(text: str, run: list[_Token], first: int, last: int, name: str, said: list[str]) -> bool:
    """Whether what stands around the tokens says that the identifier ``name`` is meant."""
    start, place = run[first].start, run[last - 1].end
    capital = name[:1].isupper() or re.search("[a-z][A-Z]", name) is not None
    if text.strip(" .。") == text[start:place]:
        return capital
    strength = talk(text[:start] + "\n" + text[place:])
    if _beside_kind(text, run, first, last):
        return strength >= 0.5 or capital
    before = run[first - 1].low if first else ""
    rare = sum(lexicon().cost(word) for word in said) >= 38 * len(said)
    if not capital or not rare or before in _ONE_OF_MANY or not _ends_there(run, last):
        return False
    return strength >= 1 or (before in _BARE and len("".join(said)) > 11)


def _beside_kind(text: str, run: list[_Token], first: int, last: int) -> bool:
    """Whether a word for a kind of code stands beside: "class", "method", 函数."""
    if _before(run, first) in _NAMES_BEFORE or _after(run, last) in _NAMES_AFTER:
        return True
    place = run[last - 1].end
    led = text[: run[first].start].rstrip().endswith(_NAMES_BEFORE_ZH)
    return led or text.startswith(_NAMES_AFTER_ZH, place + _blank(text, place))


def _ends_there(run: list[_Token], last: int) -> bool:
    """Whether no word of meaning follows."""
    after = _after(run, last)
    return not after or after in FUNCTION or not after.isascii()


def _before(run: list[_Token], first: int) -> str:
    """The word before, past an article."""
    at = first - 1
    while at >= 0 and run[at].low in _ARTICLES:
        at -= 1
    return run[at].low if at >= 0 else ""


def _after(run: list[_Token], last: int) -> str:
    return run[last].low if last < len(run) else ""


def _blank(text: str, at: int) -> int:
    """How many blanks stand at ``at``."""
    found = _GAP.match(text, at)
    return found.end() - at if found else 0
