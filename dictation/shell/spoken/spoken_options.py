"""Options as they are said: long ones of several words, clusters of letters, and which programs have which."""

from __future__ import annotations

from dictation.spelled.wordlist import words

LONG = words(
    """
    save-dev save-exact save-optional save-peer no-save no-verify no-edit no-ff ff-only no-commit no-cache no-deps
    no-pager no-color no-build no-run no-track no-tags no-dev no-install no-audit no-fund no-input no-headers no-cov
    no-daemon no-rebase no-stat no-merges no-fail no-restart no-recreate no-log-prefix no-install-recommends
    no-trunc force-with-lease force-recreate dry-run set-upstream set-upstream-to name-only name-status word-diff
    show-current single-branch recurse-submodules include-untracked keep-index ignore-case line-number
    files-with-matches files-without-match max-count max-depth only-matching word-regexp extended-regexp
    fixed-strings after-context before-context exclude-dir dereference-recursive human-readable exclude-from
    remove-orphans env-file build-arg all-namespaces show-labels sort-by field-selector from-literal from-file
    grace-period all-features no-default-features workspace-root manifest-path last-failed failed-first exit-first
    max-fail maxfail cov-report log-level log-cli-level watch-all run-in-band in-band update-snapshot
    pass-with-no-tests frozen-lockfile legacy-peer-deps ignore-scripts prefer-offline global-style package-lock-only
    break-system-packages force-reinstall no-binary index-url extra-index-url upgrade-strategy user-agent
    insecure-skip-tls-verify write-out data-raw data-binary data-urlencode max-time connect-timeout retry-delay
    create-dirs output-dir out-dir source-map target-dir skip-tests include-dir diff-filter author-date-order
    first-parent ignore-space-change ignore-all-space ignore-whitespace commit-filter tag-name gpg-sign allow-empty
    amend-no-edit reset-author squash-merge merge-base rebase-merges auto-approve auto-remove fix-missing
    install-suggests list-files no-same-owner strip-components keep-going keep-newer-files one-file-system
    no-preserve-root files-from bwlimit block-size apparent-size si-units color-moved color-words unset-upstream
    prune-tags all-contexts current-context use-context dry-run=client add-host cap-add cap-drop shm-size gpus-all
    mount-type health-cmd stop-timeout network-alias device-read-bps save-prod no-optional ignore-engines
    strict-peer-dependencies shamefully-hoist workspace-concurrency reverse-sort group-directories-first time-style
    full-time show-all bare-repo set-url push-option follow-tags date-order graph-oneline abbrev-commit
    pretty-oneline since-as-filter no-walk left-right cherry-pick cherry-mark ours-theirs find-renames find-copies
    check-attr no-index cached-only error-unmatch exclude-standard others-only
    """
)
"""Long options of more than one word, without their dashes."""

ONE_WORD = frozenset(("one-line", "no-capture"))
"""Long options that are one word, heard as two."""

CLUSTERS = words(
    """
    la al lh lah alh lt ltr lrt ltra rf fr xzf zxf czf zcf xvf xf cf tf tzf xvzf zxvf xzvf czvf zcvf cvf cvzf xjf
    cjf xvjf it ti itd aux auxf ef eo am nd fd fdx fx sb rn nr nri rin rni rl ri il ril rli av avz avzp avh azp sh
    hs ah shc nlp tlnp ltn ltnp tnlp tuln tulpn tulnp tunlp tln anp nltp antp lvh vv vvv xe xu xeu fu uf xn fn nf tn
    nt np pv pn in ni iv vi iln lni rc cr cd vn vx lw lc wl ic iw iE rE nE oE oP inE sS fsSL sSL fsS sL kv ks si xt
    it rm dt dit du xdev lf ff kw sn rh hr rk nk un id ti ls rv qa qi ql Syu qr qf lrt lS ns tp tu an rp yq qy fq lv
    cv mv sv xz
    """
)
"""Short options that are said, or heard, as one word."""

SINGLE_DASH_LONG = {
    "find": """name iname path ipath type size mtime mmin atime amin ctime cmin newer maxdepth mindepth empty user group
        perm delete print print0 exec execdir prune not or regex iregex executable readable writable xdev quit ls""",
    "java": "jar cp classpath version Xmx Xms",
    "ffmpeg": "ss to vf af vcodec acodec crf preset vn an map codec filter_complex hide_banner loglevel",
    "terraform": "auto-approve var var-file out target destroy upgrade lock",
    "openssl": """in out text noout dates subject issuer enddate fingerprint passin passout des3 nodes
        days newkey keyout subj connect servername inkey req x509 sha256""",
    "go": "race cover run bench count timeout coverprofile short ldflags tags",
    "magick": "resize quality crop rotate format strip",
    "xclip": "selection sel",
    "nmap": "sn sv",
}
"""Options with one dash and a whole word."""

UPPER = {
    "git": "D M C S F G L X", "curl": "X H L I O F S G K T", "grep": "E F P A B C R H L", "sort": "V R",
    "tar": "C J P X", "ssh": "L R D N A X Y J", "ls": "S R A F X", "rm": "R", "cp": "R", "chmod": "R", "chown": "R",
    "tail": "F", "ps": "C A", "du": "S", "tree": "L I P D", "wget": "O P", "docker": "H", "lsof": "P L N",
    "kubectl": "A", "python": "B O", "python3": "B O", "apt-get": "Y", "sudo": "E H S", "xargs": "I P L",
    "rg": "A B C U",
    "pacman": "S R Q", "less": "S R N", "pip": "U", "pip3": "U", "npm": "D S E g",
    "pnpm": "D E", "yarn": "D E", "bun": "D", "docker compose": "", "sed": "E",
    "journalctl": "S U", "dpkg": "L S", "nc": "", "make": "C B j", "cmake": "S B G D", "mvn": "D P", "nmap": "",
    "java": "D", "gradle": "D", "gcc": "D I L", "g++": "D I L",
    "pytest": "W", "node": "", "bash": "", "diff": "", "cat": "A E T", "df": "T", "sha256sum": "", "go": "", "su": "",
    "fd": "H I E", "tmux": "S C", "rsync": "P", "scp": "P C", "conda": "", "ip": "", "mysql": "P", "psql": "U W",
}  # fmt: skip
"""Upper-case letters that are options of a program; others are taken for the recogniser's way of writing letters."""

TAKES_VALUE = {
    "git": "m b B C D d F S", "grep": "e A B C m f", "head": "n c", "tail": "n c", "curl": "X H o d u F", "find": "",
    "ssh": "p i L R D J", "scp": "P i", "docker": "f t p v e w", "python": "m c", "python3": "m c", "pip": "r",
    "pip3": "r", "kubectl": "n f l o c", "tar": "f C", "sort": "k t", "cut": "d f c", "make": "C j",
    "rg": "e g t A B C",
    "pytest": "k m n", "tmux": "t s n", "xargs": "I n P", "lsof": "i p u", "ping": "c i", "journalctl": "u n p",
    "psql": "U d h p c f", "mysql": "u h P", "node": "e r", "npm": "w", "uvicorn": "", "watch": "n", "chown": "",
    "du": "d", "tree": "L I", "kill": "s", "conda": "n c", "nc": "p", "unzip": "d", "ls": "", "ln": "",
    "docker compose": "f p", "docker-compose": "f p", "sed": "e n", "awk": "F v", "wget": "O P", "go": "o", "gcc": "o",
}  # fmt: skip
"""Letters after which a value follows, so the next letter is not part of a cluster."""

DEFINES = frozenset(("mvn", "cmake", "java", "gcc", "g++", "gradle"))
"""Programs whose -D is followed by a name without a space."""

COUNTS = words(
    """
    head tail git ls kill killall pkill gzip xz zip seq nice nl diff comm pstree ping fold zstd ps
    """
)
"""Programs where a dash and a number are an option: head -20, kill -9, git log -5."""

WITH_MESSAGE = frozenset(("-m", "-am", "--message", "-sm", "-asm", "-vm"))
"""Options of git after which everything is the message."""

PATTERN_OPTIONS = frozenset(
    ("-name", "-iname", "-path", "-ipath", "-wholename", "-regex", "-iregex", "--include", "--exclude", "--exclude-dir",
     "--glob", "-g", "--iglob", "-x")
)  # fmt: skip
"""Options whose patterns the shell must not expand."""


def letters(table: dict[str, str], program: str) -> frozenset[str]:
    """The letters ``table`` has for ``program``."""
    return frozenset(table.get(program, "").split())
