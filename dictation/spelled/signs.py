"""The signs of a command line as they are said, in English and Chinese."""

from __future__ import annotations

from functools import lru_cache

ENGLISH = {
    "dash dash": "--", "double dash": "--", "hyphen hyphen": "--", "minus minus": "--", "two dashes": "--",
    "dash": "-", "hyphen": "-", "minus": "-",
    "dot dot dot": "...", "dot dot": "..", "dot": ".", "period": ".", "point": ".",
    "forward slash": "/", "slash": "/", "slash slash": "//", "back slash": "\\", "backslash": "\\",
    "double underscore": "__", "dunder": "__", "underscore": "_", "under score": "_",
    "colon": ":", "at sign": "@", "at": "@", "tilde": "~", "star": "*", "asterisk": "*", "equals": "=", "equal": "=",
    "equals sign": "=", "equal sign": "=", "plus": "+", "plus sign": "+", "comma": ",", "percent": "%",
    "percent sign": "%", "caret": "^", "dollar": "$", "dollar sign": "$", "hash": "#",
    "pipe": "|", "vertical bar": "|", "pipe to": "|", "pipe into": "|",
    "and and": "&&", "ampersand ampersand": "&&", "double ampersand": "&&", "double and": "&&",
    "or or": "||", "double pipe": "||", "pipe pipe": "||", "semicolon": ";", "semi colon": ";",
    "ampersand": "&",
    "greater than greater than": ">>", "double greater than": ">>", "append to": ">>", "redirect append": ">>",
    "greater than": ">", "greater than sign": ">", "redirect to": ">", "less than": "<", "less than sign": "<",
    "quote": '"', "unquote": '"', "end quote": '"', "open quote": '"', "close quote": '"', "single quote": "'",
    "double quote": '"', "open single quote": "'", "close single quote": "'", "open double quote": '"',
    "close double quote": '"', "quotes": '"', "double quotes": '"', "begin quote": '"', "start quote": '"',
    "quotation mark": '"', "single quotes": "'", "end single quote": "'", "end double quote": '"', "end quotes": '"',
    "open brace": "{", "close brace": "}", "left brace": "{", "right brace": "}", "open curly brace": "{",
    "close curly brace": "}", "open paren": "(", "close paren": ")", "left paren": "(", "right paren": ")",
    "open parenthesis": "(", "close parenthesis": ")", "open bracket": "[", "close bracket": "]",
    "left bracket": "[", "right bracket": "]", "question mark": "?", "exclamation mark": "!", "backtick": "`",
    "space": " ", "no space": "join",
    "cap": "cap", "capital": "cap", "uppercase": "cap", "upper case": "cap", "all caps": "caps",
    "camel case": "camel", "camel": "camel", "snake case": "snake", "snake": "snake", "kebab case": "kebab",
    "dash case": "kebab", "pascal case": "pascal",
}  # fmt: skip
"""What is said -> the sign, or the name of a way to write the words that follow."""

CHINESE = {
    "杠杠": "--", "横杠横杠": "--", "双横杠": "--", "双横线": "--", "两个横杠": "--", "两个杠": "--", "双杠": "--",
    "减减": "--", "两个减号": "--", "短横短横": "--", "短横线短横线": "--", "横线横线": "--", "双短横": "--",
    "中横线中横线": "--", "中划线中划线": "--", "双减号": "--",
    "杠": "-", "横杠": "-", "短横": "-", "短横线": "-", "中划线": "-", "中横线": "-", "连字符": "-", "横线": "-",
    "减号": "-", "小横杠": "-", "减": "-",
    "点点": "..", "点": ".", "句点": ".", "小数点": ".",
    "斜杠": "/", "斜线": "/", "正斜杠": "/", "反斜杠": "\\", "斜杠斜杠": "//", "双斜杠": "//",
    "双下划线": "__", "两个下划线": "__", "下划线": "_", "下横线": "_", "底线": "_",
    "冒号": ":", "艾特": "@", "艾特符号": "@", "波浪线": "~", "波浪号": "~", "波浪": "~", "星号": "*", "星": "*",
    "等号": "=", "等于": "=", "等于号": "=", "加号": "+", "加": "+", "逗号": ",", "百分号": "%",
    "尖号": "^", "脱字符": "^", "美元符号": "$", "美元": "$", "井号": "#",
    "竖线": "|", "管道": "|", "管道符": "|", "竖杠": "|", "与与": "&&", "并且符号": "&&", "双与号": "&&", "和和": "&&",
    "或或": "||", "双竖线": "||", "竖线竖线": "||", "分号": ";", "与号": "&",
    "大于号大于号": ">>", "双大于号": ">>", "两个大于号": ">>", "大于大于": ">>", "追加到": ">>", "双大于": ">>",
    "大于号": ">", "大于": ">", "重定向到": ">", "小于号": "<", "小于": "<",
    "引号": '"', "双引号": '"', "单引号": "'", "左引号": '"', "右引号": '"', "前引号": '"', "后引号": '"',
    "左双引号": '"', "右双引号": '"', "左单引号": "'", "右单引号": "'", "引号开始": '"', "引号结束": '"',
    "左大括号": "{", "右大括号": "}", "左花括号": "{", "右花括号": "}", "左括号": "(", "右括号": ")",
    "左小括号": "(", "右小括号": ")", "左中括号": "[", "右中括号": "]", "左方括号": "[", "右方括号": "]",
    "问号": "?", "感叹号": "!", "反引号": "`", "回车": "\n", "换行": "\n",
    "空格": " ", "不要空格": "join", "没有空格": "join", "连写": "join",
    "大写": "cap", "全大写": "caps", "驼峰": "camel", "小驼峰": "camel", "大驼峰": "pascal", "下划线连接": "snake",
    "横杠连接": "kebab",
}  # fmt: skip

WRITTEN = {
    "--": "--", "-": "-", "—": "--", "–": "-", ".": ".", "..": "..", "/": "/", "//": "//", "\\": "\\", "_": "_",
    ":": ":", "@": "@", "~": "~", "*": "*", "=": "=", "+": "+", "%": "%", "^": "^", "$": "$", "#": "#", "|": "|",
    "&&": "&&", "||": "||", ";": ";", "&": "&", ">": ">", ">>": ">>", "<": "<", '"': '"', "'": "'",
}  # fmt: skip
"""Signs that the recogniser already wrote, standing alone."""

OPERATORS = frozenset(("|", "&&", "||", ";", ">", ">>", "<"))
"""Signs between words that are neither attached nor part of a word."""

WAYS = frozenset(("cap", "caps", "camel", "snake", "kebab", "pascal"))
"""Ways to write what follows."""

LONGEST_ENGLISH = max(len(said.split()) for said in ENGLISH)


@lru_cache(maxsize=1)
def longest_chinese() -> int:
    """The most characters a Chinese name of a sign has."""
    return max(map(len, CHINESE))


def write_as(way: str, words: list[str]) -> str:
    """``words`` in one: camelCase, snake_case, kebab-case, PascalCase, or capitals."""
    low = [word.lower() for word in words]
    if way == "cap":
        return "".join(word[:1].upper() + word[1:] for word in words)
    if way == "caps":
        return "".join(word.upper() for word in words)
    if way == "camel":
        return low[0] + "".join(word.capitalize() for word in low[1:])
    if way == "pascal":
        return "".join(word.capitalize() for word in low)
    return ("_" if way == "snake" else "-").join(low)
