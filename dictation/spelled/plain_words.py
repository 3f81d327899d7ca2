"""Words that tell a command from a sentence: of talk, of names, and programs that are words of everyday English."""

from __future__ import annotations

from dictation.spelled.wordlist import words

FUNCTION = words(
    """
    a an the all of in into to that this these those for from with without my your his its our their and but then is
    are am was were be been being please me i you he she we they them it by every each any some what who whom whose
    which where when why how only than as not no don't doesn't do does did done under over using use used via about
    after before during until since if else so too very more most less least many much just also can could would
    should will or let let's on at out off up down here there same other another both either neither except but
    """
)
"""Words that no command is made of, outside quotes."""

PROSE = words(
    """
    last latest current previous next first second third new newest old older oldest recent recently everything
    nothing anything something whatever files file folder folders directory directories branches commit commits
    change changes changed changing modified list listing show display print view called named name names staged
    unstaged containers container running stopped exited line lines one process processes port ports server servers
    service message messages called today yesterday tomorrow week weeks month day days hour hours minute minutes
    year version versions big bigger biggest small smaller smallest large larger largest size sizes space free left
    disk memory usage cpu recursively quickly slowly again back away forever now soon already still really delete
    deletes deleted remove removed undo redo revert rename create created make made copy copied move moved find
    search searching look looking check checking see tell give get set open close start stop stopped restart kill
    killed count counting words word letters project projects repo repository repositories machine computer system
    user users password passwords error errors warning warnings empty hidden whole entire lot lots kind sort times
    duplicate duplicates contents content text things thing stuff package packages dependency dependencies module
    modules variable variables environment settings images tests conflict conflicts
    """
)
"""Words that make a bare argument doubtful."""

TARGETS = words(
    """
    build test tests run install clean lint all dev deploy docs format fmt check start serve release docker bench
    watch coverage dist help up down migrate setup init package
    """
)
"""Names that Makefiles have."""

KNOWN_REFS = words(
    """
    main master dev develop development staging stage production prod release origin upstream head test testing
    hotfix trunk gh-pages qa uat beta next
    """
)
"""Names of branches and remotes that need no evidence."""

FOLDERS = words(
    """
    src source tests test docs doc build dist lib bin app apps public static assets scripts config configs data
    examples include vendor packages components pages api server client backend frontend internal cmd pkg utils
    tools target out tmp logs log node_modules venv downloads documents desktop projects workspace migrations
    templates styles images core
    """
)
"""Names of folders that need no evidence."""

NO_FILES = FOLDERS - words("log logs data core images")
"""Of these, names that no file has."""
