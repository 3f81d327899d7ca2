"""What kinds of files are called, and their endings."""

from __future__ import annotations

KINDS = {
    "python": "py", "py": "py", "javascript": "js", "js": "js", "typescript": "ts", "type script": "ts", "ts": "ts",
    "markdown": "md", "md": "md", "json": "json", "jason": "json", "yaml": "yaml", "yml": "yml", "toml": "toml",
    "log": "log", "日志": "log", "text": "txt", "txt": "txt", "文本": "txt", "csv": "csv", "pdf": "pdf", "png": "png",
    "jpg": "jpg", "jpeg": "jpg", "gif": "gif", "svg": "svg", "webp": "webp", "java": "java", "go": "go", "golang": "go",
    "rust": "rs", "rs": "rs", "cpp": "cpp", "c++": "cpp", "html": "html", "css": "css", "shell": "sh", "bash": "sh",
    "sh": "sh", "zip": "zip", "sql": "sql", "xml": "xml", "vue": "vue", "tsx": "tsx", "jsx": "jsx", "mp4": "mp4",
    "mov": "mov", "mkv": "mkv", "webm": "webm", "flac": "flac", "m4a": "m4a", "ogg": "ogg", "avi": "avi",
    "heic": "heic",
    "mp3": "mp3", "wav": "wav", "php": "php", "ruby": "rb", "rb": "rb", "swift": "swift", "kotlin": "kt",
    "ipynb": "ipynb",
    "notebook": "ipynb", "tmp": "tmp", "bak": "bak", "ini": "ini", "conf": "conf", "lua": "lua", "proto": "proto",
    "object": "o", "tar.gz": "tar.gz", "gz": "gz", "exe": "exe", "dll": "dll", "pyc": "pyc", "xlsx": "xlsx",
    "docx": "docx",
    "c": "c", "header": "h", "h": "h", "class": "class", "jar": "jar", "dat": "dat", "out": "out", "r": "r",
}  # fmt: skip
"""What a kind of file is called -> its ending."""

SOUND = (".mp4", ".mov", ".mkv", ".webm", ".avi", ".mp3", ".wav", ".flac", ".m4a", ".ogg")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic")
