"""Chinese numbers become digits where something shows that digits are meant: 版本三点一一 -> 版本 3.11."""

from __future__ import annotations

import re
from collections.abc import Callable

from dictation.language.line_edits import Change, Sheet
from dictation.language.terms.lists.cues import talk
from dictation.spelled.lazy_regex import late
from dictation.spelled.numbers import DIGITS, chinese_digits, chinese_value

_N = "零〇一二两三四五六七八九十百千万幺"
_D = "零〇一二三四五六七八九幺"
_HINT = late(f"[{_N}]")

_VERSIONED = (
    "Python|Node|Java|JDK|Vue|React|Angular|Django|Go|Golang|PHP|Ruby|Rails|Kotlin|Swift|TypeScript|GPT|Qwen|Llama|"
    "DeepSeek|Gemini|Claude"
    "|Opus|Sonnet|Haiku|GLM|Kimi|Ubuntu|Debian|CentOS|MySQL|PostgreSQL|Redis|Kubernetes|CUDA|PyTorch|TensorFlow|"
    "Spring Boot|Next.js|Webpack"
    "|Vite|ES|HTTP|TLS|iOS|Android|Windows|macOS|Whisper|Nuxt|Electron|Rust|Lua|Perl|Scala|Gradle|Maven|MongoDB|"
    "Elasticsearch|Tailwind|Bootstrap"
    "|C\\+\\+|H|Svelte|Flutter|Dart|Unity|Unreal|Blender|Pydantic|Laravel|Fedora|Alpine|OpenSSL|Nginx|Hadoop|Spark|"
    "Kafka|Celery|pip|npm|pnpm|yarn|IPv|RTX|A|V|v"
)
_POINT_LEAD = (
    rf"(?:版本号?|版|升级到|升到|降到|降级到|回退到|更新到|切到|换成|发布|{_VERSIONED})"
    r"(?:是|为|到|成|用|的|要|至少|最低|改成|升级到|升到|更新到|叫)?\s*[vV]?\s*"
)
_DOTTED = rf"(?:[{_D}十百]+|[0-9]+)(?:点(?:[{_D}十]+|[0-9]+))+"
_POINTS = late(rf"(?P<lead>{_POINT_LEAD})(?P<number>{_DOTTED})(?![{_N}点半刻])", re.I)
_PLAIN_POINT = late(rf"(?<![{_N}点午上晚早0-9A-Za-z])(?P<number>[{_D}十百]+点[{_D}]{{2,}})(?![{_N}点半刻分起整钟])")
_POINT_UNIT = late(
    rf"(?<![{_N}点午上晚早0-9A-Za-z])(?P<number>[{_D}十百]+点[{_D}]+)(?=\s*(?:秒|毫秒|[GMKT]B?(?![A-Za-z])|兆|倍|"
    rf"个点|版本|万|亿|GHz|MHz|亿参数|[Bb](?![A-Za-z])))"
)
_DIGIT_LEAD = (
    r"(?:端口号?|返回码?|报错?|报了?个?|错误码|状态码|响应码?|代码|编号|工号|线程号|进程号|房间号|单号|issue|PR|bug|"
    r"工单|ID|id|端口(?:改成|设成|换成|是|为|用|监听)|冒号)"
    r"(?:都?是|为|了|到|成|用|改成|改为|设成|换成|从|的|监听|占用|号)?\s*(?:井号|#)?\s*"
)
_DIGITS_LED = late(rf"(?P<lead>{_DIGIT_LEAD})(?P<number>[{_D}]{{3,}})(?![{_N}点])", re.I)
_DIGITS = late(rf"(?<![{_N}点])(?P<number>(?=[{_D}]*[零〇幺])[{_D}]{{3,}})(?![{_N}点年])")
_YEAR = late(rf"(?<![{_N}])(?P<number>[一二][零〇九八七][{_D}]{{2}})(?=\s*年(?!级|来))")
_MONTH = late(r"(?<=年)\s*(?P<number>十[一二]?|[一二三四五六七八九])(?=月)")
_DAY = late(r"(?<=月)\s*(?P<number>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])")
_PERCENT = late(rf"百分之(?P<number>[{_N}]+(?:点[{_D}]+)?|[0-9.]+)(?![{_N}])")
_DATE = late(
    rf"(?<![{_N}年])(?P<number>十[一二]?|[一二三四五六七八九])月(?P<day>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])"
)
_SPAN = late(rf"(?<![{_N}第点])(?P<number>[{_N}]{{2,}})(?=\s*(?:秒|分钟|小时|天))")
_TECH_UNIT = (
    r"毫秒|微秒|纳秒|个\s?[GMT](?![A-Za-z])|[GMKTP]i?B?(?![A-Za-z])|B(?![A-Za-z])|兆|字节|比特|像素|赫兹|核|台机器|台|个节点|"
    r"个副本|个线程|个进程|个并发|"
    r"并发|线程|个token|个 token|tokens?|"
    r"个请求|次请求|条日志|条数据|条记录|条|行代码|行|个字符|字符|个接口|个文件|个用例|个测试|个实例|个分区|个连接|"
    r"个\s?(?:[A-Za-z]{2,})|qps|QPS|fps|帧|维|层|epochs?|个字段|张表|张卡|ms|个用户|px|列|个容器|个参数|个单测"
)
_UNIT = late(rf"(?<![{_N}第点])(?P<number>[{_N}]+)(?=\s*(?:{_TECH_UNIT}))")
_SETTING = (
    r"(?:升级到|升到|降级到|回退到|设成|设置成|设置为|设为|改成|改为|改到|调成|调到|调整到|增加到|提高到|提到|降到|"
    r"减到|缩到|扩到|扩容到|"
    r"缩容到|超过|上限|下限|限制|限制在|只剩|达到|等于|默认|默认值?是|最多|最少|最大|最小|至少"
    r"|重试|大小|长度|宽度|高度|超时|间隔|并发数?|线程数|副本数|端口|阈值|第|QPS|qps|batch size|size)"
    r"(?:设成|设置成|是|为|"
    r"到|成|了|用|改成|设置为|在|调到)?\s*"
)
_OPTION = late(rf"(?<=\s)--?[A-Za-z][A-Za-z-]*[\s=](?P<number>[{_N}]+(?:点[{_D}]+)?)(?=$|[\s，。,.？?！!])")
"""What an option is set to."""
_PORT = late(rf"(?<![{_N}第点])(?P<number>[{_N}]{{2,}})(?=\s*(?:号?端口|错误码?|状态码))")
_STATUS = late(
    r"(?:返回码?|报错?|状态码|错误码)(?:是|了|为|都是)?\s*(?P<number>[一二三四五]百(?:零[一二三四五六七八九]|[一二三四五]?十[一二三四五六七八九]?)?)"
    r"(?=$|[，。,.？?！!\s的错]|了$)"
)
_SET = late(rf"(?P<lead>{_SETTING})(?P<number>[{_N}]+)(?![{_N}点])(?=(?P<after>.{{0,2}}))", re.I)
_VERSION = late(
    rf"(?P<lead>(?<![A-Za-z])(?:{_VERSIONED})\s*从?\s*)(?P<number>[{_D}十]+)(?![{_N}点])(?!\s*(?:个|起|种|次|样|下|"
    rf"些|遍|"
    rf"点|位|者|天|年|月|台|条|份|套|步|般|直|定|旦|边|方|共|切|致|件|家|章|篇|本|句|行|层|只|号|并|律|门|块|张|把|"
    rf"大|门|面|周|堆|批|组|类|项|段|款|进|進|字|维|至|级|代|季|期|数|數|來|來自|来))"
)
_CLOCK = late(
    r"(?P<number>二十[一二三]?|十[一二三四五六七八九]?|[零一两二三四五六七八九])点"
    r"(?P<minute>零[一二三四五六七八九]|[一二三四五]?十[一二三四五六七八九]?)分(?!之)"
)
_CANDIDATE = late(r"(?<=[0-9. -](?:rc|RC))\s*(?P<number>[一二三四五六七八九十])(?!\s*[\u4e00-\u9fff])")
"""What stands before a release: 1.2rc一."""
_MONEY = late(rf"(?<![{_N}第点])(?P<number>[{_N}]+)(?=\s*(?:元|美元|美金|人民币))")
_LONG = late(rf"(?<![{_N}第点])(?P<number>[{_N}]{{4,}})(?![{_N}点])")

_IDIOM = late(
    "一起|一下|万一|千万|十分|百分百|三心二意|一百一|一五一十|七上八下|五花八门|乱七八糟|四面八方|千千万|成千上万|"
    "百万|一一|九九|千百|两三|三四|三五|五六|七八|八九|二三|一两|三两|百十|十几|几十|一千零一夜"
    "|五四|六一|九一八|三八|八一|七七|五一|十一|一二三|二百五|三百六十五|十万八千|七十二|八百里|双十一"
)
_COUNTING = "零一二三四五六七八九零"
"""Digits in their order are counted, not a number."""
_SHARES = frozenset(["百", "一百", "两百", "二百", "一千", "一", "二", "十"])
"""Shares that are ways of speaking."""
_MEASURED = late(
    r"\s*的?\s*(?:用户|流量|请求|数据|样本|内存|显存|磁盘|带宽|节点|机器|测试|代码|接口|缓存|日志|CPU|GPU)"
)
"""What shares are measured of."""
_ROUGH = late("[多几来]|[上半]?[百千万]?余")


def write_numbers(sheet: Sheet) -> None:
    """Each reason in turn; a number that no reason covers stays in words."""
    if not _HINT.search(sheet.text):
        return
    for pattern, read in _REASONS:
        changes = [
            _apart(sheet.text, pattern, made)
            for found in pattern.finditer(sheet.text)
            if (made := read(found)) is not None
        ]
        sheet.change("number", changes)


def _apart(text: str, pattern: re.Pattern[str], made: Change) -> Change:
    """The number in digits, with a space where it would stick to a Latin letter."""
    if pattern in (_POINTS, _PLAIN_POINT) and re.search("(?<![A-Za-z])[vV] $", text[: made.start]):
        return Change(made.start - 1, made.end, made.new)
    if re.match("[A-Za-z]{3}", text[made.end : made.end + 3]):
        made = Change(made.start, made.end, made.new + " ")
    before = text[made.start - 1 : made.start]
    if pattern is _CANDIDATE or not re.match("[A-Za-z]", before) or before in "vV":
        return made
    return Change(made.start, made.end, " " + made.new)


def _whole(found: re.Match[str], fits: bool) -> Change | None:
    """The numeral of a match in digits, where it fits and is a number."""
    new = chinese_digits(found["number"]) if fits else None
    return None if new is None else Change(found.start("number"), found.end("number"), new)


def _pointed(found: re.Match[str]) -> Change | None:
    new = _decimal(found["number"])
    return None if new is None else Change(found.start("number"), found.end("number"), new)


def _plain_pointed(found: re.Match[str]) -> Change | None:
    timed = re.search(r"(?:上午|下午|晚上|早上|凌晨|中午|今天|明天)\s*$", found.string[: found.start("number")])
    return None if timed else _pointed(found)


def _percent(found: re.Match[str]) -> Change | None:
    new = _decimal(found["number"])
    data = talk(found.string) >= 0.5 or _MEASURED.match(found.string, found.end("number"))
    if new is None or found["number"] in _SHARES or not data:
        return None
    return Change(found.start(), found.end("number"), f"{new}%")


def _one_by_one(found: re.Match[str]) -> Change:
    return Change(found.start("number"), found.end("number"), "".join(str(DIGITS[char]) for char in found["number"]))


def _alone(found: re.Match[str]) -> Change | None:
    said = found["number"].replace("〇", "零")
    return None if not said.strip("零") or said in _COUNTING else _one_by_one(found)


def _date(found: re.Match[str]) -> Change | None:
    month, day = chinese_digits(found["number"]), chinese_digits(found["day"])
    if not month or not day or talk(found.string) < 1:
        return None
    return Change(found.start("number"), found.end(), f"{month} 月 {day} ")


def _after_year(found: re.Match[str]) -> Change | None:
    before = found.string[max(0, found.start("number") - 6) : found.start("number")]
    return _whole(found, re.search(r"[0-9]\s*[年月]", before) is not None)


def _clock(found: re.Match[str]) -> Change | None:
    """A time of day as programs write it: after noon by its number, or where the talk is of software."""
    hour, minute = chinese_digits(found["number"]), chinese_digits(found["minute"])
    if hour is None or minute is None or int(hour) > 24 or int(minute) > 59:
        return None
    return Change(found.start("number"), found.end(), f"{hour}:{minute:0>2}") if talk(found.string) >= 1 else None


def _span(found: re.Match[str]) -> Change | None:
    said = found["number"]
    new = chinese_digits(said)
    plain = new is None or _IDIOM.fullmatch(said) or said[-1] == "万" or int(new) < 10 or talk(found.string) < 1
    return _whole(found, not plain)


def _status(found: re.Match[str]) -> Change | None:
    return _whole(found, talk(found.string) >= 0.5)


def _port(found: re.Match[str]) -> Change | None:
    new = chinese_digits(found["number"])
    return _whole(found, new is not None and len(new) > 2 and not _IDIOM.fullmatch(found["number"]))


def _counted(found: re.Match[str]) -> Change | None:
    return _whole(found, _unit_fits(found.string, found["number"], found.end("number")))


def _set(found: re.Match[str]) -> Change | None:
    return _whole(found, _setting_fits(found["number"], found["lead"], found["after"]))


def _version(found: re.Match[str]) -> Change | None:
    said = found["number"]
    one = said == "一" and re.match("[\u4e00-\u9fff]", found.string[found.end("number") :]) is not None
    letter = said in ("一", "二") and found["lead"].strip() in ("A", "H", "Go", "V", "v")
    return _whole(found, not (one or letter))


def _money(found: re.Match[str]) -> Change | None:
    """An amount that is data: a bill of some service, not what a table cost."""
    said = found["number"]
    return _whole(
        found, talk(found.string) >= 1.5 and said[-1] != "万" and len(said) > 1 and not _IDIOM.fullmatch(said)
    )


def _long(found: re.Match[str]) -> Change | None:
    said, end = found["number"], found.end("number")
    if said in _COUNTING or talk(found.string) < 0.5 or _IDIOM.search(said) or chinese_value(said) is None:
        return None
    exact = any(char in "百千" for char in said) and said[-1] != "万"
    return _whole(found, exact and not _ROUGH.match(found.string[end : end + 1]))


def _decimal(said: str) -> str | None:
    """``三点一一`` -> ``3.11``; ``二点十`` -> ``2.10``."""
    parts = [part if part.isdigit() else chinese_digits(part) for part in said.split("点")]
    return None if any(part is None for part in parts) else ".".join(part for part in parts if part is not None)


_MEMORY = late(r"[GMT]B?(?![A-Za-z])\s*(?:的)?(?:内存|显存|空间|硬盘|磁盘|流量|大小|数据|缓存|$|[，。,.？?！!])")
"""A size in letters is data, even where it is one or two."""


def _unit_fits(text: str, said: str, end: int) -> bool:
    """A count before a technical unit; 一条 and 两行 stay as people write them."""
    unit = text[end:].lstrip()
    value = chinese_value(said)
    if said[-1] == "万" or _IDIOM.fullmatch(said) or (value is None and len(said) < 3):
        return False
    hard = re.match(r"毫秒|微秒|纳秒|[GMKTP]i?B?(?![A-Za-z])|B(?![A-Za-z])|兆|qps|QPS|fps|ms|px|tokens?|epochs?", unit)
    if hard:
        return value is None or value > 2 or unit[:2] in ("毫秒", "GB", "MB") or bool(_MEMORY.match(unit))
    return (value is None or value >= 10) and talk(text) >= 0.5


def _setting_fits(said: str, lead: str, after: str) -> bool:
    value = chinese_value(said)
    if _IDIOM.match(said + after) and not (value and value >= 20):
        return False
    if said in _COUNTING:
        return False
    if lead.startswith("第"):
        return bool(re.match("行|列|页|版", after)) and value is not None and value >= 10
    if after[:1] in "字星级楼班段阶起下样点些致般直旦定切边共次个种方件家位天年月周步岁元块" and (
        value is None or value < 10
    ):
        return False
    if said[-1] in "万" or after[:1] in ("几", "多", "来", "亿", "数", "數", "余"):
        return False
    soft = lead.strip() in ("超过", "最多", "至少", "最少", "达到", "默认", "最大", "最小", "限制", "上限", "等于")
    if soft and after[:1] in "个位名岁天年月周元块人次度公米斤平":
        return value is None or value >= 1000
    return (value is None and len(said) > 2) or (value is not None and value >= (10 if not after else 3))


_REASONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Change | None]], ...] = (
    (_OPTION, _pointed),
    (_PERCENT, _percent),
    (_DATE, _date),
    (_YEAR, _one_by_one),
    (_MONTH, _after_year),
    (_DAY, _after_year),
    (_CLOCK, _clock),
    (_POINTS, _pointed),
    (_POINT_UNIT, _plain_pointed),
    (_PLAIN_POINT, _plain_pointed),
    (_CANDIDATE, lambda found: _whole(found, True)),
    (_DIGITS_LED, _one_by_one),
    (_DIGITS, _alone),
    (_UNIT, _counted),
    (_SPAN, _span),
    (_MONEY, _money),
    (_PORT, _port),
    (_STATUS, _status),
    (_SET, _set),
    (_VERSION, _version),
    (_LONG, _long),
)
"""What a number looks like for each reason, and how it is read, in the order in which they are tried."""
