"""Words that are names where a name is expected, and words of everyday English that never are."""

from __future__ import annotations

from functools import lru_cache

from dictation.shell.phrases.phrase_words import DATA
from dictation.spelled import programs
from dictation.spelled.plain_words import FOLDERS, KNOWN_REFS
from dictation.spelled.wordlist import words

EVERYDAY = words(
    """
    nobody somebody everybody anybody no-one noone forgot forgotten said told went gone thought knew known wrote written
    brought bought taught caught felt kept lost meant met paid sent sold spoke spoken stood understood won wore began
    begun broke chose drew drank drove ate fell flew forgave froze gave grew heard held hurt led lent lied rang rode
    rose ran sang sank sat slept swam threw woke asked wanted tried needed decided
    able above across actually afternoon almost along already although always among amount answer around ask asking
    bad beautiful because become before beginning behind believe below best better beyond bigger bit boring bottom
    boss bring broken bug busy buy called care case certain cheap clearly close cold color come coming common complete
    completely correct could couple dangerous dark date dead deep different difficult dirty done double during early
    easily easy easier end enough especially ever evening evil exact exactly example expensive extra fail fast fastest
    favorite feature features fine finish finished follow following funny general good great green half happen happens
    happy hard harder hear heavy hello help high higher home hot human idea important inside instead interesting issue
    itself keep keeps kind know large late later leave left level life light like likely little live long longer lost
    love low lower main maybe mean mess middle might mind mistake moment money morning near nearly necessary nice
    night none noise normal number obvious odd often ones only open opposite ordinary otherwise own part party people
    perhaps person picture piece place plain play please point poor possible power pretty private problem problems
    proper public quick quickly quiet rather ready real really reason red remaining rest rid right room safe same save
    seem seems sense serious shape share short should side sign similar simple simply since single slow slowly
    software someone sometimes somewhere soon sorry special specific stale start state story strange street strong
    stupid such suddenly suppose sure table talk terrible thank thanks think thought today together tomorrow tonight
    total totally tried true try trying turn ugly unless unused upper usual usually various wait walk warm wasted
    way ways weird well wide wild wise wonder work working world worse worst wrong yellow yes yet young anyone
    explain describe review summarize write fix improve optimize refactor discuss consider believe imagine read faster
    slower smarter easier simpler cleaner shorter longer nicer stronger louder quieter server machine computer laptop
    button picture sentence paragraph chapter email meeting customer customers team office product hub
    everyone whoever whatever whichever last first new old recent current every each all random unnecessary redundant
    unwanted important critical huge tiny massive orphan orphaned background foreground remaining broken stuck frozen
    hanging hung crashed failing slowest latest greatest biggest smallest
    """
)
"""Words of everyday English that no name in a command is expected to be."""


@lru_cache(maxsize=1)
def _talk() -> frozenset[str]:
    lines = (DATA / "everyday.txt").read_text(encoding="utf-8").splitlines()
    return words(" ".join(line for line in lines if not line.startswith("#")))


def ordinary(word: str) -> bool:
    """Whether ``word`` is one of everyday talk, in any of its forms: a name only where it is said to be one."""
    if not word.isascii() or not word.isalpha() or not (word.islower() or word.istitle()):
        return False
    low, known = word.lower(), _talk()
    stems = (low, low.removesuffix("s"), low.removesuffix("es"), low.removesuffix("ing"), low.removesuffix("ed"))
    return any(stem in known or stem + "e" in known for stem in stems)


FILES = words("Dockerfile Makefile README LICENSE Gemfile Rakefile Procfile Jenkinsfile Vagrantfile Pipfile Justfile")
"""Files without an ending."""

NAMES = words(
    """db database api web cache test dev prod frontend backend server worker user users search auth proxy python node
    redis mysql nginx postgres staging production prod local docs app main"""
)
"""Names that containers and the like have though they mean something else here."""

SEARCHED = words(
    """error errors warning warnings exception exceptions password passwords secret token failed timeout debug info null
    undefined print import imports config user users login database test main class function localhost proxy version
    auth id session cookie header request response query retry cache queue event state route handler callback async
    await export return const var let model schema fix feat bug wip todo fixme deprecated release label order table
    index url host port server service client key value status config"""
)
"""Words that people look for in files though they mean something else here."""

NOT_BRANCHES = words(
    "push pull merge rebase commit stash fetch clone reset revert amend checkout switch delete create rename abort"
)
"""Concepts that are done to a branch: a word for one of them is not the name of one."""

BRANCHES = KNOWN_REFS - {"origin", "upstream"}
"""Names of branches that are no other word here."""

INSTALLERS = ("pip", "npm", "apt")
"""Programs whose sheets list what they install."""


def services() -> frozenset[str]:
    """Services that are known by their names."""
    return programs.listed("systemctl", "units")


@lru_cache(maxsize=1)
def named() -> frozenset[str]:
    """Everyday words that are names as often as not."""
    return _NAMED.union(services(), *(programs.listed(each, "packages") for each in INSTALLERS))


_PLACEHOLDERS = words("foo bar baz qux")
"""Names that examples have; one of them is a word of everyday English."""

_NAMED = _PLACEHOLDERS | BRANCHES | FOLDERS | SEARCHED | NAMES
