"""The macro workbook from text.

`build(path)`, or from a checkout `python -m debiteuren.book.template workbook/Debiteuren.xlsm`.

Every build gives the same bytes. Needs the extra `build`; users never build, they get the result.
Source: docs/regels.md, "Uiterlijk" and "Werkmap"; layout.py for every name.
Leaves to others: finding the built workbook again (shipped.py), filling it (closed.py, live.py).
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from debiteuren import __version__
from debiteuren.book.layout import SHEETS, TABLES, TERMIJNEN
from debiteuren.book.template.buttons import BUTTONS
from debiteuren.book.template.looks import Looks
from debiteuren.book.template.package import finish
from debiteuren.book.template.settings_sheet import write_settings_sheet
from debiteuren.book.template.start_sheet import write_start_sheet
from debiteuren.book.template.table_sheet import write_table_sheet
from debiteuren.book.template.timeline_chart import add_timeline, write_timeline_figures
from debiteuren.book.template.vba_project import (
    MACROS,
    WORKBOOK_MODULE,
    own_modules,
    vba_project,
    xlwings_modules,
)

_MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""Fixed, so that a build says nothing about the day it was made."""


def build(path: Path, *, replaced_modules: Mapping[str, str] | None = None) -> None:
    """Write the workbook to `path`.

    `replaced_modules`: VBA module → other source, for tests that cannot run xlwings' own module.

    Raises:
        ValueError: a module to replace that is not there.
    """
    modules = own_modules() | xlwings_modules()
    unknown = set(replaced_modules or {}) - set(modules)
    if unknown:
        raise ValueError(f"no VBA module {', '.join(sorted(unknown))}")
    modules |= replaced_modules or {}
    code_names = {sheet: f"bl{sheet}" for sheet in SHEETS}
    memory = io.BytesIO()
    workbook = xlsxwriter.Workbook(memory, {"in_memory": True})
    workbook.set_properties(
        {"title": "Debiteuren", "author": "Debiteuren", "comments": f"Versie {__version__}", "created": _MADE}
    )
    workbook.set_size(28_800, 16_200)
    project = io.BytesIO(vba_project(modules, tuple(code_names.values())))
    workbook.add_vba_project(project, is_stream=True)  # type: ignore[arg-type]  # typed as a path only
    workbook.set_vba_name(WORKBOOK_MODULE)
    looks = Looks(workbook)
    sheets = {name: workbook.add_worksheet(name) for name in SHEETS}
    for name, sheet in sheets.items():
        sheet.set_vba_name(code_names[name])
    write_start_sheet(workbook, sheets["Start"], looks)
    write_settings_sheet(workbook, sheets["Instellingen"], looks)
    for table in TABLES:
        if table.sheet != "Instellingen":
            write_table_sheet(workbook, sheets[table.sheet], table, looks)
    write_timeline_figures(sheets["Start"], looks)
    add_timeline(workbook, sheets[TERMIJNEN.sheet], looks)
    sheets["Start"].activate()
    workbook.close()
    finish(memory.getvalue(), path, ribbon=(MACROS / "lint.xml").read_text("utf-8"), buttons=BUTTONS)
