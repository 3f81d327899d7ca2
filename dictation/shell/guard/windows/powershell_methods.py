"""Knows what methods of .NET do that a line of PowerShell calls, and when text becomes a command."""

from __future__ import annotations

import re

from dictation.shell.guard.inspection import Look
from dictation.spelled.lazy_regex import late

NET = (
    (r"\.(?:Delete\w*|Clear|Format)\s*\(|\[(?:System\.)?IO\.\w+\]::(?:Delete|Move|WriteAll\w+|Create|"
        r"Replace)|::(?:Delete\w*|RemoveAll)\s*\(|\]::DeleteDirectory", "danger", "deletes-files",
        "A method deletes or overwrites files."),
    (r"(?i)DownloadString|DownloadData|OpenRead\(|::LoadFile|Reflection\.Assembly|\]::Load\w*\(|Add-Type.*DllImport|"
        r"VirtualAlloc|WinExec|ShellExecute", "danger", "remote-code", "It loads code from elsewhere."),
    (r"(?i)DownloadFile|Start-BitsTransfer|UploadString|UploadFile|UploadData", "caution", "network-file",
    "It fetches or sends a file."),
    (r"(?i)Net\.Sockets|TcpClient|TcpListener", "danger", "network-channel", "It opens a network connection."),
    (r"(?i)SecureStringToBSTR", "caution", "leaks-secret", "It makes a stored password readable."),
    (r"(?i)\[scriptblock\]::Create|\.Invoke\(|InvokeScript|NewScriptBlock|ExpandString|\[powershell\]::Create|"
        r"Invoke-Command\b.*-ComputerName|\.InvokeReturnAsIs", "danger", "computed-command", "It runs text as code."),
    (r"(?i)Win32Shutdown|\.Reboot\(|\.Shutdown\(", "danger", "power", "It stops or restarts the machine."),
    (r"(?i)AmsiUtils|amsiInitFailed|DisableRealtimeMonitoring|ExclusionPath", "danger", "weakens",
    "It turns a protection off."),
    (r"(?i)Diagnostics\.Process\]::Start|\.Kill\(\)|Win32_Process.*Create|\.Terminate\(|"
        r"SetEnvironmentVariable|\.SetAccessControl", "caution", "starts-process",
        "It starts or ends a process, or changes the system."),
    (r"(?i)EmptyRecycleBin|\.DeleteObject|\.DeleteFile|\.Remove\(\)|RegistryKey|\[Microsoft\.Win32\.Registry\]::Set|"
        r"DeleteSubKey", "danger", "deletes-files", "A method deletes."),
)  # fmt: skip
DECODES = late(
    r"(?i)FromBase64String|-join\b|\[char\[?\]?\]|\[convert\]|-bxor|\.Replace\(|-replace\b|\[string\]::Join|ToCharArray|"
    r"\[regex\]::|IO\.Compression"
)
"""What makes text out of something else; harmless where the text is only shown."""

TURNS = late(
    r"(?i)\b(?:iex|invoke-\w+|powershell|pwsh|cmd|start-process|saps)\b|\[scriptblock\]|(?:^|[\s;|{(])[&.]\s*[($]"
)
"""What makes text into a command."""


def methods(plain: str, at: str, look: Look) -> None:
    """Note the methods in ``plain``, a line without comments; texts in single quotes call nothing."""
    bones = re.sub(r"'[^']*'", "''", plain)
    if DECODES.search(bones) and TURNS.search(bones):
        look.danger("hidden-code", "It runs text that was hidden or taken apart.", at)
    for pattern, level, code, message in NET:
        if re.search(pattern, bones):
            look.note(level, code, message, at)
