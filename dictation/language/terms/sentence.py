"""A line as the term rules see it: tokens without punctuation between them, their keys, words and signs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dictation.language.code.vocabulary import SUBCOMMANDS
from dictation.language.line_edits import Sheet
from dictation.language.terms.lists.cues import Cue, chinese_cues, strength, weight_of
from dictation.language.terms.lists.lexicon import UNKNOWN, Lexicon
from dictation.language.terms.lists.term_index import syllable_codes
from dictation.language.terms.segments import Segments, cut
from dictation.language.terms.sounds import phones
from dictation.spelled.lazy_regex import late

_TOKEN = late(
    r"(?P<latin>[cC]\+\+|[CFcf]#(?![A-Za-z])|(?:[A-Za-z]\.){2,}(?:[A-Za-z](?![A-Za-z]))?|[A-Za-z]+\.(?:js|net|io|NET|"
    r"JS)(?![A-Za-z])|[A-Za-z]+(?:'[a-z]+)?)"
    r"|(?P<digit>[0-9]+)|(?P<han>[\u4e00-\u9fff])|(?P<space>[^\S\n]+)"
)
_ARGUMENT = late(r"-|[A-Za-z0-9_.-]+@|[A-Za-z0-9_./-]+\.(?:py|js|ts|sh|rb|go|php)(?![A-Za-z])")
"""An option or a script: what stands before it is a command."""
_CODE = late(
    r"--?[A-Za-z]|[~./]*[A-Za-z0-9_*-]+(?:[./_-][A-Za-z0-9_*-]+)*\.(?:py|js|ts|tsx|jsx|go|rs|java|json|ya?ml|toml|sh|css|"
    r"vue|sql|env|md|rb|kt|c|cpp|h|conf|ini|lock)\Z|[./~]+[A-Za-z]|[A-Za-z]+[A-Za-z0-9]*_[A-Za-z]|[a-z]+[A-Z]|localhost"
)
"""An option, a file, a path or a name of code: nobody else speaks of such."""
FUNCTION = frozenset(
    "的了是在我你他她它这那有和就都也很不吗吧呢啊把被用到从让要去说想做为与或但而且个们给跟向对将于以及并"
)
"""Characters that a foreign name is seldom written with, and that stand beside one."""
PLAIN = FUNCTION | frozenset(
    "太更最还没再又先后每各该其此只才已过得着呀嘛啦么什谁哪怎您咱打自可以之所两家里外前中上下时分年月日人事手心头点使底服线图冷台厨刻录张者"
)
"""With them, characters that are seldom part of a name that is written by its sound."""


NAMING = frozenset(
    "阿埃艾爱安昂奥敖澳巴芭拜班邦包鲍保贝本比毕碧宾别波伯博勃布卜播采蔡策茨慈次查察达搭戴黛丹但德得登邓迪蒂狄底丁东杜敦顿多朵"
    "厄俄额鄂恩尔耳法凡范梵菲费非芬冯夫弗福富傅佛盖甘冈戈哥歌格各葛根贡古瓜圭郭果哈海汉豪赫亨洪侯胡华怀霍惠基吉鸡集季济加伽嘉贾"
    "姜江杰捷詹金津京居卡凯坎康考柯科可克肯坑孔库酷苦扣抠寇奎昆夸匡拉喇莱赖兰蓝朗浪劳勒乐雷蕾累里李利立丽莉黎力廉良林琳灵龙隆楼卢鲁"
    "路露吕伦罗洛逻落马玛麻麦迈买曼芒茂梅美蒙孟迷米密蜜闵摩莫墨默谬缪姆母穆慕木拿纳娜那乃奈耐嫩尼妮倪涅宁纽农努诺欧偶帕派排潘庞培佩裴彭"
    "蓬皮批劈匹屁珀泼坡普浦朴铺奇齐契恰钱乔茄琴琼丘邱秋热仁茹儒瑞锐若撒萨塞赛桑色瑟森沙莎珊尚绍舍申圣施什史士舒叔斯丝思司苏素速孙索塔"
    "台泰坦汤唐陶淘套特腾藤提缇铁廷挺通图兔托拓脱瓦娃哇汪旺威薇维微韦魏温翁沃卧乌吾武伍西希锡熙喜夏霞肖萧晓欣辛兴星休修秀许旭雅亚娅"
    "延扬杨耶叶伊依怡宜易因茵英鹰尤优佑约泽扎哲珍芝兹朱诸卓佐左楚创传川垂吹葵魁快奎帅摔甩拽追谷狗够勾购瑙闹脑挠鸟扭牛妞诶欸哦噢喔呀"
    "偷透投头凑搜丑抽臭瘦叟藕呕肉柔揉猴后厚吼喉走邹周粥赤尺池吃迟日柿诗湿师蛋坛贪潭盘攀畔潘番反帆饭翻盼斌兵冰滨丙柄饼频拼聘品贫瓶萍"
    "匠将讲绛骑旗启琪企起器气七漆西悉溪吸息膝洗系细迪敌滴笛递弟踢梯题替体替天添田甜"
)
"""Characters that names are often written with by their sound, here and by a recogniser that does not know a word."""


@dataclass(slots=True)
class SentenceToken:
    """A Chinese character, a Latin word or a number. ``low`` is in lower case without dots."""

    start: int
    end: int
    low: str
    kind: str


@dataclass(slots=True)
class TokenRun:
    """Tokens with only spaces between them. ``at[i]`` is where token ``i`` begins in the three keys."""

    tokens: list[SentenceToken]
    at: list[int] = field(default_factory=list)
    plain: str = ""
    exact: str = ""
    coarse: str = ""
    has_han: bool = False

    def seal(self) -> None:
        """Computes the keys when all tokens are there."""
        self.at, place = [], 0
        for token in self.tokens:
            self.at.append(place)
            place += len(token.low)
        self.at.append(place)
        self.plain = "".join(token.low for token in self.tokens)
        self.has_han = any(token.kind == "h" for token in self.tokens)
        if self.has_han:
            exact, coarse = syllable_codes()
            self.exact, self.coarse = self.plain.translate(exact), self.plain.translate(coarse)


class Scene:
    """All stretches of a sentence; cues; and the word costs of each run of Chinese."""

    def __init__(self, sheet: Sheet, start: int, end: int, lexicon: Lexicon) -> None:
        self.text = sheet.text
        self.start, self.end = start, end
        self.lexicon = lexicon
        self.stretches: list[TokenRun] = []
        self.cues: list[Cue] = []
        self.context = 0.0
        self._runs: list[tuple[int, int]] = []
        self._segments: dict[int, Segments] = {}
        self._read(sheet)

    def _read(self, sheet: Sheet) -> None:
        at = self.start
        tokens: list[SentenceToken] = []
        run = -1
        while at < self.end:
            locked = sheet.locked_at(at)
            found = None if locked is not None else _TOKEN.match(self.text, at, self.end)
            kind = found.lastgroup if found else None
            if kind == "han":
                run = run if run >= 0 else at
            elif run >= 0:
                self._runs.append((run, at))
                run = -1
            if found is None:
                self._close(tokens)
                tokens = []
                at = at + 1 if locked is None else self._locked(at, locked)
                continue
            if kind != "space":
                low = found[0].lower().replace(".", "") if kind == "latin" else found[0]
                tokens.append(SentenceToken(at, found.end(), low, kind[0] if kind else ""))
            at = found.end()
        if run >= 0:
            self._runs.append((run, self.end))
        self._close(tokens)
        for start, end in self._runs:
            self.cues += [each for each in chinese_cues(self.text, start, end) if self._apart(each)]

    def _locked(self, start: int, end: int) -> int:
        """A piece that stays as it is may be a cue all the same; where it ends."""
        low = self.text[start:end].lower()
        if weight_of(low) or _CODE.match(self.text, start, end):
            self.cues.append(Cue(start, end, 1.0, low))
        return end

    def _apart(self, cue: Cue) -> bool:
        """Whether a sign of one character is a word here or begins one: 改一下, but not 参加."""
        return cue.end - cue.start > 1 or not self.crossed(cue.start, cue.end)[0]

    def _close(self, tokens: list[SentenceToken]) -> None:
        if not tokens:
            return
        stretch = TokenRun(tokens)
        stretch.seal()
        self.stretches.append(stretch)
        for token in tokens:
            if token.kind == "l" and len(token.low) > 1:
                weight = weight_of(token.low)
                if weight:
                    self.cues.append(Cue(token.start, token.end, weight, token.low))

    def run_of(self, start: int) -> tuple[int, Segments] | None:
        """Where the run of Chinese at ``start`` begins, and its segments."""
        for left, right in self._runs:
            if left <= start < right:
                if left not in self._segments:
                    self._segments[left] = cut(self.text[left:right])
                return left, self._segments[left]
        return None

    def gain(self, start: int, end: int) -> int:
        """What explaining the Chinese at ``start`` to ``end`` saves (see ``Segments.gain``)."""
        saved, at = 0, start
        while at < end:
            found = self.run_of(at)
            if found is None:
                at += 1
                continue
            left, segments = found
            stop = min(end, left + len(segments.text))
            saved += segments.gain(at - left, stop - left)
            at = stop
        return saved

    def crossed(self, start: int, end: int) -> tuple[str, str]:
        """The words that the Chinese there begins and ends within (see ``Segments.crossed``)."""
        found = self.run_of(start)
        if found is None:
            return "", ""
        return found[1].crossed(start - found[0], min(end - found[0], len(found[1].text)))

    def across(self, start: int, end: int) -> int:
        """Cost of the commoner of the Chinese words that lie across ``start`` and ``end``."""
        found = self.run_of(start)
        if found is None:
            return UNKNOWN
        left, segments = found
        return min(segments.across[start - left], segments.across[min(end - left, len(segments.text))])

    def inside(self, start: int, end: int, but: str = "") -> int:
        """Cost of the commonest Chinese word that lies in it, and not in ``but`` at the same place."""
        found = self.run_of(start)
        if found is None:
            return UNKNOWN
        return found[1].inside(start - found[0], min(end - found[0], len(found[1].text)), but)

    def frequent(self, start: int, end: int, below: int) -> bool:
        """Whether a Chinese word of a cost ``below`` lies in it."""
        return self.inside(start, end) < below

    def strength(self, start: int, end: int, own: tuple[str, ...] = ()) -> float:
        """Signs of developer talk outside ``start`` to ``end``; ``own`` are words that speak for one term."""
        said = strength(self.cues, start, end) + self.context
        return said + (1.0 if own and self.speaks(own, start, end) else 0.0)

    def speaks(self, words: tuple[str, ...], start: int, end: int) -> bool:
        """Whether one of ``words`` stands in the sentence outside ``start`` to ``end``."""
        around = f"{self.text[self.start : start]}\n{self.text[end : self.end]}".lower()
        return any(
            (word.lower() in around)
            if not word.isascii()
            else re.search(rf"(?<![a-z]){re.escape(word.lower())}(?![a-z])", around)
            for word in words
        )

    def commanded(self, end: int) -> bool:
        """Whether what ends there is used as a command: a subcommand, an option or a script follows."""
        after = self.text[end : self.end].split(None, 1)
        word = re.match("[A-Za-z-]+", after[0]) if after else None
        option = re.match(r"\s+[a-z-]+(?:\s+[a-z-]+)?\s+--?[a-z]", self.text[end : self.end])
        return (
            bool(word and word[0].lower() in SUBCOMMANDS) or bool(after and _ARGUMENT.match(after[0])) or bool(option)
        )

    def sound(self, tokens: list[SentenceToken]) -> str:
        """Phones of some tokens."""
        table = self.lexicon
        return "".join(
            phones.of_syllable(table.readings.get(token.low, ""))
            if token.kind == "h"
            else self._latin_sound(token)
            if token.kind == "l"
            else "0"
            for token in tokens
        )

    def _latin_sound(self, token: SentenceToken) -> str:
        """Phones of a word; short capitals that are no word are said letter by letter."""
        said = self.text[token.start : token.end]
        if said.isupper() and 1 < len(said) <= 4 and token.low not in self.lexicon.sounds:
            return "".join(phones.LETTERS.get(each, "") for each in token.low)
        return self.lexicon.phones_of(token.low)
