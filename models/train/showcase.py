"""Owns the showcase: sixty sentences never trained on that the final model gets right under every change tried."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
from corpus import to_16k
from evaluate import ShortContext, at_level, detect, hear, with_noise
from features import RATE, Floats
from grammar import sentences
from speech import Speaker, synthesize

WANTED = 20  # per language
VOICES = ("m1", "m2", "m3", "m7", "f1", "f2", "f5")

# Candidates that read like real use, in order of preference; made-up sentences of the grammar fill up what is missing.
CANDIDATES = {
    "en": """
please review the pull request before noon
restart the Docker container and check the logs
create a new branch for the login page
add a unit test for the parser
can you deploy the service this afternoon
why is the database so slow
increase the timeout to thirty seconds
we should test the backup before we update the server
please update the ticket before the meeting
find all Python files in this folder
list ten large files on the server
use Postgres instead of MySQL
we use Kafka and Redis in production
send the report to the customer tomorrow morning
write a new SQL query for Postgres
let us refactor the error handler next week
can you fix the pipeline right now
I will review the data model tonight
there are three errors in production
close the old ticket and open the pull request
delete the temporary folder and restart the server
rename the old function and test the module
save the current config and restart the process
the HTTP server is down
the SQL query is slow
I think the pipeline is almost done
please deploy the release on Monday
can you debug the parser after lunch
set the batch size to fifty
how do we deploy the website
install Terraform on the server
restart the Jenkins pipeline and check the results
please download the backup this afternoon
show the last fifteen commits
the old endpoint returns an error
we should review the schema before we deploy the service
send the backup to the team on Friday
write a new YAML template for Ansible
list twenty old tickets in the project
remove the hidden folder and check the repository
""",
    "zh": """
今天下午我们部署新的版本
请检查最后一个错误
大家准备测试接口然后发布版本
把旧的日志删除一下
明天上午我们应该更新文档
同事在服务器上查看日志
等三十秒再启动服务
我们明天开会讨论新的需求
先备份数据再发布版本
下班之前提交代码
帮我查看远程的日志
不要删除重要的文件
经理今天晚上要查看数据
今天我们一定要完成任务
请打开第一个窗口
把所有的图片上传一下
他们需要备份数据库然后更新版本
现在大家不能修改密码
怎么修复这个问题
我们应该优化接口
昨天客户已经提交需求
明天经理需要查看文档
请整理所有的文档
请保存这个文件
我们要检查代码然后提交任务
为什么网络有问题
日志和缓存太大了
最后一个任务已经完成了
客户现在想下载文件
把本地的分支提交一下
我在家里调试脚本
先安装依赖再运行脚本
帮我创建新的分支
等十分钟再检查服务器
老师马上讨论方案
下个星期我们要发布版本
""",
    "mixed": """
我们用 Kubernetes 部署服务
把 dev 分支合并到 main 分支
今天下午部署 Docker 容器
请更新 Python 和 NumPy 的版本
我们需要检查 Redis 的缓存
这个 API 有问题
Postgres 的日志太大了
先 git pull 再 git push
在 GitHub 上创建仓库
同事明天打算学习 Rust
重启 Docker 然后查看日志
安装三个 Redis 节点
用 PyTorch 测试模型
大家用 Slack 讨论需求
今天晚上更新 Postgres 数据库
在 Grafana 上查看数据
经理应该查看 Grafana 的页面
GitHub 的权限有问题
Kafka 的消息不见了
我们马上修复 Chrome 的错误
明天上午发布 Android 版本
客户可以测试 Android 的功能
重启 Jenkins 然后运行任务
我们现在准备学习 Kubernetes
请检查 GitHub 和 GitLab 的权限
用 Terraform 创建集群
明天我们测试 HTTP 接口
今天经理讨论 API 文档
他们用 Kafka 监控消息
用 TensorFlow 分析数据
在 Linux 上编译代码
我们打算重构 React 的组件
大家已经更新 TypeScript 的依赖
打开 server YAML 文件
中午之前备份 MySQL 数据库
切换到 hotfix 分支
""",
}


def changed(audio: Floats, seed: int) -> list[Floats]:
    """The clip as it is, 6 dB louder and softer, in noise at 30 dB, and with 100 and 300 ms more silence before it."""
    edge = RATE // 5
    clip = at_level(np.pad(audio, (edge, edge)), -10.0)
    return [
        clip,
        at_level(clip, -4.0),
        at_level(clip, -16.0),
        *(with_noise(clip, 30.0, seed * 10 + i) for i in range(4)),
        *(np.pad(clip, (RATE * ms // 1000, 0)) for ms in (100, 300)),
    ]


def passes(model: ShortContext, text: str, language: str, speaker: Speaker) -> bool:
    """True if the model writes the sentence exactly in every condition, whole and short context, language detected."""
    audio = to_16k(synthesize(text, language, speaker), via_48k=True)
    for clip in changed(audio, len(text)):
        for frames in (1000, 3000):
            model.frames = frames
            if detect(model, clip) != ("en" if language == "en" else "zh"):
                return False
            if hear(model, clip, "en" if language == "en" else "zh") != text:
                return False
    return True


def main() -> None:
    """Write showcase.tsv: language, voice, speed and text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path, help="the folder that corpus.py wrote: what is in it was trained on")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    trained = {row[0] for path in args.data.glob("*.npz") for row in json.loads(str(np.load(path)["rows"]))}
    model = ShortContext(str(args.model), device="cpu", compute_type="int8")
    rng = random.Random(7)
    lines = ["language\tvoice\tspeed\ttext"]
    for language, block in CANDIDATES.items():
        texts = block.split("\n") + [s.text for s in sentences(99, 200, language, held_out=True)]
        tried, found = 0, 0
        for text in texts:
            if not text or text in trained or found == WANTED:
                continue
            speaker = Speaker(rng.choice(VOICES), rng.choice((150, 160, 170)), 50, "en-us")
            tried += 1
            if passes(model, text, language, speaker):
                found += 1
                lines.append(f"{language}\t{speaker.voice}\t{speaker.speed}\t{text}")
        print(f"{language}: {found} of {tried} tried")
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
