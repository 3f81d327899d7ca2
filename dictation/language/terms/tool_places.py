"""Places in a sentence where the name of a tool stands (用…写, 跑在…上, use … for), and commands before arguments."""

from __future__ import annotations

from dictation.spelled.lazy_regex import late
from dictation.spelled.wordlist import in_order

_LEFT = in_order(
    "用 换成 改成 改用 换到 换了 选了 选用 选 跑在 部署在 部署到 放在 放到 存在 存到 存进 存入 写进 写到 推到 "
    "传到 发到 导入 导到 导进 基于 接入 接了 接的是 接上 接一个 接个 接 装了 装个 装一个 装的是 装 上了 是 叫 "
    "叫做 在 让 给 从 到 把 和 跟 配 配合 加上 加个 加一个 加 引入 引进 集成 迁移到 迁到 切到 切换到 切换成 升级 "
    "支持 兼容 连 连上 连接 调用 调 查 打开 启动 重启 学 学习 看 写 对接 依赖 采用 使用 通过 借助 换 比 像 里的 "
    "里面的 上的 的 往 向 有 有个 起个 两个 三个 几个 每个 套 套了 封装 开源的 搭了 搭个 起个 起一个 起"
)
_RIGHT = in_order(
    "写 做 跑 搭 来 上 里 下 的 框架 集群 镜像 容器 服务 管理 重写 实现 构建 部署 打包 编译 渲染 训练 推理 开发 "
    "画 查 存 测 连 调 处理 数据 模型 项目 插件 脚本 接口 仓库 分支 队列 组件 代码 文件 配置 系统 客户端 平台 "
    "工具 节点 实例 版本 面板 库 写了 跑了 挂 报错 中 是 和 跟 或 还是 比 有 没 太 很 不 会 能 要 可以 支持 一下 "
    "试试 监控 收集 采集 抓 爬 解析 格式化 检查 生成 补全 帮 改 封 转 了 吗 吧 呢 没有 起 启动 重启 升级 读 读写 "
    "同步 校验 鉴权 登录 统计 分析 搜索 检索 缓存 存储 通信 传 调度 编排 采样 画图 测试 数据库 编辑器 语言 引擎 "
    "过来 过去 进来 出来 上去 以后 之后 之前 时 时候 怎么 为什么 这个 那边 这边"
)
_WEAK = in_order("在 是 把 和 跟 给 从 到 里的 里面的 上的 的 比 像 往 向 有 选 换 看 调 查 叫 起 上 导入 的是 升级")
"""Before a name, but before many another thing too."""
_STRONG = tuple(sorted(set(_LEFT) - set(_WEAK))) + in_order("用的是 选的是 换的是 跑的是")
_LONGEST_RIGHT = max(map(len, _RIGHT))
_RIGHT_SET = frozenset(_RIGHT)


def goes_before(char: str) -> bool:
    """Whether the character is a word that stands after a name."""
    return char in _RIGHT_SET


def after_verb(text: str, start: int, surely: bool = False) -> bool:
    """Whether what stands before ``start`` leads up to a name, ``surely`` or by its looks."""
    while start and text[start - 1] == " ":
        start -= 1
    if surely and start > 1 and text[start - 1] == "用" and text[start - 2] in "通专常适作费实":
        return False  # 通用, 专用: no verb
    return text.endswith(_STRONG if surely else _LEFT, max(0, start - 8), start)


def before_verb(text: str, end: int, stop: int) -> bool:
    """Whether what stands from ``end`` on goes on after a name, or nothing does."""
    rest = text[end : min(stop, end + 12)].lstrip()
    if not rest or not rest[0].isalnum():
        return True
    return any(rest[:size] in _RIGHT_SET for size in range(1, _LONGEST_RIGHT + 1)) or rest[0].isascii()


BEFORE = frozenset(
    in_order(
        "a an the my our your to in on of for from with by via use uses using used into and or through as than "
        "like at inside within around against behind per between without configure configured deploy deployed host "
        "hosted migrate restart reload start stop upgrade upgraded update test build wrote write writes read reads "
        "prefer need needs want choose chose support supports adopted adopt runs ran moved switched switch started set "
        "added add enable disable their his her its some every each another only local remote setup import imports "
        "is are was install learn try written open call run running called both new any this that no latest plain"
    )
)
AFTER = frozenset(
    in_order(
        "and or to for with in on is are was as at from by than so because when if before after but has can will "
        "should "
        "does then instead not via into of the a we i it they you that these those again now first today while "
        "where which who must might may could would did were had have under over inside here there dash minus"
    )
)
COUNTS = frozenset(in_order("zero one two three four five six seven eight nine ten eleven sixteen eighteen thirty"))
"""Numbers that are said in a name: k eight s, i eighteen n."""
_LEADS = frozenset(in_order("with using via on in to into from use uses"))
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
