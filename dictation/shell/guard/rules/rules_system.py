"""Judges what stops, opens or rewires the machine: power, disks, services, accounts, network, packages."""

from __future__ import annotations

import re

from dictation.shell.guard.argv import Options, read
from dictation.shell.guard.inspection import CAUTION, DANGER, UNKNOWN, Call, Look
from dictation.shell.guard.risky_places import kind
from dictation.shell.guard.rule_table import table
from dictation.spelled.lazy_regex import late

ANY = ""
OFF = "It stops or restarts the machine."
DISK = "It destroys what is on a disk or a volume."
CUT = "It may cut this machine off the network."
VITAL = (
    r"(?:sshd?|network\w*|NetworkManager|systemd-\w+|dbus|firewalld|docker|containerd|cron|auditd|rsyslog|apparmor|"
    r"ufw|fail2ban|postgres\w*"
    r"|mysqld?|mariadb|redis\S*|mongod?|nginx|gdm\d?|lightdm|sddm|display-manager|kubelet|wpa_supplicant|iwd|polkit)"
)
SHELL_NAMES = late(
    r"^-?(?:systemd|init|sshd|dbus\S*|Xorg|gnome-shell|kwin\S*|plasmashell|bash|zsh|fish|launchd|WindowServer|Finder|"
    r"loginwindow)$"
)


def kill(call: Call, look: Look) -> None:
    """kill, pkill, killall, fuser -k."""
    if _spares(call):
        return
    if call.name == "killall5":
        look.danger("ends-everything", "It ends every process of the machine.", call.at)
    elif call.name == "fuser" and any(kind(each) in ("root", "home", "system") for each in call.args):
        look.danger("ends-everything", "It ends every process that uses a place of the system.", call.at)
    elif why := _ends_all(call):
        look.danger("ends-everything", why, call.at)
    else:
        look.caution("ends-process", "What the process has not saved is lost.", call.at)


def _spares(call: Call) -> bool:
    """Whether it ends nothing: a list of signals, a question whether a process is there, a job of this shell."""
    args = call.args
    if "%" in "".join(each[:1] for each in args) and all(re.match(r"%\d|-(?:\d|[A-Z])", each) for each in args):
        return True
    if call.name == "fuser" and not any("k" in each for each in args if each.startswith("-")):
        return True
    return "".join(args[:1]) in ("-l", "-L", "-0", "--list", "-V", "--help") or args[:2] == ["-s", "0"]


def _ends_all(call: Call) -> str:
    """What is ended besides what one may mean; empty where that is one process or program."""
    args = call.args
    named = read(args, "-s --signal -u -U -t -n -q -g -G -P -o").rest
    if "-1" in args[1:] or "-1" in named:
        return "It ends every process of the user or the machine."
    if call.name == "kill":
        return "It ends the first process, or all of this group." if {"1", "0"} & set(named) else ""
    wide = {"-u", "-U", "-v"} & set(args) or {".", ".*", ""} & set(named) or any(map(SHELL_NAMES.match, named))
    return "It ends the session, the login or most processes." if wide else ""


def cron(call: Call, look: Look) -> None:
    """crontab, at, batch."""
    options = read(call.args, "-u")
    if call.name == "crontab":
        _crontab(options, call, look)
    elif not options.has("-l", "-c"):
        look.caution("persistence", "It plans a job that runs later by itself.", call.at)
        if call.feed and call.feed.text:
            look.text(call.feed.text, "bash", call.at)
        elif call.feed and "network" in call.feed.marks:
            look.danger("remote-code", "It runs code that comes from the network.", call.at)


def _crontab(options: Options, call: Call, look: Look) -> None:
    if options.has("-l"):
        return
    if options.has("-r"):
        look.danger("deletes", "Every planned job is deleted.", call.at)
    elif options.has("-e"):
        look.caution("persistence", "It changes what runs by itself.", call.at)
    else:
        look.danger("persistence", "It plans jobs that run by themselves.", call.at)


def disk(call: Call, look: Look) -> None:
    """mkfs and its kin."""
    if not call.args or set(call.args) <= {"-h", "--help", "-V", "--version", "-n"}:
        return
    files = [
        each for each in call.args if not each.startswith("-") and not re.fullmatch(r"\d+[kKmMgG]?|\w{1,5}\d?", each)
    ]
    if files and all(kind(each) in ("project", "temp") and UNKNOWN not in each for each in files):
        look.caution("formats", "It formats an image file.", call.at)
    else:
        look.danger("formats", DISK, call.at)


def mount(call: Call, look: Look) -> None:
    """mount and umount."""
    options = read(call.args, "-o -t -L -U -O")
    every, off = options.has("-a", "--all"), call.name == "umount"
    lists = not off and options.has("-l")
    if lists or options.has("--help", "-V") or not (options.rest or every):
        return
    lost = {"root", "system", "home"} & set(map(kind, options.rest))
    level = DANGER if (lost and _moves_disks(options, off)) or (off and every) else CAUTION
    look.note(level, "mounts", "It changes which disks are seen where.", call.at)


def _moves_disks(options: Options, off: bool) -> bool:
    """Whether what is in use may lose its place: all disks, a place seen elsewhere, a disk taken off by force."""
    if options.has("-a", "--all", "--bind", "--move") or (off and options.has("-f", "-l", "--lazy", "--force")):
        return True
    return re.search(r"remount|bind|move", " ".join(options.value("-o"))) is not None


def history(call: Call, look: Look) -> None:
    """history -c and friends."""
    if read(call.args, "-d -a -r -w -s -p").has("-c") or call.args[:1] == ["clear"]:
        look.danger("covers-tracks", "It erases the shell's history.", call.at)
    elif read(call.args, "-d -a -r -w -s -p").has("-d") or "delete" in call.args:
        look.caution("covers-tracks", "It erases the shell's history.", call.at)


def switch(call: Call, look: Look) -> None:
    """set, setopt, ulimit, unset: options of the shell."""
    line = " ".join(call.args)
    if re.search(r"\+o history|HISTFILE|HISTSIZE", line):
        look.caution("covers-tracks", "It turns the shell history off.", call.at)
    elif call.name == "enable" and re.search(r"-f|-n", line):
        level = DANGER if "-f" in call.args else CAUTION
        look.note(level, "loads-code", "It loads or removes builtins of the shell.", call.at)
    elif call.name == "set" and call.args and ("--" in call.args or call.args[0][:1] not in "-+"):
        start = call.args.index("--") + 1 if "--" in call.args else 0
        look.scope.positional = call.args[start:]


def power(call: Call, look: Look) -> None:
    """shutdown, reboot and so on."""
    if call.args not in (["-c"], ["--help"], ["--version"], ["--show"], ["-w"]):
        look.danger("power", OFF, call.at)


RULES = {
    **dict.fromkeys("shutdown reboot halt poweroff init telinit".split(), power),
    **dict.fromkeys("kill pkill killall killall5 fuser skill xkill slay".split(), kill),
    **dict.fromkeys("crontab at batch atrm".split(), cron),
    **dict.fromkeys("mkfs mke2fs mkfs.ext4 mkfs.ext3 mkfs.ext2 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs "
        "mkfs.f2fs mkswap mkdosfs newfs newfs_hfs mkntfs wipefs sgdisk blkdiscard badblocks scrub nwipe".split(), disk),
    **dict.fromkeys("mount umount".split(), mount), "history": history, **dict.fromkeys("set setopt unsetopt unset "
    "enable shopt".split(), switch),
    "loginctl": table((r"terminate|kill|poweroff|reboot", DANGER, "power", "It ends sessions or stops the machine."),),
    "systemctl": table(
        (r"\b(?:poweroff|reboot|halt|kexec|suspend|hibernate|emergency|rescue|isolate|default|soft-reboot)\b", DANGER,
            "power", OFF),
        (rf"\b(?:stop|disable|mask|kill|restart|try-restart)\b.*(?:^|\s){VITAL}(?:\.\w+)?(?:\s|$)", DANGER,
            "stops-service", "It stops a service that others rely on, or the way in."),
        (r"\b(?:enable|link|edit|import-environment|set-environment|set-default|daemon-reexec|mask|disable|"
            r"reenable)\b", CAUTION, "persistence", "It changes what starts by itself."),
        (r"\b(?:stop|kill|restart|reload\S*|start|try-restart|revert|clean|reset-failed|daemon-reload|set-property)\b",
            CAUTION, "stops-service", "It starts or stops a service."),
    ),
    "service": table((rf"^{VITAL} (?:stop|restart)", DANGER, "stops-service", "It stops a service that others "
        "rely on."), (r"\b(?:stop|restart|start|reload)\b", CAUTION, "stops-service", "It starts or stops a service.")),
    **dict.fromkeys("launchctl rc-update chkconfig update-rc.d sv initctl".split(), table(
        (r"^(?:load|bootstrap|enable|submit|add|setenv)|defaults$|\bon\b", DANGER, "persistence",
            "It changes what starts by itself."),
        (r"^(?:unload|bootout|remove|kill|disable|stop|del|kickstart|restart|down|reboot)|\boff\b|remove", CAUTION,
            "stops-service", "It stops a service."),
    )),
    **dict.fromkeys("iptables ip6tables ebtables arptables iptables-legacy iptables-nft".split(), table(
        (r"(?:^|\s)(?:-[A-Z]*F|--flush|-X|-P \w+ DROP|--policy|-P|-Z)\b|(?:^|\s)-[AI]\s.*\bDROP\b|\bREJECT\b", DANGER,
        "firewall", CUT),
        (r"(?:^|\s)(?:-[AIDRN]|--append|--insert|--delete)", CAUTION, "firewall", "It changes the firewall."),
    )),
    **dict.fromkeys("nft ufw firewall-cmd pfctl ipset".split(), table(
        (r"flush|delete table|destroy|\bdisable\b|\breset\b|^-d\b|-F\b|default (?:deny|allow|reject)|deny (?:ssh|22)|"
            r"--panic-on|--complete-reload|\bdrop\b|^-f", DANGER, "firewall", CUT),
        (r"add|allow|deny|delete|--add|--remove|insert|enable|limit|reject|^-e\b|--reload|--permanent", CAUTION,
            "firewall", "It changes the firewall."),
    )),
    "iptables-restore": table((ANY, DANGER, "firewall", CUT)), "nft-restore": table((ANY, DANGER, "firewall", CUT)),
    "ip": table(
        (r"\bdown\b|(?:route|r|ro) (?:del|delete|flush|replace)|\bflush\b|(?:link|l) (?:del|delete)|addr\w* (?:del|"
            r"delete)|a (?:del|d)\b|netns del|rule (?:del|flush)", DANGER, "network-down", CUT),
        (r"\b(?:add|set|change|replace|append|up|exec)\b", CAUTION, "network", "It changes the network."),
    ),
    **dict.fromkeys("ifconfig ifdown ifup route nmcli rfkill networksetup dhclient iwconfig wpa_cli connmanctl tc "
        "ethtool bluetoothctl brctl".split(), table(
        (r"\bdown\b|\bdel(?:ete)?\b|\boff\b|disconnect|\bblock\b|^-a$|flush|-setairportpower|-r\b|--reset|loss|netem|"
            r"radio", DANGER, "network-down", CUT),
        (r"\b(?:add|up|modify|con mod|-set\w+|set|0\.0\.0\.0|on|connect|netmask|enable)\b", CAUTION, "network",
            "It changes the network."),
    )), "ifdown": table((ANY, DANGER, "network-down", CUT)),
    "sysctl": table((r"-w\b|=|-p\b|--system|--load", CAUTION, "kernel", "It changes how the kernel works.")),
    **dict.fromkeys("insmod modprobe rmmod kmod depmod kexec".split(), table((r"^(?:list|-c|-D|-n|--show\S*)", "safe",
    "", ""), (ANY, DANGER, "kernel", "It loads or removes code of the kernel."))),
    **dict.fromkeys("fdisk cfdisk sfdisk gdisk parted gparted partprobe".split(),
        table((r"^-l|(?:^|\s)(?:-l|--list|print|--dump|-d)(?:\s|$)|^-s [^ ]+$", "safe", "", ""),
            (ANY, DANGER, "formats", DISK))),
    "cryptsetup": table((r"luksFormat|luksErase|erase|luksKillSlot|luksRemoveKey|reencrypt|luksHeaderRestore|wipe",
        DANGER, "formats", DISK), (r"open|close|luksAddKey|luksOpen|luksClose", CAUTION, "mounts",
        "It opens or closes an encrypted disk.")),
    **dict.fromkeys("lvremove vgremove pvremove lvreduce vgreduce lvresize pvcreate vgcfgrestore".split(), table((ANY,
        DANGER, "formats", DISK))),
    **dict.fromkeys("zfs zpool btrfs mdadm losetup nvme hdparm tune2fs debugfs xfs_repair fsck fsck.ext4 "
        "e2fsck resize2fs dmsetup storcli megacli swapoff swapon vgchange multipath ledctl bcache bcachefs".split(),
        table(
        (r"destroy|labelclear|rollback|delete|--zero-superblock|--fail|--remove|--stop|format|sanitize|secure-erase|"
            r"--security-erase\S*|subvolume delete|device remove|-w\b|--write-sector|remove_all|wipe_table|clri|"
            r"replace|offline|create|--create|make-bad|trim-sector|-y\b|-L\b|-f\b|write-zeroes|detach", DANGER,
            "formats", DISK),
        (r"^(?:list|status|get|show|--detail|-l|id-ctrl|smart-log|--show\S*|-s$|-I|-i|-n|ls|info|"
            r"filesystem (?:show|df|usage)|subvolume list|scrub status|--examine)", "safe", "", ""),
        (ANY, CAUTION, "mounts", "It changes a disk or a file system."),
    )),
    "diskutil": table((r"(?i)erase|partition|zero|secure|reformat|delete|apfs delete|randomDisk|unmountDisk force",
        DANGER, "formats", DISK), (r"(?i)^(?:list|info|apfs list|activity)", "safe", "", ""), (ANY, CAUTION, "mounts",
        "It changes which disks are seen.")),
    **dict.fromkeys("useradd adduser usermod userdel deluser groupadd groupmod groupdel gpasswd passwd chpasswd "
        "newusers vipw visudo chage chsh chfn newgrp pwconv grpconv dscl sysadminctl pw htpasswd faillock "
        "pam-auth-update authselect realm update-ca-certificates".split(), table(
        (r"^(?:-S|--status|-c$|-c -f|-l|-s$|\. -(?:list|read)|-cf)", "safe", "", ""), (ANY, DANGER, "privilege",
            "It changes accounts, passwords or what they may do."))),
    **dict.fromkeys("su login runuser".split(), table((ANY, DANGER, "privilege", "It takes on another user's "
        "rights."))),
    **dict.fromkeys("setcap setenforce aa-disable aa-teardown spctl csrutil semanage setsebool apparmor_parser "
        "auditctl nvram efibootmgr bless grub-install update-grub grub-mkconfig grub2-mkconfig tpm2_clear mokutil "
        "fwupdmgr flashrom kextload kextunload systemextensionsctl".split(), table(
        (r"^(?:status|list|-v|--list|-l|-p|-s|get-\S+|--status|--assess|-a|--test-key|--sb-state)", "safe", "", ""),
            (ANY, DANGER, "weakens", "It changes what protects or starts this machine."))),
    "zle": table((r"-N (?:accept-line|self-insert|up-line\S*|down-line\S*|expand-\S*|zle-\S*)", CAUTION, "persistence",
        "It changes what a key does.")),
    **dict.fromkeys("apt-key add-apt-repository".split(), table((r"^(?:list|finger)|^(?:-l|--list)", "safe", "", ""),
        (ANY, DANGER, "foreign-code", "Programs from there are trusted from then on."))),
    "run-parts": table((r"--test|--list", "safe", "", ""), (ANY, CAUTION, "runs-file",
        "It runs every file of a folder.")),
    **dict.fromkeys("xdg-open open logrotate".split(), table((r"(?:^|\s)/(?:tmp|var/tmp|dev/shm)/|\.desktop\b", CAUTION,
        "runs-file", "It opens a file from a place anybody can write to."))),
    "code": table((r"--install-extension", CAUTION, "installs", "It installs an extension, which runs code.")),
    "sg_format": table((ANY, DANGER, "formats", DISK)),
    "ssh-add": table((r"-[dD]\b", CAUTION, "removes-key", "It forgets keys that are in use.")),
    **dict.fromkeys("gpg gpg2".split(), table((r"--delete-(?:secret|key)", DANGER, "deletes", "It deletes keys."))),
    "fc": table((r"^-[ln]|^-\w*l", "safe", "", ""), (ANY, CAUTION, "history-expansion", "It runs an older command.")),
    "fallocate": table((r"-l ?(?:\d{3,}G|\d+T)|--length[= ](?:\d{3,}G|\d+T)", DANGER, "fills-disk",
        "It fills the disk.")),
    "xattr": table((r"quarantine|-c\b|-cr", CAUTION, "weakens", "It removes the mark of downloaded files.")),
    "defaults": table((r"^(?:write|delete|import|rename)", CAUTION, "settings", "It changes settings of the system.")),
    **dict.fromkeys("gsettings dconf xfconf-query kwriteconfig5 pmset systemsetup scutil hostnamectl timedatectl "
    "localectl hwclock date update-alternatives alternatives chronyc ntpdate".split(), table(
        (r"reset-recursively|\breset -f", DANGER, "settings", "It resets settings."),
            (r"^(?:set|write|reset|-s\b|--set|load|-set|sleepnow|displaysleep|--config|--install|--remove|-a )|set-|"
                r"--systohc|^-s\s|^\d{8}", CAUTION, "settings", "It changes settings of the system."))),
    "tmutil": table((r"delete|disable|restore|clear|remove", DANGER, "backups", "It deletes or stops backups.")),
    "journalctl": table((r"--vacuum|--rotate|--flush", CAUTION, "covers-tracks", "It deletes old records of the "
    "system.")), "dmesg": table((r"-[cC]\b|--clear", CAUTION, "covers-tracks", "It clears the records of the kernel.")),
    **dict.fromkeys("apt apt-get aptitude dpkg dnf yum rpm zypper pacman apk emerge snap flatpak pkg port xbps-remove "
    "nala yay paru microdnf slackpkg eopkg tdnf".split(), table(
        (r"https?://|--dangerous\b|(?:^|\s)--?(?:key|import)\b.*http", DANGER, "foreign-code",
            "It installs from an address."),
        (r"(?:^|\s)(?:-s|--no-act|--assumeno)(?:\s|$)", "safe", "", ""),
        (r"^(?:-\S+ )*(?:remove|purge|autoremove|erase|uninstall|dist-upgrade|full-upgrade|downgrade|-R\w*|--unmerge|"
            r"-C|rm|del|delete|autopurge|swap|history undo|distro-sync|-e)\b|--purge|--remove|--force-\S*|--nodeps|"
            r"--allow-(?:downgrades|remove\S*|unauth\S*|change\S*)", DANGER, "removes-package",
            "It removes or replaces programs of the system."),
        (r"^(?:-\S+ )*(?:install|upgrade|update|add|reinstall|-S\w*|-U\w*|-i\b|--install|groupinstall|module|refresh|"
            r"localinstall|clean|autoclean|set|mark|-Uvh|config|revert|disable|hold|-a)\b", CAUTION, "installs",
            "It changes programs of the system."),
    )),
}  # fmt: skip
