"""Every name that is fixed stands in the shipped workbook, read by two that did not write it."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from debiteuren.book import layout, layout_cells, layout_parts
from debiteuren.book.shipped import template_bytes
from debiteuren.book.template import hints
from debiteuren.book.template.excuses import STARTER_LIST
from debiteuren.book.template.settings_sheet import GROUPS
from debiteuren.domain.settings import ARRANGEMENT_CONSEQUENCE, ARRANGEMENT_TERMS, DEFAULT_LADDER


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_bytes()), keep_vba=True)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("book") / "Debiteuren.xlsm"
    to.write_bytes(template_bytes())
    return to


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def _first_data_cell(sheet: Worksheet, table: layout_parts.TableLayout, column: str) -> str:
    top_left = sheet.tables[table.name].ref.split(":")[0]
    start = sheet[top_left]
    return str(sheet.cell(start.row + 1, start.column + table.names().index(column)).coordinate)


def _validations(sheet: Worksheet, cell: str) -> list[DataValidation]:
    return [each for each in sheet.data_validations.dataValidation if cell in each.sqref]


def test_the_sheets_stand_in_order_of_use(book: Workbook, path: Path) -> None:
    assert tuple(book.sheetnames) == layout.SHEETS
    assert tuple(CalamineWorkbook.from_path(path).sheet_names) == layout.SHEETS
    assert book.active is not None
    assert book.active.title == "Start"


@pytest.mark.parametrize("table", layout.TABLES, ids=lambda table: table.name)
def test_a_table_has_exactly_its_columns(book: Workbook, path: Path, table: layout_parts.TableLayout) -> None:
    found = _sheet(book, table.sheet).tables[table.name]
    assert tuple(column.name for column in found.tableColumns) == table.names()
    assert found.autoFilter is not None
    assert found.autoFilter.ref == found.ref
    read = CalamineWorkbook.from_path(path, load_tables=True).get_table_by_name(table.name)
    assert tuple(read.columns) == table.names()
    assert read.sheet == table.sheet


@pytest.mark.parametrize(
    "table", [t for t in layout.TABLES if t.sheet != "Instellingen"], ids=lambda table: table.name
)
def test_a_data_sheet_has_its_title_its_purpose_and_one_empty_row(
    book: Workbook, table: layout_parts.TableLayout
) -> None:
    sheet = _sheet(book, table.sheet)
    assert sheet["A1"].value == table.sheet
    assert str(sheet["A2"].value).startswith(table.purpose)
    assert list(sheet.tables) == [table.name]
    top, bottom = sheet.tables[table.name].ref.split(":")
    assert (top, bottom[-1]) == ("A4", "5")
    assert {cell.value for cell in sheet[5]} == {None}
    assert sheet.max_row == 5


def _rows(book: Workbook, table: layout_parts.TableLayout) -> list[tuple[object, ...]]:
    sheet = _sheet(book, table.sheet)
    _header, *rows = sheet[sheet.tables[table.name].ref]
    return [tuple(cell.value for cell in row) for row in rows]


def test_the_ladder_is_the_default_ladder(book: Workbook) -> None:
    assert _rows(book, layout.STAPPEN) == [
        ("Herinnering", "Vervaldatum", 2, "Herinnering sturen"),
        ("Bellen", "Herinnering", 7, "Bellen"),
        ("Tweede herinnering", "Bellen", 3, "Tweede herinnering sturen"),
        ("Opnieuw bellen", "Tweede herinnering", 4, "Opnieuw bellen"),
        ("14-dagenbrief", "Opnieuw bellen", 3, "14-dagenbrief sturen"),
        ("Laatste aanmaning", "Opnieuw bellen", 3, "Laatste aanmaning sturen"),
        ("Uit handen geven", "14-dagenbrief / Laatste aanmaning", 0, "Uit handen geven"),
    ]
    assert len(DEFAULT_LADDER) == 7


def test_each_excuse_has_an_answer_a_question_and_a_last_day(book: Workbook) -> None:
    rows = _rows(book, layout.SMOEZEN)
    assert rows == [(each.says, each.answer, each.question, each.latest_days) for each in STARTER_LIST]
    assert len({row[0] for row in rows}) == len(rows)
    for says, answer, question, days in rows:
        assert says
        assert answer
        assert str(question).endswith("?")
        assert isinstance(days, int)
        assert 1 <= days <= 14
        ours = f"{answer} {question}".lower()
        for forbidden in ("moet", "lieg", "leugen", "geen haast", "niet ontvangen", "zou fijn zijn"):
            assert forbidden not in ours


def test_a_promise_of_more_than_a_week_has_its_reason() -> None:
    longer = {each.says for each in STARTER_LIST if each.latest_days > 7}
    assert longer == {"Wij betalen op vaste dagen", "Ik wacht zelf op geld van een klant"}


@pytest.mark.parametrize("named", layout_cells.SETTINGS_CELLS, ids=lambda named: named.name)
def test_a_setting_has_its_label_and_default(book: Workbook, named: layout_parts.NamedCell) -> None:
    expected: dict[str, object] = {
        "Betaaltermijn": 30, "Kortingspercentage": 0, "Kortingsdagen": 7,
        "MinDagenTussenBerichten": 5, "Drempel": 5, "BetaalverschilMax": 0.05,
        "BankMaxOud": 3, "BelPogingen": 3, "Belvenster1": "09:30-11:30", "Belvenster2": "13:30-15:30",
        "Respijtdagen": 0, "VerbrokenNaMissers": 2, "VerbrokenNaDagen": 14,
        "BellenZonderAkkoord": 3, "TermijnAankondigen": 0, "RegelingBedankje": "nee",
        "RegelingVoorwaarden": ARRANGEMENT_TERMS, "RegelingGevolg": ARRANGEMENT_CONSEQUENCE,
        "ConceptDoel": "auto", "Taal": "nl", "GrapTot": 1000, "Rente": "nee", "RenteDagen": "auto",
        "ConceptenAanMijzelf": "nee",
    }  # fmt: skip
    ((sheet_name, cell),) = book.defined_names[named.name].destinations
    sheet = _sheet(book, sheet_name)
    assert sheet_name == "Instellingen"
    assert sheet[cell].value == expected.get(named.name)
    assert sheet[cell].offset(column=-1).value == named.label


def test_every_setting_is_in_one_group() -> None:
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(cell.name for cell in layout_cells.SETTINGS_CELLS)


@pytest.mark.parametrize("block", layout_cells.START_BLOCKS, ids=lambda block: block.name)
def test_a_block_of_start_has_its_size(book: Workbook, block: layout_parts.StartBlock) -> None:
    ((sheet, cells),) = book.defined_names[block.name].destinations
    assert sheet == "Start"
    found = _sheet(book, "Start")[cells]
    rows = found if isinstance(found, tuple) else ((found,),)
    assert (len(rows), len(rows[0])) == (block.rows, block.columns)


def test_no_two_blocks_of_start_touch(book: Workbook) -> None:
    taken: set[str] = set()
    for block in layout_cells.START_BLOCKS:
        ((_sheet_name, cells),) = book.defined_names[block.name].destinations
        found = _sheet(book, "Start")[cells]
        rows = found if isinstance(found, tuple) else ((found,),)
        here = {cell.coordinate for row in rows for cell in row}
        assert not taken & here
        taken |= here


def test_every_name_is_known(book: Workbook) -> None:
    known = {each.name for each in (*layout_cells.SETTINGS_CELLS, *layout_cells.START_BLOCKS)}
    assert set(book.defined_names) == known


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table in layout.TABLES for column in table.columns if column.choices],
    ids=lambda each: each.name,
)
def test_a_column_of_choices_drops_down_its_words(
    book: Workbook, table: layout_parts.TableLayout, column: layout_parts.Column
) -> None:
    sheet = _sheet(book, table.sheet)
    cell = _first_data_cell(sheet, table, column.name)
    (found,) = _validations(sheet, cell)
    assert found.type == "list"
    assert found.formula1 == '"' + ",".join(column.choices) + '"'
    assert found.errorStyle in {"warning", "information"}
    letter = re.sub(r"\d", "", cell)
    assert str(found.sqref) == f"{cell}:{letter}1048576"


def test_nothing_that_is_typed_is_refused(book: Workbook) -> None:
    for name in book.sheetnames:
        for each in _sheet(book, name).data_validations.dataValidation:
            if each.type not in {None, "none"}:
                assert each.errorStyle in {"warning", "information"}
                assert each.errorTitle
                assert each.error


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (layout_parts.Kind.DAY, ("date", "between", "36526", "73050")),
        (layout_parts.Kind.MOMENT, ("date", "between", "36526", "73050")),
        (layout_parts.Kind.MONEY, ("decimal", "between", "-99999999999.99", "99999999999.99")),
        (layout_parts.Kind.WHOLE, ("whole", "between", "0", "3650")),
    ],
)
def test_input_of_a_kind_is_checked(
    book: Workbook, kind: layout_parts.Kind, expected: tuple[str, str, str, str]
) -> None:
    seen = 0
    for table in layout.TABLES:
        sheet = _sheet(book, table.sheet)
        for column in table.columns:
            found = _validations(sheet, _first_data_cell(sheet, table, column.name))
            if column.kind is kind and column.role is layout_parts.Role.COMPUTED:
                assert found == []
            elif column.kind is kind:
                (only,) = found
                assert (only.type, only.operator or "between", only.formula1, only.formula2) == expected
                seen += 1
    assert seen


def test_every_hint_belongs_to_a_column_or_setting() -> None:
    for table in layout.TABLES:
        at_cells = hints.CELL_HINTS.get(table.name, {}).keys()
        at_headers = hints.HEADER_HINTS.get(table.name, {}).keys()
        assert at_cells | at_headers <= set(table.names())
        assert not at_cells & at_headers
    assert hints.CELL_HINTS.keys() | hints.HEADER_HINTS.keys() <= layout.BY_NAME.keys()
    assert hints.SETTING_HINTS.keys() <= {cell.name for cell in layout_cells.SETTINGS_CELLS}


def test_a_hint_shows_where_it_helps(book: Workbook) -> None:
    sheet = _sheet(book, "Betalingen")
    cell = _first_data_cell(sheet, layout.BETALINGEN, "Uw keuze")
    (found,) = _validations(sheet, cell)
    assert found.prompt == hints.CELL_HINTS["tblBetalingen"]["Uw keuze"]
    assert found.showInputMessage


def test_a_header_says_who_fills_it(book: Workbook) -> None:
    for table in layout.TABLES:
        sheet = _sheet(book, table.sheet)
        for column in table.columns:
            data = _first_data_cell(sheet, table, column.name)
            prompts = [each.prompt for each in _validations(sheet, sheet[data].offset(row=-1).coordinate)]
            if column.role is layout_parts.Role.COMPUTED:
                (prompt,) = prompts
                assert str(prompt).startswith(hints.COMPUTED_HINT)
                assert str(prompt).endswith(hints.SCREEN_ONLY_HINT) is (column.name in {"Waarom", "Advies"})
                assert len(str(prompt)) <= 255
            elif column.role is layout_parts.Role.REQUIRED:
                (prompt,) = prompts
                assert str(prompt).startswith(hints.REQUIRED_HINT)


def test_there_is_no_formula_anywhere(book: Workbook) -> None:
    for name in book.sheetnames:
        for row in _sheet(book, name).iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"]


def test_a_fresh_start_says_what_to_do_first(book: Workbook) -> None:
    start = _sheet(book, "Start")
    steps = [(start.cell(row, 2).value, start.cell(row, 3).value) for row in range(12, 22)]
    assert steps[:4] == [
        (1, "Vul op Instellingen uw bedrijf en uw IBAN in."),
        (2, "Zet uw klanten op Debiteuren en uw facturen op Facturen."),
        (3, "Klik op Bank importeren en daarna op Bijwerken."),
        (None, None),
    ]
    assert "Inhoud inschakelen" in str(start["I8"].value)
    assert str(start["I8"].value).count("?") == 1
