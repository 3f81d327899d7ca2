"""Chinese numbers become digits where something shows that digits are meant: 版本三点一一 -> 版本 3.11."""

from __future__ import annotations

import re

from dictation.language.line_edits import Change, Sheet
from dictation.language.terms.cues import talk
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
    r"毫秒|微秒|纳秒|个\s?[GMT](?![A-Za-z])|[GMKTP]i?B?(?![A-Za-z])|兆|字节|比特|像素|赫兹|核|台机器|台|个节点|"
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
_ROUGH = late("[多几来]|[上半]?[百千万]?余")


def write_numbers(sheet: Sheet) -> None:
    """Each reason in turn; a number that no reason covers stays in words."""
    if not _HINT.search(sheet.text):
        return
    for pattern in (
        _OPTION,
        _PERCENT,
        _DATE,
        _YEAR,
        _MONTH,
        _DAY,
        _POINTS,
        _POINT_UNIT,
        _PLAIN_POINT,
        _DIGITS_LED,
        _DIGITS,
        _UNIT,
        _SPAN,
        _PORT,
        _STATUS,
        _SET,
        _VERSION,
        _LONG,
    ):
        changes = [
            each for found in pattern.finditer(sheet.text) if (each := _change(sheet.text, pattern, found)) is not None
        ]
        sheet.change("number", changes)


def _change(text: str, pattern: re.Pattern[str], found: re.Match[str]) -> Change | None:
    """The number in digits, with a space where it would stick to a Latin letter."""
    made = _digits(text, pattern, found)
    if made is not None and pattern in (_POINTS, _PLAIN_POINT) and re.search("(?<![A-Za-z])[vV] $", text[: made.start]):
        return Change(made.start - 1, made.end, made.new)
    if made is not None and re.match("[A-Za-z]{3}", text[made.end : made.end + 3]):
        made = Change(made.start, made.end, made.new + " ")
    if made is None or not re.match("[A-Za-z]", text[made.start - 1 : made.start]) or text[made.start - 1] in "vV":
        return made
    return Change(made.start, made.end, " " + made.new)


def _digits(text: str, pattern: re.Pattern[str], found: re.Match[str]) -> Change | None:
    said = found["number"]
    start, end = found.span("number")
    if pattern is _PERCENT:
        new = _decimal(said)
        return None if new is None or said in _SHARES or talk(text) < 0.5 else Change(found.start(), end, f"{new}%")
    if pattern is _OPTION:
        new = _decimal(said)
        return None if new is None else Change(start, end, new)
    if pattern in (_POINTS, _PLAIN_POINT, _POINT_UNIT):
        new = _decimal(said)
        if pattern is not _POINTS and re.search(r"(?:上午|下午|晚上|早上|凌晨|中午|今天|明天)\s*$", text[:start]):
            return None
        return None if new is None else Change(start, end, new)
    if pattern in (_DIGITS_LED, _DIGITS, _YEAR):
        if pattern is _DIGITS and (re.fullmatch("[零〇]+", said) or said.replace("〇", "零") in _COUNTING):
            return None
        return Change(start, end, "".join(str(DIGITS[char]) for char in said))
    new = chinese_digits(said)
    if new is None:
        return None
    if pattern is _DATE:
        day = chinese_digits(found["day"])
        return Change(start, found.end(), f"{new} 月 {day} ") if day and talk(text) >= 1 else None
    if pattern is _SPAN:
        plain = _IDIOM.fullmatch(said) or said[-1] == "万" or int(new) < 10 or talk(text) < 1
        return None if plain else Change(start, end, new)
    if pattern in (_MONTH, _DAY):
        return Change(start, end, new) if re.search(r"[0-9]\s*年|[0-9]\s*月", text[max(0, start - 6) : start]) else None
    if pattern is _STATUS:
        return Change(start, end, new) if talk(text) >= 0.5 else None
    if pattern is _PORT:
        return Change(start, end, new) if len(new) > 2 and not _IDIOM.fullmatch(said) else None
    if pattern is _UNIT:
        return Change(start, end, new) if _unit_fits(text, said, end) else None
    if pattern is _SET:
        return Change(start, end, new) if _setting_fits(said, found["lead"], found["after"]) else None
    if pattern is _VERSION:
        one = said == "一" and re.match("[\u4e00-\u9fff]", text[end:]) is not None
        letter = said in ("一", "二") and found["lead"].strip() in ("A", "H", "Go", "V", "v")
        return None if one or letter else Change(start, end, new)
    if said in _COUNTING or talk(text) < 0.5:
        return None
    whole = not _IDIOM.search(said) and chinese_value(said) is not None and (any(char in "百千" for char in said))
    return Change(start, end, new) if whole and said[-1] not in "万" and not _ROUGH.match(text[end : end + 1]) else None


def _decimal(said: str) -> str | None:
    """``三点一一`` -> ``3.11``; ``二点十`` -> ``2.10``."""
    parts = [part if part.isdigit() else chinese_digits(part) for part in said.split("点")]
    return None if any(part is None for part in parts) else ".".join(part for part in parts if part is not None)


def _unit_fits(text: str, said: str, end: int) -> bool:
    """A count before a technical unit; 一条 and 两行 stay as people write them."""
    unit = text[end:].lstrip()
    value = chinese_value(said)
    if said[-1] == "万" or _IDIOM.fullmatch(said) or (value is None and len(said) < 3):
        return False
    hard = re.match(r"毫秒|微秒|纳秒|[GMKTP]i?B?(?![A-Za-z])|兆|qps|QPS|fps|ms|px|tokens?|epochs?", unit)
    if hard:
        return value is None or value > 2 or unit[:2] in ("毫秒", "GB", "MB")
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
