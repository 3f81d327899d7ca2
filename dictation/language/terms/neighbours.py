"""The English words that stand beside the name of a tool, and the commands whose arguments are no names."""

from __future__ import annotations

from dictation.spelled.lazy_regex import late
from dictation.spelled.wordlist import in_order as _words

BEFORE = frozenset(
    _words(
        "a an the my our your to in on of for from with by via use uses using used into and or through as than "
        "like at inside within around against behind per between without configure configured deploy deployed host "
        "hosted migrate restart reload start stop upgrade upgraded update test build wrote write writes read reads "
        "prefer need needs want choose chose support supports adopted adopt runs ran moved switched switch started set "
        "added add enable disable their his her its some every each another only local remote setup import imports "
        "is are was install learn try written open call run running called both new any this that no latest plain"
    )
)
AFTER = frozenset(
    _words(
        "and or to for with in on is are was as at from by than so because when if before after but has can will "
        "should "
        "does then instead not via into of the a we i it they you that these those again now first today while "
        "where which who must might may could would did were had have under over inside here there dash minus"
    )
)
COUNTS = frozenset(_words("zero one two three four five six seven eight nine ten eleven sixteen eighteen thirty"))
"""Numbers that are said in a name: k eight s, i eighteen n."""
_LEADS = frozenset(_words("with using via on in to into from use uses"))
_COMMAND = late(
    r"(?<![A-Za-z])(?:git|docker|kubectl|npm|pnpm|yarn|pip|cargo|apt|brew|helm|terraform|go|npx|uv|conda)\s+"
    r"(?:-{1,2}[a-z]\S*|run|install|push|pull|add|exec|build|get|create|delete|apply|clone|commit|init|start|i|"
    r"uninstall|remove|upgrade)"
    r"(?:\s+-\S+)*\s+\Z|(?<![A-Za-z])import\s+\Z"
)
"""A command line that goes on up to here: its arguments are written as the command wants them."""


def leads(word: str) -> bool:
    """Whether a tool's name follows the word: run it with, deployed on, written in."""
    return word in _LEADS


def before_command(text: str, start: int, end: int) -> bool:
    """Whether what stands at ``end`` is an argument of a command or of an import, and in lower case therefore."""
    return _COMMAND.search(text, start, end) is not None
