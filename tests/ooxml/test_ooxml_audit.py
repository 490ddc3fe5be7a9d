"""Every kind of edit, on every workbook: what a checker of the format says, and three other programs."""

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from openxml_audit import OpenXmlValidator

from debiteuren.book.ooxml import Package, Refused, changes, take_back
from debiteuren.new_workbook import create
from libreoffice import Office
from office_documents import opened
from ooxml.ooxml_books import loaded, plain, rich
from ooxml.ooxml_checker import dangling
from ooxml.test_ooxml_samples import BOOKS, INLINE, SLOW, VALUES

GENERATED: dict[str, Callable[[Path], Path]] = {
    "rich.xlsx": rich,
    "rich_1904.xlsx": lambda path: rich(path, 40, default_date_1904=True),
    "plain.xlsx": lambda path: plain(path, 5, [[1, "x", 2], [3, None, 4], [5, "z", None]]),
    "demo.xlsm": lambda path: create(path, demo_on=date(2026, 11, 21)),
}
NAMES = [*(path.name for path in BOOKS if path.name not in SLOW), *GENERATED]
SMALL = ("rich.xlsx", "rich_1904.xlsx", "plain.xlsx")
KINDS = ("set_cells", "set_column", "append_rows", "replace_rows", "delete_rows")


def _edit(package: Package, kind: str) -> None:
    if kind == "set_cells":
        package.set_cells(next(iter(package.sheets())), VALUES)
        return
    for name, info in [*package.tables().items()][:4]:
        rows = int(info.ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        count = rows - int(info.ref.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        column = info.columns[-1]
        if kind == "set_column":
            package.append_rows(name, [{}])
            package.set_column(name, column, [None] * _rows(package, name, column, count))
        elif kind == "append_rows":
            package.append_rows(name, [{info.columns[0]: "nieuw"}, {column: 2.5}])
        elif kind == "replace_rows":
            package.replace_rows(name, [{info.columns[0]: number} for number in range(count + 2)])
        else:
            package.delete_rows(name, [0])


def _rows(package: Package, table: str, column: str, most: int) -> int:
    """How many data rows a table has, whatever its headings and totals."""
    for count in range(most + 1, 0, -1):
        try:
            package.set_column(table, column, [None] * count)
        except Refused:
            continue
        return count
    return 0


def _findings(path: Path) -> Counter[tuple[str, str]]:
    found = Counter((str(e.part_uri), e.description) for e in OpenXmlValidator().validate(path).errors)
    return Counter({error: count for error, count in found.items() if INLINE not in error[1]})


def _given(name: str, folder: Path) -> Path:
    path = folder / name
    if name in GENERATED:
        return GENERATED[name](path)
    shutil.copyfile(next(book for book in BOOKS if book.name == name), path)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_no_edit_brings_a_fault_and_undo_brings_the_bytes_back(name: str, tmp_path: Path) -> None:
    path = _given(name, tmp_path)
    before, allowed = path.read_bytes(), _findings(path)
    holes, done = dangling(path), 0
    for kind in KINDS:
        with Package.open(path) as package:
            old = path.read_bytes()
            try:
                _edit(package, kind)
                package.save()
            except Refused:
                assert path.read_bytes() == old
                continue
        done += path.read_bytes() != old
        assert dangling(path) <= holes
        python_calamine.CalamineWorkbook.from_path(path)
        if name in SMALL:  # elsewhere it takes seconds
            assert _findings(path) - allowed == Counter(), kind
    assert done
    assert _findings(path) - allowed == Counter()
    loaded(path)
    while (copy := next(changes(path), None)) is not None and copy.note is not None and not copy.note.undoing:
        take_back(copy, "ongedaan")
        done -= 1
    assert done == 0
    assert path.read_bytes() == before


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_opens_what_every_edit_together_made(name: str, tmp_path: Path, office: Office) -> None:
    path = _given(name, tmp_path)
    with Package.open(path) as package:
        sheets = package.sheets()
    for kind in KINDS:
        with Package.open(path) as package:
            try:
                _edit(package, kind)
                package.save()
            except Refused:
                continue
    with opened(office, path, 120) as document:
        assert set(sheets) <= set(document.Sheets.ElementNames)
