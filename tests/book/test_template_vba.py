"""The VBA project holds our short modules and xlwings' own, unmodified, as source only."""

import io
import re
import zipfile
from pathlib import Path

import olefile
import pytest
import xlwings
from pyopenvba import ExcelFile
from typer.main import get_command

from debiteuren import __version__, cli
from debiteuren.book.layout import SHEETS
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template.buttons import BUTTONS, Button
from debiteuren.book.template.vba_project import MACROS, own_modules, vba_project

OWN = ("Knoppen", "Lint")
DOCUMENTS = ("ThisWorkbook", *(f"bl{name}" for name in SHEETS))


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    path = tmp_path_factory.mktemp("vba") / "Debiteuren.xlsm"
    path.write_bytes(template_bytes())
    with ExcelFile(path) as workbook:
        assert workbook.validate() == []
        return {name: workbook.get_module(name) for name in workbook.module_names()}


@pytest.fixture(scope="module")
def project() -> bytes:
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as package:
        return package.read("xl/vbaProject.bin")


def _body(source: str) -> str:
    """Without the attribute lines and file header, which the project keeps in its own form."""
    lines = source.replace("\r\n", "\n").split("\n")
    return "\n".join(
        line for line in lines if not re.match(r"Attribute VB_|VERSION 1|BEGIN$|END$|  MultiUse", line)
    ).strip("\n")


def test_these_modules_and_no_other(modules: dict[str, str]) -> None:
    assert set(modules) == {*OWN, "xlwings", "Dictionary", *DOCUMENTS}


def test_our_modules_are_the_sources_of_macros(modules: dict[str, str]) -> None:
    assert tuple(sorted(own_modules())) == OWN
    for name in OWN:
        assert _body(modules[name]) == _body((MACROS / f"{name}.bas").read_text("utf-8"))


def test_xlwings_own_modules_are_unmodified(modules: dict[str, str]) -> None:
    package = Path(xlwings.__file__).parent
    for name, file in (("xlwings", "xlwings.bas"), ("Dictionary", "addin/Dictionary.cls")):
        assert _body(modules[name]) == _body((package / file).read_text("cp1252"))
    assert f'XLWINGS_VERSION As String = "{xlwings.__version__}"' in modules["xlwings"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_there_is_no_code_in_workbook_or_sheets(modules: dict[str, str], name: str) -> None:
    assert _body(modules[name]) == ""


def test_the_project_is_source_only(project: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(project)) as compound:  # type: ignore[no-untyped-call]  # it has no types
        assert compound.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("cc61ffff000000")
        streams = {"/".join(path) for path in compound.listdir()}
        assert streams == {
            "PROJECT",
            "PROJECTwm",
            "VBA/_VBA_PROJECT",
            "VBA/dir",
            *(f"VBA/{name}" for name in (*OWN, "xlwings", "Dictionary", *DOCUMENTS)),
        }
        for name in (*OWN, "xlwings", "Dictionary", *DOCUMENTS):  # compressed source from the first byte
            assert compound.openstream(f"VBA/{name}").read(1) == b"\x01"


def test_code_names_in_the_sheets_are_the_document_modules() -> None:
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as package:
        found = [
            re.findall(r'codeName="(\w+)"', package.read(part).decode("utf-8"))
            for part in (
                "xl/workbook.xml",
                *(f"xl/worksheets/sheet{n}.xml" for n in range(1, len(SHEETS) + 1)),
            )
        ]
    assert found == [[name] for name in DOCUMENTS]


def test_our_vba_is_short_explicit_and_fits_cp1252() -> None:
    sources = own_modules()
    assert sum(len(source.splitlines()) for source in sources.values()) < 150
    for source in sources.values():
        assert "\nOption Explicit\n" in source
        source.encode("cp1252")
        opened = re.findall(r"^\s*(?:Public |Private )?(Sub|Function) ", source, re.MULTILINE)
        closed = re.findall(r"^\s*End (Sub|Function)\s*$", source, re.MULTILINE)
        assert opened == closed


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_a_button_is_one_sub_and_one_call(button: Button) -> None:
    macro = button.macro
    knoppen, lint = own_modules()["Knoppen"], own_modules()["Lint"]
    assert f'Public Sub {macro}()\n    VoerUit "{button.function}", "{button.label}"\nEnd Sub\n' in knoppen
    assert f"Public Sub Lint{macro}(control As IRibbonControl)\n    {macro}\nEnd Sub\n" in lint


def test_the_seam_is_one_call_without_a_double_quote_inside() -> None:
    calls = re.findall(r"^\s*RunPython (.*)$", "\n".join(own_modules().values()), re.MULTILINE)
    assert calls == ['"import debiteuren.buttons as b; b." & opdracht & "()"']
    assert "On Error GoTo" in own_modules()["Knoppen"]
    assert own_modules()["Knoppen"].count("Application.StatusBar = False") == 1


def test_the_macros_name_no_command_that_is_not_there() -> None:
    known = set(getattr(get_command(cli.app), "commands", {}))
    for source in own_modules().values():
        assert set(re.findall(r"\bdebiteuren ([a-z]+)", source)) <= known


def test_what_a_button_says_when_it_fails_is_two_sentences() -> None:
    said = re.search(r"MsgBox knop & (.*?), vbExclamation", own_modules()["Knoppen"], re.DOTALL)
    assert said
    text = "".join(re.findall(r'"([^"]*)"', said[1]))
    assert text == (
        " is niet gelukt. Sluit Excel, open de werkmap opnieuw en probeer het nog eens; "
        "helpt dat niet, laat deze melding dan zien aan wie het programma installeerde."
    )


def test_the_macros_say_the_version_of_the_program() -> None:
    assert f'DebiteurenVersie = "{__version__}"' in own_modules()["Knoppen"]


def test_a_letter_that_vba_cannot_hold_stops_the_build() -> None:
    with pytest.raises(UnicodeEncodeError):
        vba_project({"Fout": 'Attribute VB_Name = "Fout"\n\' ≤\n'}, ("blStart",))
