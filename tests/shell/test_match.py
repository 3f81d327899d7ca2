"""Common requests are answered in their many wordings; a request with a word left over is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictation.shell.command_context import Context
from dictation.shell.compose import compose
from dictation.shell.files.finding import find
from dictation.shell.guard.grade import grade
from dictation.shell.phrases.match import phrase
from dictation.shell.phrases.phrase_fill import fill
from dictation.shell.phrases.phrase_names import INSTALLERS
from dictation.shell.phrases.phrase_nearby import MARKERS
from dictation.shell.phrases.phrase_table import FAMILIES, own, table, template
from dictation.shell.phrases.phrase_words import DATA, lexicon
from dictation.spelled import programs

HERE = Context(branch="dev", branches=("dev", "main"), cwd="/home/ann/shop", files=("README.md", "src"))
EXAMPLES = {
    "n": "3", "n2": "9", "port": "3000", "days": "7", "pid": "4321", "branch": "topic", "base": "main",
    "dest": "other", "path": "notes.txt", "file": "notes.txt", "script": "run.py", "testfile": "tests/test_a.py",
    "archive": "a.tar.gz", "pattern": "needle", "package": "flask", "image": "redis", "host": "example.com",
    "url": "https://example.com/a", "email": "ann@example.com", "sha": "abc1234", "version": "3.11", "tag": "v1.0",
    "var": "NODE_ENV", "value": "prod", "message": "fix it", "skip": "dist", "known": "nginx", "service": "nginx",
    "program": "node", "name": "web", "user": "ann", "login": "root", "origin": "upstream", "remote": "web:/srv",
    "doc": "notes.txt", "yaml": "web.yaml", "folder": "dist", "stream": "app.log", "ref": "main", "dir": "src",
    "site": "baidu", "system": "htop", "pylib": "numpy", "jslib": "axios", "unlisted": "left", "blanks": "a.log",
    "json": "a.json", "key": "name", "dockerfile": "Dockerfile.dev", "account": "ann@web", "rootpath": "/srv",
    "kind": "gif", "nth": "second", "csv": "a.csv", "media": "a.mov", "weekday": "monday", "day": "2026-11-30",
    "two": "2", "zip": "a.zip", "tarball": "a.tar.gz", "gz": "a.gz", "colons": "/etc/passwd", "label": "app=web",
    "gopath": "example.org/x/tool", "nth2": "third", "start": "error", "other": "warning", "module": "http.server",
    "target": "b.txt", "ip": "10.0.0.5", "year": "2026", "repo": "ann/shop", "owners": "ann:staff",
    "sums": "SHA256SUMS",
    "keyfile": "web.pem", "envfile": ".env", "remotefile": "web:/srv/a.log", "namespace": "stage", "group": "staff",
    "patchfile": "fix.patch",
}  # fmt: skip


def said(request: str, shell: str = "bash", system: str = "linux") -> str | None:
    """The command for ``request``."""
    found = phrase(request, Context(shell, system, HERE.cwd, branch="dev", branches=HERE.branches, files=HERE.files))
    return found.command if found else None


@pytest.mark.parametrize(
    "request_",
    [
        "查看端口 3000 被谁占用",
        "谁占用了 3000 端口",
        "看看 3000 端口是哪个进程在用",
        "what is using port 3000",
        "which process is on port three thousand?",
        "看看 port 3000 被谁占了",
        "三千端口被谁占用了",
    ],
)
def test_one_question_has_many_wordings(request_: str) -> None:
    assert said(request_) == "lsof -i :3000"


@pytest.mark.parametrize(
    "request_",
    [
        "don't undo the last commit",
        "不要撤销上一次提交",
        "undo the last change in the document",
        "kill the biggest process",
        "delete all files except the logs",
        "what is using port 70000",
        "delete the branch",
        "explain what git rebase does",
        "切换到深色模式",
        "把文件复制到服务器",
    ],
)
def test_a_word_that_is_not_understood_stops_it(request_: str) -> None:
    assert said(request_) is None


def test_from_and_to_are_not_confused() -> None:
    assert said("merge dev into main") == "git checkout main && git merge dev"
    assert said("把 main 合并到 dev") == "git checkout dev && git merge main"
    assert said("copy a.txt to b.txt") == "cp a.txt b.txt"
    assert said("create a branch called topic from main") == "git checkout -b topic main"


def test_the_message_is_all_that_follows() -> None:
    assert said("提交代码，信息写修复登录") == "git commit -m '修复登录'"
    assert said("commit with message fix the login bug") == "git commit -m 'fix the login bug'"


def test_the_shell_and_the_system_decide() -> None:
    assert said("what is using port 3000", "powershell") == "Get-NetTCPConnection -LocalPort 3000"
    assert said("what is using port 3000", "cmd") == "netstat -ano | findstr :3000"
    assert said("save the clipboard to note.txt", "zsh", "macos") == "pbpaste > note.txt"
    assert said("set the variable NODE_ENV to prod", "fish") == "set -x NODE_ENV prod"
    assert said("set the variable NODE_ENV to prod") == "export NODE_ENV=prod"
    assert said("merge dev into main", "powershell") == "git checkout main; git merge dev"
    assert said("make run.sh executable", "cmd") is None


def test_the_project_decides_how_it_is_tested() -> None:
    node = Context(files=("package.json",))
    found = phrase("run the tests", node)
    assert found and found.command == "npm test"


def test_it_is_explained_in_the_language_of_the_request() -> None:
    chinese, english = phrase("查看 3000 端口被谁占用", HERE), phrase("what is using port 3000", HERE)
    assert chinese and "端口" in chinese.explanation
    assert english and english.explanation == "Shows what uses port 3000"


def test_the_table_is_large_and_whole() -> None:
    entries, wordings, _ = table()
    assert len(entries) >= 250
    for entry in entries:
        assert entry.english and re.search("[㐀-鿿]", entry.chinese), entry
        assert entry.commands[0]
    for wording in wordings:
        assert any(part.concepts and not part.optional for part in wording.parts), entries[wording.entry]


@pytest.mark.parametrize("shell", FAMILIES[1:])
def test_a_command_that_is_written_for_a_shell_is_that_shells(shell: str) -> None:
    """Also one that is written as for the others: it says that it is there."""
    rows = [entry for entry in table()[0] if own(entry, shell) and not entry.when]
    assert rows and all(template(entry, Context(shell)) == own(entry, shell) for entry in rows)


def test_every_command_of_the_table_can_be_written_and_read() -> None:
    entries, _, _ = table()
    for entry in entries:
        for command, shell in zip(entry.commands, ("bash", *FAMILIES[1:]), strict=True):
            if not command:
                continue
            made = fill(command, EXAMPLES, Context(shell, branch="topic", cwd="/home/ann/shop"))
            assert made is not None, command
            assert not re.search(r"(?<![@$#%{])\{[a-z]+\}", made.replace("@{u}", "")), made
            if shell == "bash":
                codes = [reason.code for reason in grade(made, "bash").reasons]
                assert "not-understood" not in codes, made


def test_every_concept_has_its_line_once() -> None:
    lines = (DATA / "concepts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(line.count("\t") == 2 for line in lines)
    assert "端口" in lexicon() and "port" in lexicon()


@pytest.mark.parametrize(
    ("request_", "command"),
    [
        ("find all python files over one megabyte changed this week", "find . -name '*.py' -size +1M -mtime -7"),
        ("找出本周改过的超过一兆的 python 文件", "find . -name '*.py' -size +1M -mtime -7"),
        ("删除三十天以前的日志文件", "find . -type f -name '*.log' -mtime +30 -delete"),
        ("find empty folders", "find . -type d -empty"),
        ("count the python files in src", "find src -name '*.py' | wc -l"),
        ("find all markdown files not in node_modules", "find . -name '*.md' -not -path '*/node_modules/*'"),
    ],
)
def test_files_are_found_by_kind_size_and_age(request_: str, command: str) -> None:
    found = find(request_, HERE)
    assert found and found[0] == command


@pytest.mark.parametrize(
    "request_", ["find the yellow files", "delete all files", "找出好看的 python 文件", "find a better way"]
)
def test_files_that_are_described_in_other_words_are_not_guessed(request_: str) -> None:
    assert find(request_, HERE) is None


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["bash", "fish", "powershell", "cmd"]))
def test_any_text_is_read_without_failing(text: str, shell: str) -> None:
    found = phrase(text, Context(shell=shell))
    assert found is None or found.command


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("修复登录端口"), min_size=1, max_size=20
    )
)
def test_no_name_leaves_its_word(name: str) -> None:
    """Whatever stands in quotes is searched for, or nothing is made of it; it is never run."""
    found = phrase(f'search for "{name}" in src', HERE)
    if found is not None:
        assert grade(found.command, "bash").risk == "safe"


@pytest.mark.parametrize(
    "request_",
    [
        "go to lunch",
        "merge departments",
        "branch out into new markets",
        "pull weeds",
        "rename john to bob",
        "search for happiness",
        "i can't find the file",
        "commit message 应该怎么写",
        "remove the image from the slide",
    ],
)
def test_everyday_words_are_no_names(request_: str) -> None:
    assert said(request_) is None


def test_an_everyday_word_is_a_name_where_it_is_called_one() -> None:
    assert said("switch to the payment branch") == "git checkout payment"
    assert said("make a folder called photos") == "mkdir photos"


def test_what_stands_before_in_is_where_and_what_stands_after_it_is_sought() -> None:
    assert said("grep 一下 useState 在 src 里") == "grep -rn useState src"
    assert said("在 src 里搜索 useState") == "grep -rn useState src"


def test_every_slot_and_marker_of_the_table_is_known() -> None:
    _, wordings, _ = table()
    for wording in wordings:
        for part in wording.parts:
            assert not part.marker or part.marker in MARKERS, part
            assert not part.slot or part.slot in EXAMPLES or part.slot == "dest", part


@pytest.mark.parametrize("request_", ["is redis up", "redis 起来了吗", "nginx 在跑吗"])
def test_a_question_is_answered_and_starts_nothing(request_: str) -> None:
    made = said(request_)
    assert made is not None and made.startswith("systemctl status ")


@pytest.mark.parametrize(
    ("request_", "files", "command"),
    [
        ("install numpy", (), "pip install numpy"),
        ("install numpy", ("pyproject.toml", "uv.lock"), "uv add numpy"),
        ("装个 axios", ("package.json", "yarn.lock"), "yarn add axios"),
        ("install htop", ("package.json",), "sudo apt install htop"),
        ("安装 Redis", (), "sudo apt install redis"),
        ("install Docker", (), "sudo apt install docker.io"),
        ("install docker-compose", (), "sudo apt install docker-compose"),
        ("install quuxlib", ("package.json",), "npm install quuxlib"),
        ("install quuxlib", ("package.json", "Cargo.toml"), None),
        ("install quuxlib", (), None),
        ("安装依赖", ("Cargo.toml",), "cargo fetch"),
        ("安装依赖", ("package.json", "pyproject.toml"), None),
    ],
)
def test_what_installs_a_package_follows_from_its_kind_and_the_project(
    request_: str, files: tuple[str, ...], command: str | None
) -> None:
    found = phrase(request_, Context(files=files, tools=("apt",)))
    assert (found.command if found else None) == command


def test_no_package_is_of_two_kinds() -> None:
    lists = [programs.listed(each, "packages") for each in INSTALLERS]
    assert sum(map(len, lists)) == len(frozenset().union(*lists))
    assert all(name == name.lower() for each in lists for name in each)


@pytest.mark.parametrize("words", ["old ui", "ui fix page", "new ui page"])
def test_a_branch_may_be_named_in_some_words(words: str) -> None:
    name = words.replace(" ", "-")
    assert said(f"delete the branch {words}") == f"git branch -d {name}"
    assert said(f"新建一个分支叫 {words}") == f"git checkout -b {name}"
    there = Context(branches=(words.replace(" ", "_"),))
    found = phrase(f"switch to the branch {words}", there)
    assert found and found.command == f"git checkout {words.replace(' ', '_')}"


@pytest.mark.parametrize("more", ["again", "right now", "locally", "on the remote", "and nothing else", "twice"])
def test_what_follows_a_branch_is_no_part_of_its_name(more: str) -> None:
    assert f"main-{more.split()[0]}" not in (said(f"delete the branch main {more}") or "")


@pytest.mark.parametrize(
    ("request_", "powershell", "cmd"),
    [
        ("find all folders named dist", "Get-ChildItem -Recurse -Directory -Filter dist", "dir /s /b /ad dist"),
        ("delete all pyc files", "Get-ChildItem -Recurse -Filter *.pyc | Remove-Item", "del /s *.pyc"),
        ("count the txt files in src", "(Get-ChildItem src -Recurse -Filter *.txt).Count",
         'dir /s /b src\\*.txt | find /c /v ""'),
        ("find files larger than 5 megabytes",
         "Get-ChildItem -Recurse -File | Where-Object { $_.Length -gt 5MB }",
         'powershell -Command "Get-ChildItem -Recurse -File | Where-Object { $_.Length -gt 5MB }"'),
        ("print lines 10 to 20 of a.txt", "Get-Content a.txt | Select-Object -Skip 9 -First 11",
         'powershell -Command "Get-Content a.txt | Select-Object -Skip 9 -First 11"'),
        ("print the second column of a.csv", "Get-Content a.csv | ForEach-Object { ($_ -split ',')[1] }",
         'for /f "tokens=2 delims=," %i in (a.csv) do @echo %i'),
        ("replace foo with bar in a.ini", "(Get-Content a.ini).Replace('foo', 'bar') | Set-Content a.ini",
         'powershell -Command "(Get-Content a.ini).Replace(\'foo\', \'bar\') | Set-Content a.ini"'),
        ('search for "two words" in a.txt', "Select-String 'two words' a.txt", 'findstr /n /c:"two words" a.txt'),
    ],
)  # fmt: skip
def test_windows_has_its_own_commands(request_: str, powershell: str, cmd: str) -> None:
    """Blanks make findstr search for either word, find wants its text in quotes, and cmd has no columns or sizes."""
    for shell, command in (("powershell", powershell), ("cmd", cmd)):
        made = compose(request_, Context(shell, "windows"))
        assert made and made.text == command


def test_lines_that_end_before_they_begin_are_no_lines() -> None:
    assert compose("print lines 20 to 10 of a.txt", Context("powershell", "windows")) is None
