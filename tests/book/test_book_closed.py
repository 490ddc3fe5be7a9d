"""The closed workbook tells what calamine does not, and notices who was there in between."""

import os
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from debiteuren.book import layout
from debiteuren.book.closed import ClosedWorkbook
from debiteuren.book.ooxml import CellValue, Package
from debiteuren.book.shipped import template_bytes
from debiteuren.book.tables import read_ledger
from debiteuren.book.workbook import CellFault, Changes
from debiteuren.domain.problem import SurroundingsError, UserError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "Boek.xlsm"
    made.write_bytes(template_bytes())
    with Package.open(made) as package:
        rows: list[dict[str, CellValue]] = [
            {
                "Factuurnummer": f"F{number}",
                "Debiteurnummer": "D1",
                "Factuurdatum": date(2026, 10, 1),
                "Bedrag": 10.0,
                "Blokkade": "Betwist",
            }
            for number in range(3)
        ]
        package.append_rows("tblFacturen", rows)
        package.save()
    return made


def edit(path: Path, part: str, old: str, new: str) -> None:
    """Replace a pattern in one part, which must be there."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text, count = re.subn(old, new, parts[part].decode(), count=1)
    assert count == 1
    parts[part] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def sheet_part(path: Path, word: str) -> str:
    with zipfile.ZipFile(path) as package:
        return next(
            name
            for name in package.namelist()
            if name.startswith("xl/worksheets/sheet") and word.encode() in package.read(name)
        )


def test_an_error_in_blokkade_is_seen_and_is_not_no_block(path: Path) -> None:
    error = r'<c \g<1> t="e"><v>#N/A</v></c>'
    edit(
        path,
        sheet_part(path, ">F1<"),
        r'<c (r="[A-Z]+6"[^>]*?) t="inlineStr"><is><t[^>]*>Betwist</t></is></c>',
        error,
    )
    contents = ClosedWorkbook(path).read()
    grid = contents.grids["tblFacturen"]
    place = grid.columns.index("Blokkade")
    assert [row[place] for row in grid.rows] == ["Betwist", CellFault("#N/A"), "Betwist"]
    (problem,) = [problem for problem in read_ledger(contents).problems if problem.column == "Blokkade"]
    assert problem.row == grid.first_row + 1
    assert problem.found == (
        'Hier staat "#N/A". Dat staat niet in de keuzelijst; tot u kiest, geldt het als "Pauze".'
    )


def test_days_of_a_1904_workbook_are_the_same_days(path: Path) -> None:
    edit(path, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    with Package.open(path) as package:
        package.set_column("tblFacturen", "Factuurdatum", [date(2026, 11, 21)] * 3)
        package.save()
    contents = ClosedWorkbook(path).read()
    assert contents.epoch == date(1904, 1, 1)
    assert [invoice.issued for invoice in read_ledger(contents).ledger.invoices] == [date(2026, 11, 21)] * 3


def test_a_file_that_changed_since_it_was_read_is_left_alone(path: Path) -> None:
    book = ClosedWorkbook(path)
    book.read()
    os.utime(path, ns=(1, 1))
    before = path.read_bytes()
    with pytest.raises(SurroundingsError, match="intussen gewijzigd"):
        book.write(Changes(columns={("tblFacturen", "Status"): ["x", "y", "z"]}))
    assert path.read_bytes() == before


def test_writing_what_stands_there_leaves_the_file_as_it_is(path: Path) -> None:
    facts = path.stat()
    book = ClosedWorkbook(path)
    contents = book.read()
    place = contents.grids["tblFacturen"].columns.index("Blokkade")
    same = [row[place] for row in contents.grids["tblFacturen"].rows]
    book.write(Changes(columns={("tblFacturen", "Blokkade"): same}))
    assert path.stat().st_mtime_ns == facts.st_mtime_ns


def with_own_formula(path: Path, table: str, formula: str) -> None:
    """Give a table a calculated column of the user's, right of the others."""
    with zipfile.ZipFile(path) as package:
        part = next(
            name
            for name in package.namelist()
            if name.startswith("xl/tables/") and f'displayName="{table}"'.encode() in package.read(name)
        )
        text = package.read(part).decode()
    found = re.search(r'ref="[A-Z]+(\d+):([A-Z]+)\d+"', text)
    assert found
    header, last = int(found[1]), found[2]
    new = chr(ord(last) + 1)
    count = text.count("<tableColumn ")
    own = f"<calculatedColumnFormula>{formula}</calculatedColumnFormula>"
    column = f'<tableColumn id="{count + 1}" name="Eigen">{own}</tableColumn>'
    edit(path, part, r"</tableColumns>", column + "</tableColumns>")
    edit(path, part, r'tableColumns count="\d+"', f'tableColumns count="{count + 1}"')
    for _ in range(text.count(f":{last}")):
        edit(path, part, rf":{last}(?=\d)", f":{new}")
    cell = f'<c r="{new}{header}" t="inlineStr"><is><t>Eigen</t></is></c>'
    sheet = layout.SHEETS.index(layout.BY_NAME[table].sheet) + 1
    edit(path, f"xl/worksheets/sheet{sheet}.xml", rf'(<row r="{header}".*?)</row>', rf"\g<1>{cell}</row>")


def test_the_users_formula_beside_the_worklist_stays_a_formula(path: Path) -> None:
    with_own_formula(path, "tblActies", "tblActies[[#This Row],[Bedrag]]*2")
    book = ClosedWorkbook(path)
    book.read()
    book.write(Changes(replaced={"tblActies": [{"Volgorde": 1.0, "Bedrag": 5.0, "Eigen": 10.0}]}))
    with zipfile.ZipFile(path) as package:
        sheet = package.read(sheet_part(path, "tblActies[[#This Row],[Bedrag]]*2")).decode()
    assert "<f>tblActies[[#This Row],[Bedrag]]*2</f>" in sheet
    assert ClosedWorkbook(path).read().grids["tblActies"].rows[0][5] == 5.0


def _invalid_reference(path: Path, part: str) -> None:
    edit(path, part, '<c r="[A-Z]', '<c r="<')


def _flipped_bytes(path: Path, part: str) -> None:
    with zipfile.ZipFile(path) as package:
        begin = package.getinfo(part).header_offset + 30 + len(part)
        size = package.getinfo(part).compress_size
    data = bytearray(path.read_bytes())
    for at in range(begin + size // 2, begin + size // 2 + 40):
        data[at] ^= 0x55
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [_invalid_reference, _flipped_bytes])
def test_damaged_bytes_are_said_in_dutch_and_point_to_the_backups(
    path: Path, damage: Callable[[Path, str], None]
) -> None:
    damage(path, sheet_part(path, "Betwist"))
    with pytest.raises(UserError) as stopped:
        ClosedWorkbook(path).read()
    assert str(stopped.value) == (
        "Niets gewijzigd: een blad in Boek.xlsm is beschadigd en kan niet worden gelezen. Neem de nieuwste "
        "kopie uit de map Reservekopieën naast de werkmap, of laat Excel hem herstellen "
        '("Openen en herstellen").'
    )
