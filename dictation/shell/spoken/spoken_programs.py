"""The programs a spoken command may begin with, what they are heard as, and which words follow them."""

from __future__ import annotations

from dictation.spelled.wordlist import words

PROGRAMS = words(
    """
    flask gunicorn celery alembic streamlit nodemon
    7z ab ack adb ag alacritty alias ansible ansible-playbook apk apt apt-cache apt-get ar ash awk aws az base32
    base64 basename bash bat bazel bc bg black brew btop bun bundle bunzip2 bzip2 cal caffeinate cargo cat cd chgrp
    chmod chown choco chroot cksum clang clang-format clear cmake cmp code column comm conda cordova cp cpio crictl
    crontab csplit ctest ctr curl cut date deno df diff dig dir dirs dmesg dnf docker docker-compose dotnet dpkg du
    echo emacs env esbuild eslint eval exa exiftool exit expand export expr eza fc fd fdfind fg ffmpeg ffprobe file
    find fish flake8 fmt fold flutter free fzf g++ gcc gdb gem getent gh git gitk glab gh-dash go gofmt
    golangci-lint gpg gradle gradlew grep groups gunzip gzip head helm helm3 hexdump hg history host hostname
    hostnamectl htop http https httpie hyperfine id iconv ifconfig iftop install invoke iostat iotop ip iptables
    isort java javac jest jobs join jq journalctl jupyter jupyter-lab just k3s k9s kill killall kind kotlin kotlinc
    kubectl kubectx kubens last ld ldconfig ldd lerna less ll ln locale locate logger ls lsattr lsb_release lsblk
    lscpu lsmod lsof lspci lsusb lua luajit magick make man md5 md5sum mdadm minikube mise mkdir mkfifo mktemp mocha
    mongo mongosh more mount mv mvn mypy mysql mysqldump nano nc ncat ncdu neofetch netstat nginx ng nl nmap nmcli
    node nohup nmap npm npx nslookup nvim nvidia-smi nvm nx nice ollama open openssl pacman paste patch pbcopy
    pbpaste pdm perl pg_dump pgrep php pidof ping pip pip3 pipenv pipx pkill pm2 pnpm podman podman-compose poetry
    pod popd pre-commit prettier printenv printf prisma ps psql pstree pushd pwd pwsh pyenv pylint pyright pytest
    python python3 python2 rails rake ranger rbenv readlink realpath redis-cli redis-server reset rev rg rm rmdir
    rollup rspec rsync ruby ruff rustc rustfmt rustup scp screen sed seq sftp sh sha1sum sha256sum shasum shellcheck
    shuf shutdown sleep sort source split sqlite3 ss ssh ssh-add ssh-copy-id ssh-keygen stat strace strings stern
    stylelint su sudo svn swift sync sysctl systemctl tac tail tailwindcss tar task tcpdump tee telnet terraform
    test time timedatectl timeout tldr tmux top touch tox tr traceroute tree truncate tsc tsx ts-node tshark tty
    turbo type ufw uglifyjs umask unalias uname unexpand uniq unset unxz unzip uptime uv uvicorn uvx vagrant vi vim
    vite vitest vmstat volta vue w watch wc webpack wget which whereis who whoami whois whatis wl-copy wl-paste wrk
    xargs xclip xdg-open xsel xxd xz yarn yes yq yt-dlp yum z zcat zip zless zsh zstd
    adduser apptainer argocd arp artisan asdf biome blkid bluetoothctl bq bundler busctl cabal ccache cfssl composer
    cpupower createdb direnv docker-machine doctl drush dune elixir eksctl erl ethtool etcdctl exiv2 fastlane
    fdisk firebase firewall-cmd flyctl gcloud getfacl ghc git-lfs gradlew grype gsutil hadolint hcloud
    heroku hexo hugo iex iotop iperf3 istioctl javap jekyll jmap jps jstack julia k6 keytool kubeadm kubeseal kustomize
    latexmk lein loginctl lsmod lvs mc meson mitmproxy mkcert mkfs modprobe mongodump mongoexport mongoimport
    mongorestore mosquitto_pub mosquitto_sub mpv mtr multipass mysqladmin nethogs netlify networkctl ninja nix
    nixos-rebuild nm nsenter objdump opam osascript packer pandoc parted pdflatex perf pg_restore phpunit pvs
    qemu-img rclone readelf rebar3 resolvectl restic rfkill sbt setfacl skopeo snap sops supabase swapoff swapon
    systemd-analyze tailscale terragrunt tofu trivy tshark useradd usermod userdel valgrind vboxmanage velero vercel vgs
    virsh vsce wireshark wrangler xcodebuild xcrun zig zfs zpool
    """
)

WINDOWS = words(
    """
    attrib certutil chcp choco cls copy del dir doskey erase fc findstr ftp get-childitem get-command get-content
    get-help get-item get-location get-process get-service icacls ipconfig md mklink move msbuild net netsh new-item
    nuget pathping ping powershell pwsh rd ren rename robocopy sc schtasks scoop select-string set set-location setx
    start systeminfo taskkill tasklist test-netconnection test-path title tracert tree type ver vol where where.exe
    whoami winget wmic wsl xcopy
    """
)

HEARD = {
    "rip grep": "rg", "ripgrep": "rg", "pseudo": "sudo", "sue do": "sudo", "su do": "sudo", "get": "git",
    "cube control": "kubectl", "cube ctl": "kubectl", "kube control": "kubectl", "kube ctl": "kubectl",
    "kube cuddle": "kubectl", "kube c t l": "kubectl", "cube c t l": "kubectl", "cube cuddle": "kubectl",
    "pie test": "pytest", "py test": "pytest", "make dir": "mkdir", "make directory": "mkdir", "make dear": "mkdir",
    "m k dir": "mkdir", "mk dir": "mkdir", "remove dir": "rmdir", "rm dir": "rmdir",
    "change mode": "chmod", "ch mod": "chmod", "c h mod": "chmod", "change own": "chown", "ch own": "chown",
    "en pm": "npm", "n p m": "npm", "np m": "npm", "mpm": "npm", "p npm": "pnpm", "p n p m": "pnpm", "n p x": "npx",
    "system control": "systemctl", "system ctl": "systemctl", "system c t l": "systemctl", "systemd ctl": "systemctl",
    "journal control": "journalctl", "journal ctl": "journalctl", "journal c t l": "journalctl",
    "ell ess": "ls", "l s": "ls", "el s": "ls", "c d": "cd", "see dee": "cd", "seedy": "cd", "r m": "rm", "m v": "mv",
    "c p": "cp", "p s": "ps", "s s h": "ssh", "ssh": "ssh", "d f": "df", "d u": "du", "w c": "wc", "j q": "jq",
    "eco": "echo", "echoes": "echo", "grip": "grep", "grap": "grep", "grab": "grep", "said": "sed", "ock": "awk",
    "auk": "awk", "a w k": "awk", "docker compose": "docker compose", "dock her": "docker", "docca": "docker",
    "pip three": "pip3", "python three": "python3", "python 3": "python3", "pip 3": "pip3", "pie thon": "python",
    "pee wd": "pwd", "p w d": "pwd", "see url": "curl", "c url": "curl", "curl": "curl", "w get": "wget",
    "tea mux": "tmux", "t mux": "tmux", "vee i": "vi", "v i": "vi", "vi m": "vim", "neo vim": "nvim", "n vim": "nvim",
    "s c p": "scp", "r sync": "rsync", "are sync": "rsync", "l n": "ln", "i p": "ip", "s s": "ss", "n c": "nc",
    "x args": "xargs", "ex args": "xargs", "h top": "htop", "age top": "htop", "g c c": "gcc", "g plus plus": "g++",
    "apt get": "apt-get", "app get": "apt-get", "ssh keygen": "ssh-keygen", "ssh key gen": "ssh-keygen",
    "ssh copy id": "ssh-copy-id", "redis cli": "redis-cli", "redis c l i": "redis-cli", "p g dump": "pg_dump",
    "p sql": "psql", "p s q l": "psql", "my sql": "mysql", "nvidia smi": "nvidia-smi", "nvidia s m i": "nvidia-smi",
    "pre commit": "pre-commit", "type script compiler": "tsc", "t s c": "tsc", "u v": "uv", "g h": "gh", "f d": "fd",
    "un zip": "unzip", "g zip": "gzip", "gun zip": "gunzip", "m d five sum": "md5sum", "md5 sum": "md5sum",
    "m d 5 sum": "md5sum", "sha 256 sum": "sha256sum", "ls of": "lsof", "l s o f": "lsof", "l s of": "lsof",
    "print env": "printenv", "who am i": "whoami", "net stat": "netstat", "trace route": "traceroute", "n map": "nmap",
    "ansible playbook": "ansible-playbook", "you name": "uname", "p kill": "pkill", "p grep": "pgrep",
    "base 64": "base64", "sha 256": "sha256sum", "md 5 sum": "md5sum", "md 5": "md5sum",
    "k 9 s": "k9s", "l s b l k": "lsblk", "s h": "sh", "z s h": "zsh", "mon go": "mongo", "d i g": "dig",
}  # fmt: skip
"""What a program's name is heard as, in lower case; only at the beginning of a command."""

JOINED = {
    "tf plan": "tfplan", "tf vars": "tfvars", "tf state": "tfstate",
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

SUBCOMMANDS = {
    program: words(each)
    for program, each in {
        "git": """
            add am annotate apply archive bisect blame branch bundle checkout cherry cherry-pick clean clone
            commit config count-objects describe diff difftool fetch format-patch fsck gc grep gui init log
            ls-files ls-remote ls-tree merge merge-base mergetool mv name-rev notes pull push range-diff rebase
            reflog remote request-pull reset restore revert rev-list rev-parse rm shortlog show show-ref
            sparse-checkout stash status submodule switch symbolic-ref tag update-index version whatchanged
            worktree lfs flow""",
        "docker": """
            attach build buildx commit compose container context cp create diff events exec export history image
            images import info inspect kill load login logout logs manifest network node pause plugin port ps
            pull push rename restart rm rmi run save search secret service stack start stats stop swarm system
            tag top trust unpause update version volume wait""",
        "docker compose": """
            attach build config cp create down events exec images kill logs ls pause port ps pull push restart
            rm run scale start stats stop top unpause up version wait watch""",
        "npm": """
            access audit bin cache ci config create dedupe deprecate dist-tag docs doctor exec explain explore
            fund get i init install install-test link list login logout ls outdated owner pack ping pkg prefix
            profile prune publish query rebuild repo restart root run run-script search set shrinkwrap start
            stop t team test token un uninstall unpublish update upgrade version view whoami""",
        "pnpm": """
            add audit build create deploy dev dlx env exec fetch i import init install link list ls outdated
            pack prune publish rebuild remove rm root run server setup start store test up update why""",
        "yarn": """
            add audit autoclean bin build cache check config create dev dlx exec generate-lock-entry global info
            init install lint link list login logout node outdated owner pack publish remove run start test up
            upgrade upgrade-interactive version versions why workspace workspaces""",
        "bun": "add build create dev i init install link outdated pm remove run start test update upgrade x",
        "kubectl": """
            annotate api-resources api-versions apply attach auth autoscale certificate cluster-info completion
            config cordon cp create debug delete describe diff drain edit events exec explain expose get
            kustomize label logs options patch plugin port-forward proxy replace rollout run scale set taint top
            uncordon version wait""",
        "cargo": """
            add audit bench build check clean clippy doc expand fetch fix fmt generate init install
            locate-project login metadata new nextest outdated owner package publish remove run search test tree
            uninstall update vendor version watch b c r t""",
        "go": "bug build clean doc env fix fmt generate get install list mod run test tool version vet work",
        "pip": """
            cache check completion config debug download freeze hash help index inspect install list search show
            uninstall wheel""",
        "conda": """
            activate clean compare config create deactivate env info init install list remove run search update""",
        "poetry": """
            add build cache check config env export init install lock new publish remove run search self shell
            show update version""",
        "uv": "add build cache export init lock pip publish python remove run self sync tool tree venv version",
        "apt": """
            autoremove clean download edit-sources full-upgrade install list policy purge remove search show
            update upgrade""",
        "apt-get": """
            autoremove autoclean build-dep check clean download install purge remove source update upgrade""",
        "brew": """
            autoremove cask cleanup config deps doctor edit info install leaves link list ls outdated pin
            reinstall remove search services tap uninstall unlink untap update upgrade uses""",
        "systemctl": """
            cat daemon-reload disable edit enable is-active is-enabled is-failed kill list-dependencies
            list-jobs list-sockets list-timers list-unit-files list-units mask poweroff reboot reload restart
            show start status stop suspend try-restart unmask""",
        "gh": """
            alias api auth browse cache codespace config extension gist gpg-key issue label pr project release
            repo run search secret ssh-key status variable workflow""",
        "helm": """
            create dependency env get history install lint list ls package plugin pull push repo rollback search
            show status template test uninstall upgrade version""",
        "terraform": """
            apply console destroy fmt force-unlock get graph import init login output plan providers refresh
            show state taint test untaint validate version workspace""",
        "tmux": """
            attach a attach-session capture-pane detach has-session info kill-pane kill-server kill-session
            kill-window list-keys list-panes list-sessions list-windows ls new new-session new-window
            rename-session rename-window resize-pane select-pane select-window send-keys show-options
            source-file split-window switch-client""",
        "rustup": """
            check component default doc install override run self show target toolchain uninstall update which""",
        "nvm": """
            alias current deactivate exec install install-latest-npm list ls ls-remote run unalias uninstall use
            version which""",
        "pyenv": """
            activate commands deactivate exec global install local prefix rehash root shell uninstall update
            versions version virtualenv which""",
        "dotnet": "add build clean list new nuget pack publish remove restore run sln test tool watch",
        "gem": "build env install list outdated push search uninstall update which",
        "bundle": "add check exec init install list lock outdated show update",
        "winget": "download export import install list pin search show source uninstall upgrade",
        "choco": "info install list outdated pin search uninstall upgrade",
        "scoop": "bucket info install list search status uninstall update",
        "pm2": "delete list logs ls monit reload restart save show start startup status stop",
        "ollama": "create list ls ps pull push rm run serve show stop",
        "flutter": "analyze build clean create devices doctor pub run test upgrade",
        "dnf": "autoremove check-update clean info install list provides remove repolist search update upgrade",
        "pre-commit": "autoupdate clean gc install install-hooks run sample-config uninstall",
        "minikube": """
            addons dashboard delete ip image logs pause profile service ssh start status stop tunnel unpause""",
        "ufw": "allow delete deny disable enable reload status",
        "ip": "a addr address l link n neigh r route rule",
    }.items()
}  # fmt: skip
"""Words that may follow a program that has such words."""

SAME = {
    "pip3": "pip", "podman": "docker", "docker-compose": "docker compose", "podman-compose": "docker compose",
    "mamba": "conda", "yum": "dnf", "helm3": "helm",
}  # fmt: skip
"""Programs whose words are another's."""

DEEPER = {
    ("git", "stash"): "apply branch clear create drop list pop push save show store",
    ("git", "remote"): "add get-url prune remove rename rm set-url show update -v",
    ("git", "bisect"): "bad good log reset run skip start",
    ("git", "submodule"): "add deinit foreach init status sync update",
    ("git", "worktree"): "add list lock move prune remove repair unlock",
    ("git", "flow"): "feature hotfix init release",
    ("git", "lfs"): "install ls-files pull push status track untrack",
    ("docker", "container"): "ls list prune rm stop start inspect logs kill restart",
    ("docker", "image"): "build history inspect ls list prune pull push rm tag",
    ("docker", "network"): "connect create disconnect inspect ls list prune rm",
    ("docker", "volume"): "create inspect ls list prune rm",
    ("docker", "system"): "df events info prune",
    ("docker", "compose"): "",
    ("kubectl", "config"): "current-context get-clusters get-contexts set-context use-context view",
    ("kubectl", "rollout"): "history pause restart resume status undo",
    ("go", "mod"): "download edit graph init tidy vendor verify why",
    ("gh", "pr"): "checkout checks close comment create diff edit list merge ready reopen review status view",
    ("gh", "issue"): "close comment create delete edit list reopen status view",
    ("gh", "repo"): "clone create delete edit fork list rename sync view",
    ("gh", "run"): "cancel download list rerun view watch",
    ("uv", "pip"): "check compile freeze install list show sync tree uninstall",
    ("helm", "repo"): "add index list remove update",
    ("terraform", "state"): "list mv pull push replace-provider rm show",
    ("terraform", "workspace"): "delete list new select show",
    ("conda", "env"): "config create export list remove update",
    ("npm", "cache"): "add clean ls verify",
    ("npm", "config"): "delete edit get list ls set",
    ("brew", "services"): "list restart run start stop",
}
"""Words that follow a subcommand."""
