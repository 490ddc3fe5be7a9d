"""Whether classic Outlook answers on this computer, asked in a process of its own.

The new Outlook has no such door, and asking it, or an Outlook with a window open, can hang for ever: so the
question has a time limit.
Source: docs/eerste-keer-excel.md; Microsoft, "Outlook object model".
"""

import subprocess
import sys
from collections.abc import Callable, Sequence

SECONDS = 20.0
YES = "OUTLOOK ANTWOORDT"
NEW = "NIEUW OUTLOOK"
NO_PART = "ONDERDEEL ONTBREEKT"
_OPTIONS = r"Software\Microsoft\Office\16.0\Outlook\Preferences"

Run = Callable[[Sequence[str], float], str]


def answers(run: Run | None = None) -> str:
    """'' when it answers, else why drafts can't go there, as the start of a sentence."""
    try:
        said = (run or _run)([sys.executable, "-m", "debiteuren.mail.drafts.outlook_probe"], SECONDS)
    except subprocess.TimeoutExpired:
        return (
            "Outlook geeft geen antwoord. Sluit een venster dat het open heeft staan, of start het opnieuw; "
            "anders: --naar eml"
        )
    except OSError:
        return "Outlook kan niet worden gevraagd; kies --naar eml"
    if YES in said:
        return ""
    if NEW in said:
        return (
            "het nieuwe Outlook laat zich niet door een ander programma bedienen. Zet de schakelaar Nieuw "
            "Outlook uit, stel uw postvak in met debiteuren postvak BOEK.xlsm, of kies --naar eml"
        )
    if NO_PART in said:
        return (
            'het onderdeel voor Outlook is niet geïnstalleerd. Typ: py -m pip install "debiteuren[windows]"'
        )
    return "klassiek Outlook staat niet op deze computer, of heeft nog geen account"


def _run(command: Sequence[str], seconds: float) -> str:
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    done = subprocess.run(  # noqa: S603 - our own program
        command, capture_output=True, text=True, timeout=seconds, check=False, creationflags=hidden
    )
    return done.stdout


def main() -> None:
    """Ask, and say on the standard output what came back."""
    if _is_new():
        print(NEW)  # noqa: T201 - its answer
        return
    try:
        from debiteuren.mail.drafts.outlook import connect  # noqa: PLC0415 - of Windows only

        application, _ = connect()
        if application.Session.Accounts.Count > 0:
            print(YES)  # noqa: T201 - its answer
    except ModuleNotFoundError:
        print(NO_PART)  # noqa: T201 - its answer
    except Exception as fault:  # noqa: BLE001 - whatever it is, the answer is no
        print(f"NEE {fault}")  # noqa: T201 - its answer


def _is_new() -> bool:
    try:
        import winreg  # noqa: PLC0415 - of Windows only
    except ModuleNotFoundError:
        return False
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _OPTIONS) as key:  # type: ignore[attr-defined,unused-ignore]
            return winreg.QueryValueEx(key, "UseNewOutlook")[0] == 1  # type: ignore[attr-defined,no-any-return,unused-ignore]
    except OSError:
        return False


if __name__ == "__main__":
    main()
