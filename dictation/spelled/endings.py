"""Endings of files, folders at the root, and names of several spoken words."""

from __future__ import annotations

from dictation.spelled.wordlist import words

ROOTS = words("var etc usr opt tmp home dev proc sys root mnt srv media boot lib bin data users volumes")
EXTENSIONS = words(
    """
    py js ts tsx jsx json yaml yml toml md txt log sh html css scss go rs java c cpp h hpp rb php sql csv tsv xml
    conf ini cfg env lock gz zip tar bz2 xz tgz deb rpm pem key crt pub png jpg jpeg gif svg webp mp3 mp4 wav pdf
    ipynb vue svelte kt swift lua db sqlite exe bat ps1 out bak tf proto
    """
)
"""Endings of files."""

AFTER_DOT = EXTENSIONS | words(
    """
    bash cc cjs cs dart diff dll doc docx example fish gradle graphql hcl htm ico jar jsonl kts less local mdx
    mjs patch pl ppt pptx properties pyi rst sample sass service so socket tex tfvars tmp war wasm xls xlsx zsh
    """
)
"""The same with endings that are rarer, or words besides: only after a dot."""

HEARD_ENDINGS = {
    "pie": "py", "pi": "py", "jason": "json", "yamel": "yaml", "yammel": "yaml", "text": "txt", "shell": "sh",
    "python": "py", "typescript": "ts", "markdown": "md", "tommel": "toml", "toml": "toml",
    "config": "conf", "see": "c", "gee zip": "gz",
}  # fmt: skip
"""What an ending is heard as, after a dot."""

PLAIN_ENDINGS = words("text config see python")
"""Of these, what is rather itself in a sentence: response.text, vite.config."""

JOINED = {
    "nvidia dash s m i": "nvidia-smi", "tf plan": "tfplan", "tf vars": "tfvars", "tf state": "tfstate",
    "make migrations": "makemigrations", "run server": "runserver", "create super user": "createsuperuser",
    "collect static": "collectstatic", "sys log": "syslog",
    "node modules": "node_modules", "local host": "localhost", "git ignore": "gitignore",
    "docker file": "Dockerfile", "make file": "Makefile", "read me": "README", "readme": "README", "es lint": "eslint",
    "type script": "typescript", "java script": "javascript", "web pack": "webpack", "check out": "checkout",
    "cherry pick": "cherry-pick", "work tree": "worktree", "sub module": "submodule", "rev parse": "rev-parse",
    "ref log": "reflog", "ls files": "ls-files", "name space": "namespace", "up stream": "upstream", "auth log": "auth",
    "bash rc": "bashrc", "z s h r c": "zshrc", "zsh rc": "zshrc", "z sh rc": "zshrc", "vim rc": "vimrc",
    "known hosts": "known_hosts", "authorized keys": "authorized_keys", "site packages": "site-packages",
    "docker ignore": "dockerignore", "crown tab": "crontab", "cron tab": "crontab", "v env": "venv", "vee env": "venv",
    "ven v": "venv", "py project": "pyproject", "pie project": "pyproject", "t s config": "tsconfig",
    "ts config": "tsconfig", "e n v": "env", "s r c": "src", "en v": "env", "post gres": "postgres",
    "n p m r c": "npmrc",
    "fast api": "fastapi", "pie torch": "pytorch", "num pie": "numpy", "num py": "numpy", "git hub": "github",
    "get ignore": "gitignore", "c make lists": "CMakeLists", "editor config": "editorconfig", "pre fix": "prefix",
}  # fmt: skip
"""Names of two or more spoken words."""

DOTFILES = words(
    """
    aws bash_profile bashrc cache config cursor docker dockerignore editorconfig env eslintrc flake8 git
    gitattributes github gitignore gitlab-ci htaccess idea kube local npmrc nvmrc prettierrc profile pylintrc
    ssh venv vimrc vscode zshrc
    """
)
"""Names that begin with a dot, without it."""

CLASS_FILES = frozenset(("java", "kt", "swift", "cs"))
"""Endings of files that are named after the class in them."""

TLDS = words("com org net io dev cn ai app edu gov me co uk de jp tech xyz info cloud")
"""Last parts of the names of machines."""

STEMS = {
    "ts config": "tsconfig", "t s config": "tsconfig", "js config": "jsconfig", "docker compose": "docker-compose",
    "package lock": "package-lock", "pnpm lock": "pnpm-lock", "p n p m lock": "pnpm-lock", "py project": "pyproject",
    "pie project": "pyproject", "read me": "README", "change log": "CHANGELOG",
    "cmake lists": "CMakeLists", "c make lists": "CMakeLists", "conf test": "conftest",
    "con f test": "conftest", "android manifest": "AndroidManifest",
}  # fmt: skip
"""Names of files that are the same in every project, as they are said before "dot"."""
