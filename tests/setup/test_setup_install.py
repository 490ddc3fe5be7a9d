"""`installeer` makes what is missing, once; `--verwijder` takes back that and nothing else."""

import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings

from debiteuren.book.shipped import template_bytes
from debiteuren.domain.problem import SurroundingsError
from debiteuren.setup.computer import Computer, this_computer
from debiteuren.setup.conf import read_setting, write_setting
from debiteuren.setup.install import install, take_back
from debiteuren.setup.registry import NO_REGISTRY
from debiteuren.setup.versions import shipped_xlwings
from debiteuren.setup.windows import TRUSTED, trusted_key
from setup.computers import MAC, WINDOWS, MemoryRegistry, computer


def everything(home: Path) -> dict[str, bytes | str | None]:
    """Every file, link and folder in the user's home."""
    return {
        str(path.relative_to(home)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(home.rglob("*"))
    }


def test_windows_gets_conf_workbook_trusted_folder_and_shortcut(tmp_path: Path) -> None:
    registry = MemoryRegistry()
    windows = computer(tmp_path, registry=registry, links=True)
    done = install(windows)
    assert (len(done.made), done.there) == (6, ())
    assert (tmp_path / ".xlwings" / "xlwings.conf").read_bytes() == (
        b'"INTERPRETER_WIN","C:\\Python311\\python.exe"\r\n"ADD_WORKBOOK_TO_PYTHONPATH","false"\r\n'
    )
    assert windows.workbook.read_bytes() == template_bytes()
    assert registry.all == {
        f"{TRUSTED}\\Location20": {
            "Path": f"{windows.workbook.parent}\\",
            "Description": "Debiteuren",
            "AllowSubfolders": 1,
        }
    }
    assert (tmp_path / "Desktop" / "Debiteuren.lnk").exists()
    assert "zonder te vragen" in done.advice[0]
    assert "Inhoud inschakelen" in done.advice[1]
    assert len(done.advice) == 2


def test_a_mac_gets_conf_runpython_workbook_and_shortcut(tmp_path: Path) -> None:
    mac = computer(tmp_path, MAC)
    assert len(install(mac).made) == 6
    conf = tmp_path / "Library/Containers/com.microsoft.Excel/Data/xlwings.conf"
    assert '"INTERPRETER_MAC","/opt/python/bin/python3"\n' in conf.read_text(encoding="utf-8")
    assert mac.runpython_script.exists()
    assert (tmp_path / "Desktop" / "Debiteuren.xlsm").resolve() == mac.workbook
    assert take_back(mac).left == ()
    assert not (tmp_path / "Desktop" / "Debiteuren.xlsm").is_symlink()


def test_a_linux_machine_is_told_that_there_is_no_excel(tmp_path: Path) -> None:
    linux = computer(tmp_path, "linux", xlwings="")
    before = everything(tmp_path)
    assert install(linux).applies is False
    assert everything(tmp_path) == before


@pytest.mark.parametrize("system", [WINDOWS, MAC])
def test_a_second_time_changes_nothing_and_removing_leaves_what_was_there(
    system: str, tmp_path: Path
) -> None:
    registry = MemoryRegistry({f"{TRUSTED}\\Location20": {"Path": "C:\\Van een ander\\"}})
    machine = computer(tmp_path, system, registry=registry)
    before, registry_before = everything(tmp_path), dict(registry.all)
    install(machine)
    after, registry_after = everything(tmp_path), dict(registry.all)
    again = install(machine)
    assert (again.made, len(again.there)) == ((), 6)
    assert (everything(tmp_path), registry.all) == (after, registry_after)
    back = take_back(machine)
    assert (len(back.gone), back.left) == (6, ())
    folders = {place for place, content in everything(tmp_path).items() if content is None}
    assert {place: content for place, content in everything(tmp_path).items() if place not in folders} == {
        place: content for place, content in before.items() if content is not None
    }
    assert "Debiteuren" not in folders
    assert registry.all == registry_before
    assert take_back(machine) == replace(back, gone=(), left=())


@pytest.mark.parametrize("command", [install, take_back])
def test_a_trial_says_it_and_does_nothing(command: object, tmp_path: Path) -> None:
    machine = computer(tmp_path)
    if command is take_back:
        install(machine)
    before = everything(tmp_path)
    assert callable(command)
    said = command(machine, trial=True)
    assert len(said.made if command is install else said.gone) == 6
    assert everything(tmp_path) == before


def test_what_the_user_filled_in_or_changed_stays(tmp_path: Path) -> None:
    registry = MemoryRegistry()
    machine = computer(tmp_path, registry=registry)
    install(machine)
    machine.workbook.write_bytes(machine.workbook.read_bytes() + b"van mij")
    write_setting(machine, "INTERPRETER_WIN", r"C:\Andere\python.exe")
    back = take_back(machine)
    assert back.left == (
        str(machine.workbook),
        str(machine.workbook.parent),
        f"INTERPRETER_WIN in {machine.conf}",
    )
    assert machine.workbook.exists()
    assert read_setting(machine, "INTERPRETER_WIN") == r"C:\Andere\python.exe"
    assert registry.all == {}


def test_what_the_user_removed_himself_needs_no_word(tmp_path: Path) -> None:
    machine = computer(tmp_path)
    install(machine)
    machine.workbook.unlink()
    machine.conf.unlink()
    (tmp_path / "Desktop" / "Debiteuren.url").unlink()
    back = take_back(machine)
    assert (len(back.gone), back.left) == (2, ())


def test_settings_of_somebody_who_knows_xlwings_stay_and_come_back(tmp_path: Path) -> None:
    machine = computer(tmp_path)
    machine.conf.parent.mkdir()
    theirs = (
        b'"PYTHONPATH","C:\\werk"\r\n"interpreter_win","C:\\oud\\python.exe"\r\n"SHOW CONSOLE","True"\r\n'
    )
    machine.conf.write_bytes(theirs)
    assert len(install(machine).made) == 5  # the folder of the workbook stays on their path
    assert machine.conf.read_bytes() == theirs.replace(
        b'"interpreter_win","C:\\oud\\python.exe"', b'"INTERPRETER_WIN","C:\\Python311\\python.exe"'
    )
    take_back(machine)
    assert read_setting(machine, "INTERPRETER_WIN") == r"C:\oud\python.exe"
    assert read_setting(machine, "PYTHONPATH") == r"C:\werk"


def test_another_python_takes_over_and_is_taken_back_to_the_beginning(tmp_path: Path) -> None:
    first = computer(tmp_path)
    install(first)
    second = replace(first, python=r"D:\Nieuw\python.exe")
    assert len(install(second).made) == 1
    assert read_setting(second, "INTERPRETER_WIN") == second.python
    assert take_back(second).left == ()
    assert not second.conf.exists()


@pytest.mark.parametrize("found", ["", "0.30.0"])
def test_another_xlwings_than_the_workbooks_stops_it(found: str, tmp_path: Path) -> None:
    machine = computer(tmp_path, xlwings=found)
    before = everything(tmp_path)
    with pytest.raises(SurroundingsError) as stopped:
        install(machine)
    assert str(stopped.value).startswith("Niets gewijzigd: xlwings past niet bij deze werkmap\n")
    assert f'"{machine.python}" -m pip install xlwings=={shipped_xlwings()}' in str(stopped.value)
    assert everything(tmp_path) == before


def test_a_step_that_is_refused_leaves_what_was_made_noted(tmp_path: Path) -> None:
    registry = MemoryRegistry()
    registry.closed = True
    machine = computer(tmp_path, registry=registry)
    with pytest.raises(SurroundingsError) as stopped:
        install(machine)
    assert str(stopped.value).startswith("Niet afgemaakt: Excel vertrouwt die map lukt niet (u hebt daar ")
    registry.closed = False
    assert len(install(machine).made) == 2
    assert len(take_back(machine).gone) == 6


def test_a_path_that_excel_can_not_read_is_told(tmp_path: Path) -> None:
    machine = computer(tmp_path, python="C:\\Gebruikers\\Łukasz\\python.exe")
    with pytest.raises(SurroundingsError, match="letters die Excel niet kan lezen"):
        install(machine)


def test_a_damaged_note_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    machine = computer(tmp_path)
    machine.data.mkdir(parents=True)
    (machine.data / "installatie.json").write_text('{"gemaakt": [{"kind": "raket"}]}', encoding="utf-8")
    before = everything(tmp_path)
    for command in (install, take_back):
        with pytest.raises(SurroundingsError, match="is niet te lezen"):
            command(machine)
    assert everything(tmp_path) == before


def test_a_desktop_elsewhere_is_found(tmp_path: Path) -> None:
    key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    registry = MemoryRegistry({key: {"Desktop": "%userprofile%/OneDrive/Bureaublad"}})
    machine = computer(tmp_path, registry=registry)
    install(machine)
    (shortcut,) = (tmp_path / "OneDrive" / "Bureaublad").iterdir()
    text = shortcut.read_bytes().decode("ascii")
    assert shortcut.name == "Debiteuren.url"
    assert text == f"[InternetShortcut]\r\nURL={machine.workbook.as_uri()}\r\n"


@pytest.mark.parametrize("written", ["{folder}", "{folder}\\", "%USERPROFILE%/Debiteuren"])
def test_a_folder_that_is_trusted_already_is_seen(written: str, tmp_path: Path) -> None:
    folder = tmp_path / "Debiteuren"
    registry = MemoryRegistry({f"{TRUSTED}\\Location0": {"Path": written.format(folder=folder).upper()}})
    machine = computer(Path(str(tmp_path)), registry=registry)
    found = trusted_key(machine, folder)
    assert found == f"{TRUSTED}\\Location0"


def test_xlwings_itself_looks_where_we_write() -> None:
    here = this_computer()
    assert str(here.conf) == xlwings.USER_CONFIG_FILE
    assert (here.xlwings, here.python) == (xlwings.__version__, sys.executable)
    assert here.registry is NO_REGISTRY or sys.platform == "win32"
    source = (Path(xlwings.__file__).parent / "cli.py").read_text(encoding="utf-8")
    script = Computer(
        system=MAC, home=Path("~"), environment={}, python="", python_version="", xlwings="1.2"
    ).runpython_script
    assert str(script.parent)[1:] in source
    assert 'f"xlwings-{xw.__version__}.applescript"' in source


def test_the_keys_we_write_are_those_of_the_module_in_the_workbook() -> None:
    source = (Path(xlwings.__file__).parent / "xlwings.bas").read_text(encoding="cp1252")
    for key in ("INTERPRETER_WIN", "INTERPRETER_MAC", "ADD_WORKBOOK_TO_PYTHONPATH"):
        assert re.search(rf'GetConfig\("{key}"', source), key


def test_the_shipped_module_is_the_version_we_ask_for(tmp_path: Path) -> None:
    path = tmp_path / "boek.xlsm"
    path.write_bytes(template_bytes())
    with zipfile.ZipFile(path) as package:
        assert "xl/vbaProject.bin" in package.namelist()
    assert shipped_xlwings() == xlwings.__version__
