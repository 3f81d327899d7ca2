"""Takes the courtesies off a request: "um, could you please ... thanks", 麻烦你帮我……好吗."""

from __future__ import annotations

import re

from dictation.spelled.lazy_regex import late

_BEFORE = late(
    r"^(?:(?:um+|uh+|er+|hey|hi|hello|ok(?:ay)?|alright|all right|right|so|well|then|now|please|kindly|quickly"
    r"|(?:can|could|would|will) (?:you|we)|i (?:want|need|have) to|i wanna|i(?:'d| would) (?:like|love) to|let's|lets"
    r"|let us|let me|go ahead and|help me(?: to)?|just)\b[,，\s]+"
    r"|(?:嗯+|呃|额|那个(?=[,，\s])|好的|好(?![多像友看的])|来(?![源自回])|喂|嗨|请(?![求假])|麻烦(?:你|您)?|劳驾|帮我|帮忙|给我"
    r"|替我|我想要?|我要|我需要|现在(?!的)|快(?![照捷递速])|赶紧|能不能|能否|可不可以|可以|你(?![的们])|您|直接)[,，\s]*)+",
    re.I,
)
_AFTER = late(
    r"(?:[,，\s]*(?:(?<![\w-])(?:please|thanks|thank you|thx|for me|right now|now|asap|will you|would you|could you"
    r"|if you can|if you could|real quick)"
    r"|谢谢(?:你|您|啦|了)?|多谢|好吗|好不好|可以吗|行吗|拜托(?:了)?|麻烦了|吧|呗|哈))+$",
    re.I,
)
_WORDS_FOLLOW = late(
    r"message|\becho\b|(?:-|dash |dash a |杠 ?|杠 a ?)a?m\b|信息|说明|备注|\b(?:called|named)\b|叫|写", re.I
)
"""Behind one of these, thanks may be part of what is to be written."""


def without(request: str) -> str:
    """``request`` without courtesies; as it is where nothing would be left."""
    text = _BEFORE.sub("", request)
    if re.match(r"(?:你|您)?(?:可以|能|可不可以|能不能)", request):
        text = text.removesuffix("吗")
    last = _AFTER.search(text)
    if last and not (_WORDS_FOLLOW.search(text) and last[0][0] not in ",，"):
        text = text[: last.start()]
    return text.strip(" ,，") or request
