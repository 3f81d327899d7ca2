"""Owns the sentences: every word and sentence shape that the mini model learns, and which sentences it never sees."""

from __future__ import annotations

import functools
import hashlib
import random
import re
from dataclasses import dataclass

HAN = "\u4e00-\u9fff"
LANGUAGES = ("en", "zh", "mixed")
_HELD_OUT_ONE_IN = 20

# A slot is named in braces in the templates. Entries are separated by commas; an entry may hold several words.
# No two words here may sound alike in the same place, or the model could only guess between them.
SLOTS: dict[str, str] = {
    # English
    "verb": "open, close, delete, copy, move, rename, check, update, remove, review, build, test, restart, deploy, "
    "fix, create, edit, save, revert, debug, refactor, document, download, upload, clean up, measure, replace",
    "noun": "file, folder, server, package, container, window, terminal, project, database, service, script, "
    "function, class, method, variable, module, table, index, query, request, response, cache, queue, config, "
    "password, page, button, menu, form, image, network, cluster, node, volume, port, process, thread, repository, "
    "release, version, ticket, pull request, pipeline, parser, template, schema, endpoint, dashboard, report, "
    "website, backup, license, library, feature flag",
    "plural": "commits, files, logs, tests, errors, branches, containers, users, messages, lines, packages, "
    "requests, warnings, changes, comments, windows, tickets, results",
    "adj": "new, old, large, small, empty, local, remote, hidden, broken, temporary, internal, public, second, "
    "default, current",
    "state": "broken, slow, ready, empty, missing, too large, running again, failing, down, almost done, "
    "out of date, very fast, not working, stable",
    "when": "before noon, this afternoon, tomorrow morning, today, tonight, next week, after lunch, right now, "
    "on Monday, on Friday, before the meeting, again",
    "place": "in this folder, on the server, in my home directory, in the project, on this branch, on my laptop, "
    "from last week, in production",
    "num": "one, two, three, four, five, six, seven, eight, nine, ten, twelve, fifteen, twenty, thirty, fifty, "
    "one hundred",
    "many": "two, three, four, five, six, seven, eight, nine, ten, twelve, fifteen, twenty, thirty, fifty, one hundred",
    "unit": "seconds, minutes, hours, percent, megabytes",
    "param": "timeout, limit, batch size, version, port, width, volume, delay",
    "resource": "memory, tests, time, space, work, users",
    "branch": "main, dev, release, staging, feature, hotfix",
    "file": "readme, main, config, server, index, test, utils, setup",
    "ext": "Python, JSON, text, log, markdown, YAML",
    "tool": "Kubernetes, GitHub, GitLab, Docker, PyTorch, Redis, Python, Linux, React, Postgres, Rust, Java, "
    "JavaScript, TypeScript, Ubuntu, Django, Flask, Kafka, Jenkins, Terraform, Ansible, Grafana, MySQL, MongoDB, "
    "Webpack, Angular, Swift, Kotlin, Android, Chrome, Firefox, Slack, Vim, NumPy, TensorFlow, Prometheus",
    "tech": "API, HTTP, URL, SQL, CSS, HTML, CPU, GPU, SDK, JSON, YAML, SSH",
    "person": "the team, my manager, everyone, the customer, the designer, our users",
    "topic": "login page, payment service, search box, user profile, error handler, mobile app, settings menu, "
    "audio player, data model, test suite",
    "gitcmd": "status, push, pull, commit, log, stash, rebase, checkout, fetch, clone, diff",
    "key": "enter, escape, delete, tab, space",
    "word": "yes, no, okay, stop, undo, redo, cancel, continue, ls, git, npm, pip, grep, curl, make, help, thanks, "
    "done, back, hello, paste, select all, new line, next page, never mind, thank you, good morning, go back, "
    "scroll down, scroll up, sounds good, looks good to me, of course, not yet, maybe later",
    # Chinese (words are separated by spaces here and joined in the sentence)
    "动": "打开, 关闭, 删除, 复制, 移动, 检查, 更新, 安装, 部署, 测试, 运行, 停止, 启动, 修改, 保存, 提交, 发布, "
    "回滚, 编译, 调试, 优化, 重构, 创建, 下载, 上传, 查看, 搜索, 修复, 备份, 配置, 监控, 讨论, 完成, 准备, 整理, "
    "分析",
    "名": "文件, 目录, 分支, 服务器, 容器, 窗口, 终端, 项目, 代码, 版本, 服务, 数据库, 接口, 脚本, 函数, 变量, "
    "模块, 页面, 按钮, 菜单, 日志, 缓存, 队列, 网络, 集群, 节点, 端口, 进程, 线程, 内存, 磁盘, 仓库, 文档, 需求, "
    "方案, 计划, 问题, 错误, 功能, 密码, 权限, 模型, 数据, 图片, 列表, 消息, 邮件, 依赖, 环境, 组件, 框架, 任务",
    "形": "新的, 旧的, 最大的, 所有的, 空的, 重要的, 本地的, 远程的, 隐藏的, 临时的, 这个, 那个, 第一个, 最后一个",
    "态": "很慢, 很快, 太大了, 没有了, 坏了, 准备好了, 不见了, 非常稳定, 已经完成了, 有问题, 不太清楚",
    "时": "今天, 明天, 昨天, 现在, 今天下午, 明天上午, 今天晚上, 这个星期, 下个星期, 周末, 中午之前, 下班之前, 刚才",
    "限": "今天, 明天, 周末, 下班, 中午",
    "谁": "我们, 你, 他们, 我, 大家, 同事, 客户, 经理, 老师",
    "能": "要, 需要, 应该, 可以, 不能, 正在, 已经, 还没有, 马上, 想, 一定要, 准备, 打算",
    "数": "一, 两, 三, 四, 五, 六, 七, 八, 九, 十, 十二, 十五, 二十, 三十, 五十, 一百",
    "量": "个, 次",
    "时量": "秒, 分钟, 小时, 天",
    "处": "在服务器上, 在本地, 在线上, 在公司, 在家里",
    "词": "好, 好的, 是的, 不是, 可以, 谢谢, 对, 不对, 没问题, 辛苦了, 换行, 撤销, 全选, 确定, 取消, 下一页, "
    "上一页, 继续, 返回, 你好, 知道了, 稍等, 明白, 再见, 开始, 没关系, 早上好",
}

# (weight, template). Words are separated by spaces in all languages, which also lets phrases be cut out of Chinese.
TEMPLATES: dict[str, list[tuple[int, str]]] = {
    "en": [
        (4, "please {verb} the {noun} {when}"),
        (4, "{verb} the {adj} {noun} and {verb} the {noun}"),
        (3, "restart the {tool} {noun} and check the {plural}"),
        (3, "show the last {many} {plural}"),
        (3, "merge {branch} into {branch}"),
        (2, "git {gitcmd}"),
        (2, "switch to the {branch} branch"),
        (3, "create a new branch for the {topic}"),
        (3, "add a unit test for the {noun}"),
        (3, "the {noun} is {state}"),
        (2, "the {adj} {noun} returns an error"),
        (2, "why is the {noun} so slow"),
        (2, "how do we {verb} the {noun}"),
        (3, "can you {verb} the {noun} {when}"),
        (2, "let us {verb} the {topic} {when}"),
        (3, "we should {verb} the {noun} before we {verb} the {noun}"),
        (2, "I think the {noun} is {state}"),
        (2, "the {noun} needs more {resource}"),
        (2, "increase the {param} to {num} {unit}"),
        (2, "set the {param} to {num}"),
        (2, "wait {num} {unit}"),
        (2, "go to line {num}"),
        (2, "press {key}"),
        (3, "open {file} dot {ext}"),
        (2, "find all {ext} files {place}"),
        (3, "list {many} {adj} {plural} {place}"),
        (2, "install {tool} {place}"),
        (2, "use {tool} instead of {tool}"),
        (2, "we use {tool} and {tool} {place}"),
        (2, "send the {noun} to {person} {when}"),
        (2, "there are {many} {plural} {place}"),
        (2, "the {tech} {noun} is {state}"),
        (2, "write a new {tech} {noun} for {tool}"),
        (2, "I will {verb} the {topic} {when}"),
        (2, "run the {plural} {place}"),
        (1, "the meeting starts at {num}"),
        (3, "{word}"),
        (1, "{tool}"),
        (1, "{num}"),
    ],
    "zh": [
        (4, "{时} {谁} {动} {形} {名}"),
        (4, "请 {动} {形} {名}"),
        (3, "{谁} {能} {动} {名}"),
        (3, "{谁} {能} {动} {名} 然后 {动} {名}"),
        (3, "把 {形} {名} {动} 一下"),
        (3, "{时} {谁} {能} {动} {名}"),
        (3, "{形} {名} {态}"),
        (2, "{名} 和 {名} {态}"),
        (2, "为什么 {名} {态}"),
        (2, "怎么 {动} {形} {名}"),
        (2, "{谁} {处} {动} {名}"),
        (2, "一共 有 {数} {量} {名}"),
        (2, "等 {数} {时量} 再 {动} {名}"),
        (2, "{谁} {时} 开会 讨论 {形} {名}"),
        (2, "先 {动} {名} 再 {动} {名}"),
        (2, "{限} 之前 {动} {名}"),
        (2, "帮 我 {动} {形} {名}"),
        (2, "跳到 第 {数} 行"),
        (2, "不要 {动} {形} {名}"),
        (2, "这 是 {谁} 的 {名}"),
        (1, "{动} {名}"),
        (3, "{词}"),
    ],
    "mixed": [
        (3, "{谁} 用 {tool} {动} {名}"),
        (3, "用 {tool} {动} {名}"),
        (3, "把 {branch} 分支 合并 到 {branch} 分支"),
        (3, "{时} {动} {tool} {名}"),
        (3, "请 {动} {tool} 和 {tool} 的 {名}"),
        (3, "{谁} {能} {动} {tool} 的 {名}"),
        (2, "切换 到 {branch} 分支"),
        (2, "{时} {谁} {动} {tech} {名}"),
        (2, "这个 {tech} {态}"),
        (2, "{tool} 的 {名} {态}"),
        (2, "先 git {gitcmd} 再 git {gitcmd}"),
        (2, "在 {tool} 上 {动} {名}"),
        (2, "帮 我 写 一个 {tool} 脚本"),
        (2, "打开 {file} {ext} 文件"),
        (2, "{谁} {时} {能} 学习 {tool}"),
        (2, "重启 {tool} 然后 {动} {名}"),
        (2, "安装 {数} 个 {tool} 节点"),
        (1, "{tool} 比 {tool} 快"),
    ],
}

# Words that have a twin which sounds the same when spoken alone: never the first or last word of a cut-out phrase.
_ALIKE = """
the a an to for of on in at and is are so I do we us can let there into from my this our too write right
的 到 在 再 是 有 把 比 上 先 个 次 天 行 第 等 一个 这
"""
_FUNCTION = frozenset(_ALIKE.split())


@dataclass(frozen=True)
class Sentence:
    """One utterance: its text as a good transcript writes it, and "en", "zh" or "mixed"."""

    text: str
    language: str


@functools.cache
def _slot(name: str) -> list[str]:
    return [entry.strip() for entry in SLOTS[name].split(",")]


def join(words: list[str]) -> str:
    """Join words: nothing between two Chinese words, a space everywhere else."""
    return re.sub(rf"(?<=[{HAN}]) (?=[{HAN}])", "", " ".join(words))


def units(text: str) -> list[str]:
    """The units errors are counted in: English words and single Chinese characters, lower case."""
    return re.findall(rf"[a-z0-9']+|[{HAN}]", text.lower())


@functools.cache
def vocabulary() -> dict[str, list[str]]:
    """Every content word by language ("en", "zh"); a term used inside Chinese too counts as English."""
    found: dict[str, set[str]] = {"en": set(), "zh": set()}
    pieces = [entry for name in SLOTS for entry in _slot(name)]
    pieces += [re.sub(r"{.*?}", "", t) for rows in TEMPLATES.values() for _, t in rows]
    for word in (w for piece in pieces for w in piece.split()):
        found["zh" if re.match(f"[{HAN}]", word) else "en"].add(word)
    return {k: sorted(v) for k, v in found.items()}


@functools.cache
def _words() -> frozenset[str]:
    return frozenset(w for words in vocabulary().values() for w in words)


def is_held_out(text: str) -> bool:
    """True for one sentence in twenty, by a hash of its text; words and the shortest utterances are never held out."""
    if len(units(text)) < 4 or text in _words():
        return False
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % _HELD_OUT_ONE_IN == 0


def _fill(rng: random.Random, language: str) -> list[str]:
    weights, templates = zip(*TEMPLATES[language], strict=True)
    template = rng.choices(templates, weights)[0]
    used: set[str] = set()

    def pick(match: re.Match[str]) -> str:
        # Nobody says "merge dev into dev".
        used.add(choice := rng.choice([entry for entry in _slot(match[1]) if entry not in used]))
        return choice

    return re.sub(r"{(.*?)}", pick, template).split()


def sentences(seed: int, n: int, language: str | None = None, held_out: bool = False) -> list[Sentence]:
    """`n` sentences, the same for the same arguments: all held out (and all different), or none held out."""
    rng = random.Random(seed)
    found: list[Sentence] = []
    seen: set[str] = set()
    while len(found) < n:
        chosen = language or rng.choice(LANGUAGES)
        text = join(_fill(rng, chosen))
        if is_held_out(text) == held_out and not (held_out and text in seen):
            seen.add(text)
            found.append(Sentence(text, chosen))
    return found


def _content(language: str) -> list[str]:
    return [w for w in vocabulary()[language] if w not in _FUNCTION]


def _span(rng: random.Random, words: list[str], most: int) -> list[str]:
    start = rng.randrange(len(words))
    span = words[start : start + rng.randint(1, most)]
    while span and span[0] in _FUNCTION:
        span = span[1:]
    while span and span[-1] in _FUNCTION:
        span = span[:-1]
    return span


def salad(rng: random.Random, language: str, length: int) -> list[str]:
    """`length` content words in no order at all: nothing but the sound can tell what comes next."""
    if language != "mixed":
        return rng.choices(_content(language), k=length)
    words = [rng.choice(_content(rng.choice(["zh", "zh", "en"]))) for _ in range(length)]
    words[rng.randrange(length)] = rng.choice(_content("zh"))
    return words


def phrases(seed: int, n: int) -> list[Sentence]:
    """`n` utterances of one to three words: first every word alone, then pieces of sentences and random words."""
    rng = random.Random(seed)
    found = [Sentence(w, language) for language in ("en", "zh") for w in _content(language)] * 3
    while len(found) < n:
        language = rng.choice(LANGUAGES)
        words = _fill(rng, language)
        piece = salad(rng, language, rng.randint(1, 3)) if rng.random() < 0.55 else _span(rng, words, 3)
        text = join(piece)
        if not piece or is_held_out(text):
            continue
        if language == "mixed":
            # A piece with only one of the two languages belongs to that language.
            chinese, latin = (bool(re.search(p, text)) for p in (f"[{HAN}]", "[A-Za-z]"))
            language = "mixed" if chinese and latin else "zh" if chinese else "en"
        found.append(Sentence(text, language))
    return found[:n]


def salads(seed: int, n: int) -> list[Sentence]:
    """`n` utterances of three to eight random words."""
    rng = random.Random(seed)
    found: list[Sentence] = []
    while len(found) < n:
        language = rng.choice(LANGUAGES)
        text = join(salad(rng, language, rng.randint(3, 8)))
        if not is_held_out(text):
            found.append(Sentence(text, language))
    return found
