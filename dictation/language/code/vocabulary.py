"""The closed lists that spoken code is known by: directories, commands, options, objects, function words."""

from __future__ import annotations

from dictation.spelled.wordlist import words

DIRECTORIES = words(
    "feature feat fix hotfix bugfix release origin upstream chore src dist lib libs bin sbin etc usr var tmp "
    "home opt api app apps docs doc test tests spec assets public "
    "components config configs scripts static templates utils pages views models build target include internal "
    "cmd "
    "pkg packages data images logs log root dev proc mnt media v1 v2 v3 services service controllers controller "
    "routes router hooks store styles common core shared modules module plugins vendor migrations fixtures "
    "examples "
    "resources main java kotlin python deploy ci workflows users nginx local share server client backend frontend "
    "web node_modules site-packages handlers middleware layouts www"
)
OBJECTS = words(
    "self this console os np pd plt torch tf math document window process module request response req res app sys "
    "json str list dict event props state router logger log df model super cls asyncio path fs http axios react "
    "object array string promise date localhost user cursor session settings config system response"
)
COMMANDS = words(
    "git npm pnpm yarn pip pipx uv ls rm cp mv mkdir tar grep curl wget ssh scp docker kubectl python python3 "
    "node "
    "npx go cargo make cmake gcc apt brew ps kill chmod chown find cat tail head less df du ping helm terraform "
    "pytest mvn gradle java javac systemctl journalctl sed awk unzip zip rsync nginx redis-cli mysql psql ffmpeg "
    "conda poetry bun deno tsc eslint vim bash sh sudo adb dotnet rg fd top htop netstat lsof ln touch diff xargs "
    "sort uniq wc nc dig ruby perl php nmap flutter dart ansible ollama openssl iptables crontab man which env "
    "tmux screen rustc rustup clang gdb strace perf jq claude codex pod xcodebuild gh pm2 sqlite3 mongosh"
)
SUBCOMMANDS = words(
    "run build push pull commit rebase merge add init clone checkout fetch log diff status stash ps exec logs "
    "apply "
    "plan install compose up down start stop restart test get describe create delete images tag login upgrade "
    "uninstall reset branch switch restore cherry-pick revert blame bisect remote show config rm mv inspect "
    "network "
    "volume doctor create-react-app worktree update publish version list search inspect destroy rollout scale -v "
    "--version"
)
ARTICLES = words(
    "a an the this that single one two three double leading trailing use add is by or no and with of any each your my"
)
FUNCTION = words(
    "a an the this that these those is are was were be been am and or but not no in on at to of for from by "
    "with as "
    "it its if then than so do does did has have had will would can could should may might must i you he she "
    "we they "
    "me him her us them my your his our their what which who whose when where why how there here under over "
    "between "
    "before after about into onto out up down off again also just only very too all some any each every both more "
    "most other such own same too s t please let lets let's"
)
"""English words that carry no meaning of their own: a name does not begin or end with one."""

VERBS = words(
    "open edit cat cd see check view show list read write delete remove rename create make run go look find use "
    "import include load save copy move put touch vim nano code source grep tail head less mv cp rm ls mkdir "
    "chmod "
    "call update change add fix rewrite file folder directory path named called visit goto curl wget ping scp ssh "
    "rsync tar of under execute start debug test select commit push pull stage diff restore git python python3 "
    "node "
    "bash sh npm pip docker sudo set send email mail ask contact line refactor explain review modify compile "
    "build "
    "mount serve parse import with redirect and install pytest the in to at from run into on inside within is for "
    "this that it then via as using by uses"
)
"""Words that come before a path and are not part of it."""

LEADS = frozenset(("is", "has", "can", "should", "on", "to", "no", "my", "all"))
"""Small words that a variable's name begins with: 变量是 is 下划线 admin."""
