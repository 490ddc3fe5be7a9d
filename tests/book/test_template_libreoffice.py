"""LibreOffice opens the shipped workbook, puts it on paper, and its VBA compiles and answers."""

import zipfile
from pathlib import Path

import pytest
from pyopenvba import ExcelFile
from xlsxwriter.utility import xl_col_to_name

from debiteuren import __version__
from debiteuren.book import layout
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template import build
from debiteuren.book.template.buttons import BUTTONS, Button
from libreoffice import Office
from office_documents import call, macros_of_shapes, opened, to_pdf, values

pytestmark = pytest.mark.libreoffice

STUBS = {
    "xlwings": """Attribute VB_Name = "xlwings"
Option Explicit
Public Function RunPython(PythonCommand As String)
    ThisWorkbook.Sheets("Start").Range("A1").Value = PythonCommand
End Function
""",
    "Dictionary": """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1
END
Attribute VB_Name = "Dictionary"
Option Explicit
""",
}
"""xlwings' own two modules need #If, of which LibreOffice compiles every branch; the rest is as shipped."""


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    path = tmp_path / "Debiteuren.xlsm"
    path.write_bytes(template_bytes())
    return path


def test_it_opens_and_shows_every_table(office: Office, shipped: Path) -> None:
    with opened(office, shipped) as document:
        assert document.Sheets.getElementNames() == layout.SHEETS
        for table in layout.TABLES:
            if table.sheet != "Instellingen":
                last = xl_col_to_name(len(table.columns) - 1)
                assert values(document, table.sheet, f"A4:{last}4") == [list(table.names())]


def test_it_goes_to_paper(office: Office, shipped: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "werkmap.pdf"
    with opened(office, shipped) as document:
        to_pdf(document, pdf)
    assert pdf.read_bytes().startswith(b"%PDF")


@pytest.fixture
def for_libreoffice(tmp_path: Path) -> Path:
    path = tmp_path / "proef.xlsm"
    build(path, replaced_modules=STUBS)
    return path


def test_what_libreoffice_tries_differs_only_in_xlwings_modules(shipped: Path, for_libreoffice: Path) -> None:
    with zipfile.ZipFile(shipped) as one, zipfile.ZipFile(for_libreoffice) as other:
        assert one.namelist() == other.namelist()
        differ = [name for name in one.namelist() if one.read(name) != other.read(name)]
    assert differ == ["xl/vbaProject.bin"]
    with ExcelFile(shipped) as one_book, ExcelFile(for_libreoffice) as other_book:
        names = one_book.module_names()
        assert other_book.module_names() == names
        others = {name for name in names if one_book.get_module(name) != other_book.get_module(name)}
    assert others == set(STUBS)


def test_its_own_vba_compiles_and_answers(office: Office, for_libreoffice: Path) -> None:
    with opened(office, for_libreoffice) as document:
        assert call(document, "Knoppen.DebiteurenVersie") == __version__


def test_vba_with_a_fault_would_not_answer(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "fout.xlsm"
    fault = 'Attribute VB_Name = "Lint"\nOption Explicit\nPublic Sub Fout()\n    If Then\nEnd Sub\n'
    build(path, replaced_modules={**STUBS, "Lint": fault})
    with opened(office, path) as document:
        assert call(document, "Knoppen.DebiteurenVersie") != __version__


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_a_button_asks_python_for_its_own_function(
    office: Office, for_libreoffice: Path, button: Button
) -> None:
    with opened(office, for_libreoffice) as document:
        call(document, f"Knoppen.{button.macro}")
        asked = values(document, "Start", "A1")
    assert asked == [[f"import debiteuren.buttons as b; b.{button.function}()"]]


def test_every_button_on_start_runs_its_macro(office: Office, shipped: Path) -> None:
    with opened(office, shipped) as document:
        assert macros_of_shapes(document, "Start") == {
            f"Knop {button.label}": "vnd.sun.star.script:VBAProject.Knoppen."
            f"{button.macro}?language=Basic&location=document"
            for button in BUTTONS
        }
