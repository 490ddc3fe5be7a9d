"""The VBA project from text: our modules of macros/ and xlwings' own, as the bytes of xl/vbaProject.bin.

Source: MS-OVBA 2.3.4.1 (a `_VBA_PROJECT` stream of seven bytes: source only, no compiled code to go stale),
the form of xlwings' own workbook. Leaves to others: the sheets (their code names come in as a list).
"""

import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
import xlwings
from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.cfb import CFB

MACROS = Path(__file__).parents[4] / "macros"
"""Our own sources stand in the checkout only: a user of the package never builds."""

WORKBOOK_MODULE = "ThisWorkbook"

_SOURCE_ONLY = bytes.fromhex("cc61ffff000000")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_XLSM = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def own_modules() -> dict[str, str]:
    """Our modules by name, as text."""
    return {path.stem: path.read_text("utf-8") for path in sorted(MACROS.glob("*.bas"))}


def xlwings_modules() -> dict[str, str]:
    """The standalone modules of the installed xlwings, unmodified."""
    package = Path(xlwings.__file__).parent
    sources = {"xlwings": package / "xlwings.bas", "Dictionary": package / "addin" / "Dictionary.cls"}
    return {name: path.read_text("cp1252") for name, path in sources.items()}


def vba_project(modules: Mapping[str, str], sheet_code_names: Sequence[str]) -> bytes:
    """The project with these modules, and an empty document module for the workbook and every sheet.

    Raises:
        UnicodeEncodeError: a source has a letter that VBA cannot hold (it would silently become "?").
    """
    with tempfile.TemporaryDirectory() as folder:
        path = _skeleton(Path(folder), sheet_code_names)
        with ExcelFile(path) as workbook:
            project = workbook.add_vba_project()
            for name, source in modules.items():
                source.encode("cp1252")
                text = source.replace("\r\n", "\n").replace("\n", "\r\n")
                kind = VBAModuleKind.other if text.startswith("VERSION 1.0 CLASS") else VBAModuleKind.standard
                project.add_module(name, text, kind=kind)
            workbook.set_module(WORKBOOK_MODULE, "")
            workbook.save()
        with zipfile.ZipFile(path) as package:
            project_bytes = package.read("xl/vbaProject.bin")
    compound = CFB.from_bytes(project_bytes)
    compound.write_stream_in_storage("VBA", "_VBA_PROJECT", _SOURCE_ONLY)
    return bytes(compound.to_bytes())


def _skeleton(folder: Path, sheet_code_names: Sequence[str]) -> Path:
    """An empty macro workbook with these code names, from which pyOpenVBA makes the document modules.

    XlsxWriter writes code names only beside a VBA project, so they are put in here.
    """
    plain, macro = folder / "plain.xlsx", folder / "macro.xlsm"
    workbook = xlsxwriter.Workbook(plain)
    for name in sheet_code_names:
        workbook.add_worksheet(name)
    workbook.close()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(macro, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode("utf-8")
            if name == "[Content_Types].xml":
                text = text.replace(_XLSX, _XLSM)
            elif name == "xl/workbook.xml":
                text = text.replace("<workbookPr ", f'<workbookPr codeName="{WORKBOOK_MODULE}" ', 1)
            for index, code_name in enumerate(sheet_code_names, start=1):
                if name == f"xl/worksheets/sheet{index}.xml":
                    text = text.replace("<dimension", f'<sheetPr codeName="{code_name}"/><dimension', 1)
            target.writestr(name, text)
    return macro
