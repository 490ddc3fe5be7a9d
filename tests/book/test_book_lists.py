"""Lists of invoices and debtors from CSV and xlsx: what is new, what is known, what cannot be trusted."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as Excel

from debiteuren.book import lists
from debiteuren.book.layout import DEBITEUREN, FACTUREN, TABLES
from debiteuren.book.layout_parts import TableLayout
from debiteuren.book.list_names import column_of
from debiteuren.book.list_refused import no_list
from debiteuren.book.lists import ListFile, read_list, read_list_file
from debiteuren.book.workbook import Cell, Contents, Grid
from debiteuren.domain.problem import SurroundingsError, UserError

HEADER = "Factuurnummer;Debiteurnummer;Factuurdatum;Bedrag;Omschrijving"
ROW = "2026-1;1001;2026-11-01;1234,56;Snoeien"


def _contents(*rows: dict[str, Cell], table: str = "tblFacturen") -> Contents:
    grids = {
        layout.name: Grid(
            table=layout.name,
            sheet=layout.sheet,
            first_row=5,
            columns=layout.names(),
            rows=[[row.get(name) for name in layout.names()] for row in rows] if layout.name == table else [],
        )
        for layout in TABLES
    }
    return Contents(grids=grids, names={})


def _read(text: str | bytes, *rows: dict[str, Cell]) -> ListFile:
    data = text if isinstance(text, bytes) else text.encode()
    found = read_list("lijst.csv", data, _contents(*rows))
    assert found is not None
    return found


def _problems(found: ListFile) -> list[tuple[int | None, str, str]]:
    return [(problem.row, problem.column, problem.found) for problem in found.problems]


WHOLE: dict[str, Cell] = {
    "Factuurnummer": "2026-1",
    "Debiteurnummer": "1001",
    "Factuurdatum": date(2026, 11, 1),
    "Bedrag": 1234.56,
    "Omschrijving": "Snoeien",
}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(f"{HEADER}\n{ROW}\n".encode(), id="semicolons"),
        pytest.param(f"{HEADER}\n{ROW}".replace(";", "\t").encode(), id="tabs"),
        pytest.param(
            f"{HEADER}\n{ROW}".replace("1234,56", "1234.56").replace(";", ",").encode(), id="commas, points"
        ),
        pytest.param(
            f"{HEADER}\n{ROW}".replace("1234,56", '"1.234,56"').replace(";", ",").encode(), id="quoted amount"
        ),
        pytest.param(f"\ufeff{HEADER}\r\n{ROW}\r\n".encode(), id="byte order mark"),
        pytest.param(f"{HEADER}\n{ROW}\n".encode("utf-16"), id="UTF-16"),
        pytest.param(f"{HEADER}\n{ROW}\n".replace("2026-11-01", "01-11-2026").encode(), id="day first"),
        pytest.param(f"{HEADER}\n{ROW}\n".replace("2026-11-01", "1-11-2026").encode(), id="no zeros"),
        pytest.param(f"{HEADER}\n{ROW}\n".replace("Bedrag", "Bedrag (EUR)").encode(), id="a unit"),
        pytest.param(f"{HEADER}\n{ROW}\n".replace("nummer", "nummer*").encode(), id="the mark of required"),
        pytest.param(f"{HEADER.lower()}\n{ROW}\n".encode(), id="header in small letters"),
        pytest.param(f"\n\n{HEADER}\n\n{ROW}\n;;;;\n".encode(), id="empty lines"),
        pytest.param(f"{HEADER};;\n{ROW};;\n".encode(), id="separators at the end"),
        pytest.param(f'"{HEADER}"\n"{ROW}"\n'.encode(), id="a row in one cell"),
        pytest.param(f'"{HEADER}";;\n"{ROW}";;\n'.encode(), id="a row in one cell, empty cells"),
        pytest.param(
            (f'"{HEADER}"\n"' + ROW.replace("Snoeien", '""Snoeien""') + '"\n').encode(), id="quotes in it"
        ),
        pytest.param(
            ('"' + f"{HEADER}\n{ROW}".replace(";", '";"').replace("\n", '"\n"') + '"\n').encode(),
            id="every cell in quotes",
        ),
        pytest.param(f"{HEADER}\r{ROW}\r".encode(), id="old line ends"),
    ],
)
def test_a_list_is_read_however_it_is_written(data: bytes) -> None:
    found = _read(data)
    assert (found.table, found.sheet, found.rows, found.known, found.problems) == (
        "tblFacturen",
        "Facturen",
        (WHOLE,),
        0,
        (),
    )


def _xlsx(*rows: tuple[str | int | float | date, ...]) -> bytes:
    book = Excel()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_packed_list_newer_than_we_know_is_read_as_far_as_it_goes() -> None:
    """Calamine reads it; the standard library, which looks for error cells, will not."""
    data = bytearray(
        _xlsx(tuple(HEADER.split(";")), ("2026-1", "1001", date(2026, 11, 1), 1234.56, "Snoeien"))
    )
    place = data.index(b"PK\x01\x02")
    data[place + 6] = 155  # the version needed to unpack the first part: 15.5
    found = read_list("lijst.xlsx", bytes(data), _contents())
    assert found is not None
    assert [row["Factuurnummer"] for row in found.rows] == ["2026-1"]


def _with_cell(old: str, inside: str) -> bytes:
    """A list of one invoice whose amount is the cell that begins so and holds this."""
    data = _xlsx(
        ("Factuurnummer", "Debiteurnummer", "Factuurdatum", "Bedrag"),
        ("2026-1", "1001", date(2026, 11, 1), 7),
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part, count = re.subn(rb'<c r="D2"[^>]*>.*?</c>', f"{old}{inside}</c>".encode(), part)
                assert count == 1
            target.writestr(name, part)
    return out.getvalue()


def test_an_excel_list_is_read_with_its_numbers_and_days() -> None:
    data = _xlsx(
        ("Onze facturen",),
        (),
        ("Factuurnummer", "Debiteurnummer", "Factuurdatum", "Bedrag", "Omschrijving"),
        ("2026-1", 1001, date(2026, 11, 1), 1234.56, "Snoeien"),
        ("2026-2", "007", "01-11-2026", "12,50", "'t hek"),
    )
    found = _read(data)
    assert found.problems == ()
    assert found.rows == (
        WHOLE,
        {
            "Factuurnummer": "2026-2",
            "Debiteurnummer": "007",
            "Factuurdatum": date(2026, 11, 1),
            "Bedrag": 12.5,
            "Omschrijving": "'t hek",
        },
    )


def test_a_list_of_debtors_is_for_the_other_sheet() -> None:
    found = read_list("d.csv", b"Naam,Debiteurnummer,Betaaltermijn\nKlant,1001,14\n", _contents())
    assert found is not None
    assert (found.table, found.sheet, found.rows) == (
        "tblDebiteuren",
        "Debiteuren",
        ({"Naam": "Klant", "Debiteurnummer": "1001", "Betaaltermijn": 14},),
    )


@pytest.mark.parametrize(
    ("title", "table", "name"),
    [
        pytest.param("Betaaltermijn", DEBITEUREN, "Betaaltermijn", id="as it is called"),
        pytest.param("Betaaltermijn (dagen)", DEBITEUREN, "Betaaltermijn", id="with its unit"),
        pytest.param("BETAALTERMIJN[dagen]", DEBITEUREN, "Betaaltermijn", id="square brackets"),
        pytest.param("Soort (Zakelijk, Consument)", DEBITEUREN, "Soort", id="with its values"),
        pytest.param(
            "Bedrag* (euro incl. btw; negative = creditfactuur)", FACTUREN, "Bedrag", id="as in the list"
        ),
        pytest.param("Bedrag (€)", FACTUREN, "Bedrag", id="a sign"),
        pytest.param("Bedrag (excl. btw)", FACTUREN, None, id="another amount"),
        pytest.param("Bedrag (USD)", FACTUREN, None, id="another currency"),
        pytest.param("Factuurdatum (dd-mm-jjjj)", FACTUREN, "Factuurdatum", id="how a day is written"),
        pytest.param("Factuurdatum (mm-dd-jjjj)", FACTUREN, None, id="another way to write a day"),
        pytest.param("Bedrag totaal", FACTUREN, None, id="a word behind it"),
        pytest.param("Status (b)", FACTUREN, None, id="not the user's to fill"),
        pytest.param("(dagen)", DEBITEUREN, None, id="only a unit"),
    ],
)
def test_a_unit_behind_a_name_is_no_part_of_it(title: str, table: TableLayout, name: str | None) -> None:
    column = column_of(table, title)
    assert (column.name if column else None) == name


@pytest.mark.parametrize(
    ("data", "table"),
    [
        pytest.param(HEADER.encode(), FACTUREN.name, id="invoices"),
        pytest.param(b"Debiteurnummer,Naam\n", DEBITEUREN.name, id="debtors"),
        pytest.param(b"Debiteurnummer,E-mail\n", None, id="no name"),
        pytest.param(b"Datum,Bedrag\n", None, id="something else"),
        pytest.param(
            b"Code;Naam;Adres;Postcode;Woonplaats;E-mail\n", DEBITEUREN.name, id="debtors of a package"
        ),
        pytest.param(b"Code;Naam;Adres;Postcode;Plaats;Valutadatum\n", None, id="bookings with a code"),
        pytest.param(b"Klantnummer;Naam;Plaats;Factuurnr;Totaal\n", None, id="invoices without an amount"),
        pytest.param(b"", None, id="empty"),
        pytest.param(b"PK\x03\x04junk", None, id="no workbook"),
        pytest.param(_xlsx(("Datum", "Bedrag")), None, id="another workbook"),
    ],
)
def test_what_is_a_list(data: bytes, table: str | None) -> None:
    found = read_list("lijst", data, _contents())
    assert (None if found is None else found.table) == table


def test_a_bank_file_is_no_list() -> None:
    samples = Path(__file__).parents[1] / "banks" / "samples"
    assert [path.name for path in samples.iterdir() if read_list_file(path, _contents()) is not None] == []


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "facturen.csv"
    path.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    found = read_list_file(path, _contents())
    assert found is not None
    assert found.rows == (WHOLE,)
    with pytest.raises(SurroundingsError, match=r"weg\.csv is niet te openen"):
        read_list_file(tmp_path / "weg.csv", _contents())


@pytest.mark.parametrize(
    ("has", "differences"),
    [
        pytest.param(WHOLE, "", id="the same"),
        pytest.param({**WHOLE, "Debiteurnummer": 1001.0}, "", id="a number typed as number"),
        pytest.param({**WHOLE, "Bedrag": "1.234,56"}, "", id="an amount typed as text"),
        pytest.param({**WHOLE, "Factuurdatum": "1-11-2026"}, "", id="a day typed as text"),
        pytest.param({**WHOLE, "Btw": 21.0}, "", id="more than the list says"),
        pytest.param(
            {**WHOLE, "Bedrag": 1234.57}, 'Bedrag is "1234,56" in plaats van "1234,57"', id="a cent"
        ),
        pytest.param(
            {**WHOLE, "Factuurdatum": date(2026, 11, 2)},
            'Factuurdatum is "01-11-2026" in plaats van "02-11-2026"',
            id="a day",
        ),
        pytest.param(
            {**WHOLE, "Omschrijving": None}, 'Omschrijving is "Snoeien" in plaats van ""', id="empty before"
        ),
    ],
)
def test_a_number_we_have_is_never_changed_and_a_difference_is_shown(
    has: dict[str, Cell], differences: str
) -> None:
    found = _read(f"{HEADER}\n{ROW}\n", has)
    assert (found.rows, found.known, found.faults) == ((), 1, ())
    assert _problems(found) == (
        [(2, "Factuurnummer", f'"2026-1" staat al op Facturen, maar anders: {differences}.')]
        if differences
        else []
    )


def test_the_same_line_twice_counts_once_and_two_that_differ_are_a_fault() -> None:
    twice = _read(f"{HEADER}\n{ROW}\n{ROW}\n")
    assert (len(twice.rows), twice.known, twice.problems) == (1, 1, ())
    differing = _read(f"{HEADER}\n{ROW}\n{ROW.replace('56', '57')}\n")
    assert differing.rows == ()
    assert _problems(differing) == [
        (3, "Factuurnummer", '"2026-1" staat twee keer in deze lijst, met andere gegevens.')
    ]


NO_AMOUNT = 'Dat is geen bedrag met een "," voor de centen.'
EMPTY = "Deze cel is leeg."


@pytest.mark.parametrize(
    ("old", "new", "column", "found"),
    [
        pytest.param(
            *("2026-11-01", "31-02-2026", "Factuurdatum"),
            'Hier staat "31-02-2026". Die datum bestaat niet.',
            id="no such day",
        ),
        pytest.param(
            *("2026-11-01", "01/02/2026", "Factuurdatum"),
            'Hier staat "01/02/2026". Wat daarvan de dag is en wat de maand, is niet zeker.',
            id="slashes",
        ),
        pytest.param(
            *("2026-11-01", "01.02.2026", "Factuurdatum"),
            'Hier staat "01.02.2026". Wat daarvan de dag is en wat de maand, is niet zeker.',
            id="points",
        ),
        pytest.param(
            *("1234,56", "100000000000,00", "Bedrag"),
            'Hier staat "100000000000,00". Dat bedrag is te groot: tot € 99.999.999.999,99 kan het tot op de'
            " cent bewaard worden.",
            id="too large",
        ),
        pytest.param(
            *("2026-11-01", "gisteren", "Factuurdatum"),
            'Hier staat "gisteren". Dat is geen datum.',
            id="no day",
        ),
        pytest.param(*("1234,56", "1.234", "Bedrag"), f'Hier staat "1.234". {NO_AMOUNT}', id="no decimals"),
        pytest.param(*("1234,56", "1e3", "Bedrag"), f'Hier staat "1e3". {NO_AMOUNT}', id="exponent"),
        pytest.param("2026-1;", ";", "Factuurnummer", EMPTY, id="no number"),
        pytest.param("1234,56", "", "Bedrag", EMPTY, id="no amount"),
        pytest.param(";2026-11-01;1234,56;Snoeien", "", "Factuurdatum", EMPTY, id="cut off"),
        pytest.param(
            "Snoeien", "Snoeien;extra", "", "Deze regel heeft meer kolommen dan de kop.", id="a cell too many"
        ),
    ],
)
def test_a_line_that_cannot_be_read_refuses_the_list_and_is_named(
    old: str, new: str, column: str, found: str
) -> None:
    good = "2026-9;1001;2026-11-01;10,00;Maaien"
    listed = _read(f"{HEADER}\n{good}\n{ROW.replace(old, new)}\n")
    assert (listed.rows, listed.known) == ((), 0)
    assert _problems(listed)[0] == (3, column, found)
    assert listed.faults


def test_every_faulty_line_is_named() -> None:
    listed = _read(f"{HEADER}\na;1;x;1,00;\nb;1;2026-11-01;x;\n;1;2026-11-01;1,00;\n")
    assert [(row, column) for row, column, _ in _problems(listed)] == [
        (2, "Factuurdatum"),
        (3, "Bedrag"),
        (4, "Factuurnummer"),
    ]


def test_two_decimal_marks_in_one_list_are_refused() -> None:
    rows = "\n".join(
        f"{number};1;2026-11-01;{amount};" for number, amount in enumerate(["1,50", "2,50", "3.50"])
    )
    assert [(row, column) for row, column, _ in _problems(_read(f"{HEADER}\n{rows}\n"))] == [(4, "Bedrag")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "Factuurnummer;Factuurdatum;Bedrag\n1;2026-11-01;1,00\n",
            (1, "Debiteurnummer", "Deze lijst voor Facturen heeft geen kolom Debiteurnummer."),
            id="a required column is missing",
        ),
        pytest.param(
            f"{HEADER};Bedrag\n{ROW};1,00\n",
            (1, "Bedrag", "Deze kolomnaam staat er twee keer."),
            id="a column twice",
        ),
        pytest.param(
            f"{HEADER};bedrag\n{ROW};1,00\n",
            (1, "Bedrag", 'Twee kolommen zijn dezelfde: "Bedrag" en "bedrag".'),
            id="a column twice, in other capitals",
        ),
        pytest.param(
            f"{HEADER};Bedrag (EUR)\n{ROW};1,00\n",
            (1, "Bedrag", 'Twee kolommen zijn dezelfde: "Bedrag" en "Bedrag (EUR)".'),
            id="a column twice, with its unit",
        ),
        pytest.param(
            f'{HEADER}\n{ROW}\n2026-2;"1001;x\n',
            (3, "", "Vanaf deze regel kloppen de aanhalingstekens niet."),
            id="a quote that never closes",
        ),
    ],
)
def test_a_list_with_another_shape_is_refused(text: str, problem: tuple[int, str, str]) -> None:
    listed = _read(text)
    assert problem in _problems(listed)
    assert listed.faults
    assert listed.rows == ()


@pytest.mark.parametrize(
    ("cell", "found", "remedy"),
    [
        pytest.param(
            "<f>100+21</f><v></v>",
            "Hier staat een formule zonder uitkomst.",
            "open de lijst in Excel, sla hem één keer op en lees hem opnieuw in.",
            id="no outcome",
        ),
        pytest.param(
            "<f>100+21</f>",
            "Hier staat een formule zonder uitkomst.",
            "open de lijst in Excel, sla hem één keer op en lees hem opnieuw in.",
            id="no outcome, no value",
        ),
        pytest.param("<f>100+21</f><v>121</v>", "", "", id="an outcome"),
        pytest.param("", "Deze cel is leeg.", "vul hier iets in.", id="empty"),
    ],
)
def test_a_formula_without_outcome_is_no_empty_cell(cell: str, found: str, remedy: str) -> None:
    listed = _read(_with_cell('<c r="D2">', cell))
    assert [(problem.row, problem.column, problem.found, problem.remedy) for problem in listed.problems] == (
        [(2, "Bedrag", found, remedy)] if found else []
    )
    assert [row["Bedrag"] for row in listed.rows] == ([] if found else [121.0])


def test_an_error_in_a_list_is_said() -> None:
    listed = _read(_with_cell('<c r="D2" t="e">', "<f>NA()</f><v>#N/A</v>"))
    assert _problems(listed) == [(2, "Bedrag", 'Hier staat de fout "#N/A".')]


def test_a_formula_that_gives_an_empty_text_is_empty() -> None:
    assert _problems(_read(_with_cell('<c r="D2" t="str">', "<f>&quot;&quot;</f><v></v>"))) == [
        (2, "Bedrag", "Deze cel is leeg.")
    ]


def test_the_last_lines_count_when_they_are_formulas_without_outcome() -> None:
    book = Excel()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Factuurnummer", "Debiteurnummer", "Factuurdatum", "Bedrag"),
        ("2026-1", "1001", date(2026, 11, 1), 1.0),
        ("=A2", "=B2", "=C2", "=D2"),
    ):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    assert [(row, column) for row, column, _ in _problems(_read(data.getvalue()))] == [
        (3, name) for name in ("Factuurnummer", "Debiteurnummer", "Factuurdatum", "Bedrag")
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_within_a_cell_are_one_kind(end: str) -> None:
    text = f"{HEADER}\n{ROW.replace('Snoeien', f'{chr(34)}Snoeien{end}en maaien{chr(34)}')}\n"
    whole = {**WHOLE, "Omschrijving": "Snoeien\nen maaien"}
    assert _read(text.encode()).rows == (whole,)
    known = _read(text.encode(), whole)
    assert (known.known, known.problems) == (1, ())


@pytest.mark.parametrize(
    ("data", "names"),
    [
        pytest.param(
            b"Factuurnr;Klant;Datum;Totaal\n1;2;2026-01-01;3,00\n",
            '"Factuurnr", "Klant", "Datum", "Totaal"',
            id="other names",
        ),
        pytest.param(b"a;b;c;d;e;f;g\n", '"a", "b", "c", "d", "e", "f" …', id="many columns"),
        pytest.param(_xlsx(("Nota's",), ("Nummer", "Bedrag"), ("1", 2.0)), '"Nummer", "Bedrag"', id="xlsx"),
        pytest.param(b"hallo wereld\n", None, id="text"),
        pytest.param(bytes(range(256)) * 20, None, id="junk"),
        pytest.param(b"", None, id="empty"),
    ],
)
def test_a_file_with_other_column_names_is_told_which_ones_a_list_has(
    data: bytes, names: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "lijst.csv"
    path.write_bytes(data)
    problem = no_list(path)
    assert (str(problem) if problem else None) == (
        names
        and "lijst.csv, rij 1\n"
        "  Dit is geen bankbestand dat wij kennen, en ook geen lijst met facturen of klanten: de kolommen"
        f" heten hier {names}.\n"
        "  Wat te doen: Kies één keer wat elke kolom is: met --kolommen achter de opdracht, in Excel na de"
        " vraag van de knop. Of geef de kolommen van een lijst de namen van het blad. Een lijst met facturen"
        " heeft de kolommen Factuurnummer, Debiteurnummer, Factuurdatum en Bedrag; een lijst met klanten"
        " Debiteurnummer en Naam."
    )


def test_columns_that_are_not_ours_to_fill_are_named_and_left_out() -> None:
    listed = _read(f"{HEADER};Status;Kleur\n{ROW};Open;rood\n")
    assert listed.rows == (WHOLE,)
    assert _problems(listed) == [
        (1, "", "Niet overgenomen, want geen kolom die u invult op Facturen: Status, Kleur.")
    ]
    assert listed.faults == ()


@pytest.mark.parametrize(
    ("title", "cell", "said"),
    [
        pytest.param("Openstaand", "1.234,56", "", id="all of it open"),
        pytest.param("Openstaand", "1.234,55", "2026-1 (nog open € 1.234,55 van € 1.234,56)", id="less"),
        pytest.param("Onbetaald", "0,00", "2026-1 (nog open € 0,00 van € 1.234,56)", id="nothing open"),
        pytest.param("Saldo", "1.300,00", "", id="more open, with costs"),
        pytest.param("Openstaand", "", "", id="nothing said"),
        pytest.param("Openstaand", "ja", "", id="no amount"),
        pytest.param("Status", "Betaald", "2026-1 (betaald)", id="called paid"),
        pytest.param("Status", "Niet betaald", "", id="called unpaid"),
    ],
)
def test_what_a_list_says_is_paid_is_shown_for_it_counts_as_open(title: str, cell: str, said: str) -> None:
    found = _read(f"{HEADER};{title}\n{ROW};{cell}\n")
    assert found.rows == (WHOLE,)
    paid = [text for _, column, text in _problems(found) if column == "Bedrag"]
    assert paid == ([f"Volgens deze lijst is hierop al betaald: {said}."] if said else [])


def test_of_many_invoices_that_are_paid_the_first_are_named() -> None:
    rows = "".join(f"{ROW.replace('2026-1;', f'2026-{at};', 1)};Betaald\n" for at in range(1, 8))
    found = [text for _, column, text in _problems(_read(f"{HEADER};Status\n{rows}")) if column == "Bedrag"]
    named = ", ".join(f"2026-{at} (betaald)" for at in range(1, 6))
    assert found == [f"Volgens deze lijst is hierop al betaald: {named} en 2 andere."]


def test_a_list_without_lines_says_so() -> None:
    assert _problems(_read(f"{HEADER}\n")) == [(None, "", "Onder de kolomnamen staat geen enkele regel.")]


@pytest.mark.parametrize("text", ["=1+1", "+31 6 123", "@SUM(A1)", "00012345678901234567", "<b>"])
def test_hostile_text_stays_text(text: str) -> None:
    assert _read(f"{HEADER}\n{ROW.replace('Snoeien', text)}\n").rows[0]["Omschrijving"] == text


def test_a_list_that_is_far_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lijst.csv"
    path.write_bytes(f"{HEADER}\n{ROW}\n".encode() + b" " * 1000)
    monkeypatch.setattr(lists, "LARGEST", 500)
    with pytest.raises(UserError) as stop:
        read_list_file(path, _contents())
    (problem,) = stop.value.problems
    assert problem.found == "Dit bestand is veel te groot voor een lijst met facturen of klanten."
