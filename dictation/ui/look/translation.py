"""Language: the interface in the user's language, from Qt's compiled translations."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from dictation.ui.look import sentences
from dictation.ui.look.asset_folders import assets

LANGUAGES = ("en", "zh")
"""What the interface speaks; English is what the code is written in, and needs no file."""


def folder() -> Path:
    """Where the compiled translations are: inside the installed package, or beside it in a checkout."""
    return assets("translations")


def wanted(choice: str, desktop: list[str]) -> str:
    """The language for the setting ``look.language``; ``auto`` is the first of the ``desktop``'s that we speak.

    ``desktop`` holds names like ``zh-Hans-CN`` or ``en_GB``, the most wanted first. Every Chinese is the one we have.
    """
    if choice in LANGUAGES:
        return choice
    for each in desktop:
        if (language := each.replace("_", "-").partition("-")[0].lower()) in LANGUAGES:
            return language
    return "en"


class Language(QObject):
    """Installs translations. Every change reaches the windows as Qt's own event, LanguageChange."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []
        self.name = "en"

    def use(self, choice: str) -> bool:
        """Speak the language for the setting ``choice``; whether it is another than before."""
        name = wanted(choice, QLocale.system().uiLanguages())
        if name == self.name:
            return False
        self.name = name
        sentences.use(name)
        for each in self._installed:
            self._app.removeTranslator(each)
        self._installed = []
        if name != "en":
            # Qt's own words (OK, Copy, Select All) come with Qt.
            self._install("qtbase_zh_CN", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
            self._install(f"dictation_{name}", folder())
        return True

    def _install(self, file: str, where: Path) -> None:
        translator = QTranslator(self)
        if translator.load(file, str(where)):
            self._app.installTranslator(translator)
            self._installed.append(translator)
