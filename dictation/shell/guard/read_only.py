"""Knows the programs that only look, so that a caution about root or about prod is not raised for a listing."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import Call
from dictation.shell.guard.risky_places import secret

LOOKS = frozenset(
    "ls ll la cat less more head tail grep egrep fgrep rg ag find fd du df stat file wc ps top htop btop free uptime "
    "id whoami groups"
    " lsof ss netstat lsblk blkid lspci lsusb lsmod lscpu lshw dmidecode dmesg journalctl which type whereis locate "
    "tree diff cmp"
    " sort uniq cut awk nl od xxd strings date uname hostname hostnamectl timedatectl getfacl lsattr last lastlog w "
    "who ping ping6 traceroute"
    " tracepath mtr dig nslookup iotop iftop nethogs nmap tcpdump smartctl sensors getent true echo printf pwd env "
    "test [ vmstat"
    " iostat mpstat sar pstree pgrep pidof findmnt resolvectl ethtool arp lsns numfmt zcat zgrep md5sum sha256sum "
    "basename realpath".split()
)
SUB = re.compile(
    r"(?:systemctl (?:-\S+ )*(?:status|show|cat|list-\S+|is-\S+|get-default)|service \S+ status|service --status-all|"
    r"docker (?:-\S+ )*(?:ps|images|logs|inspect|info|version|stats"
    r"|top|port|diff|history|events|(?:volume|network|container|image|system) (?:ls|inspect|df|list))|apt(?:-get|"
    r"-cache)? (?:list|show|search|policy|-s|--dry-run)"
    r"|dpkg -[lLsS]|rpm -q|(?:iptables|ip6tables) (?:-\S+ )*-[LS]|(?:iptables|ip6tables) -t \w+ -[LS]|nft list|ufw "
    r"status|fdisk -l|parted -l|parted \S+ print|crontab (?:-u \S+ )?-l"
    r"|ip (?:-\S+ )*(?:a|addr|address|l|link|r|route|n|neigh)(?: show.*| list.*|)$|nginx -[tTvV]|sshd -[tT]|apachectl "
    r"(?:configtest|-S)|visudo -c"
    r"|sysctl (?:-a|-n \S+$|[\w.]+$)|mount$|mount -l|swapon (?:-s|--show)|lvs|vgs|pvs|zpool (?:list|status)|zfs list|"
    r"virsh list|certbot certificates|snap list"
    r"|firewall-cmd --(?:list|state|get)|brew (?:list|info|search)|launchctl list|pacman -Q|dnf (?:list|info|search)|"
    r"yum (?:list|info|search)|kubectl (?:get|describe|logs))"
)


def reads_only(call: Call) -> bool:
    """Whether the call changes nothing and shows no secret."""
    if any(secret(each) for each in call.args):
        return False
    if call.name == "journalctl":
        return not any(each.startswith(("--vacuum", "--rotate", "--flush")) for each in call.args)
    if call.name == "dmesg":
        return not {"-C", "-c", "--clear"} & set(call.args)
    return call.name in LOOKS or bool(SUB.match(" ".join([call.name, *call.args])))
