"""CSV and TAB exports: the ways they are written, and rows that cannot be trusted."""

from decimal import Decimal
from pathlib import Path

import pytest

from debiteuren.banks import csv_bank, read_bank_bytes, read_bank_files
from debiteuren.banks.ing_notes import is_structured, read_notes
from debiteuren.domain.payment import BankFile, FileFormat
from debiteuren.domain.problem import Severity

HEADER = (
    '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","Mutatiesoort",'
    '"Mededelingen"'
)
BALANCED = HEADER + ',"Saldo na mutatie","Tag"'


def _row(**changes: str) -> str:
    cells = {
        "day": "20261117",
        "name": "Koffie & Zo",
        "own": "NL20INGB0001234567",
        "counter": "NL18TRIO0198100777",
        "code": "OV",
        "sign": "Bij",
        "amount": "25,00",
        "sort": "Overschrijving",
        "notes": "Naam: Koffie & Zo Omschrijving: Nota 1 IBAN: NL18TRIO0198100777",
        **changes,
    }
    return ",".join(f'"{cell}"' for cell in cells.values())


def _read(*lines: str, header: str = HEADER) -> BankFile:
    return read_bank_bytes("bank.csv", ("\n".join([header, *lines]) + "\n").encode())


def _faults(file: BankFile) -> list[tuple[int | None, str, str]]:
    return [
        (found.row, found.column, found.found) for found in file.problems if found.severity is Severity.FAULT
    ]


@pytest.mark.parametrize(
    ("change", "amount"),
    [
        pytest.param({}, "25.00", id="money in"),
        pytest.param({"sign": "Af"}, "-25.00", id="money out"),
        pytest.param({"sign": "Debit"}, "-25.00", id="English out"),
        pytest.param({"sign": "credit"}, "25.00", id="English in, other capitals"),
        pytest.param({"amount": "1.234,56"}, "1234.56", id="thousands mark"),
        pytest.param({"amount": "1234,56"}, "1234.56", id="no thousands mark"),
        pytest.param({"amount": "1234.56"}, "1234.56", id="decimal point throughout the file"),
        pytest.param({"amount": "0,00"}, "0.00", id="nothing"),
        pytest.param({"amount": "0,00", "sign": "Af"}, "0.00", id="nothing out"),
    ],
)
def test_the_amount_of_a_row(change: dict[str, str], amount: str) -> None:
    assert [found.amount for found in _read(_row(**change)).transactions] == [Decimal(amount)]


@pytest.mark.parametrize(
    ("change", "column", "found"),
    [
        pytest.param(
            {"amount": "1.234"}, "bedrag", 'Hier staat "1.234". Dat is geen bedrag.', id="no decimals"
        ),
        pytest.param({"amount": "1,5"}, "bedrag", 'Hier staat "1,5". Dat is geen bedrag.', id="one decimal"),
        pytest.param({"amount": "1e3"}, "bedrag", 'Hier staat "1e3". Dat is geen bedrag.', id="exponent"),
        pytest.param({"amount": ""}, "bedrag", 'Hier staat "". Dat is geen bedrag.', id="empty"),
        pytest.param(
            {"amount": "-25,00"},
            "bedrag",
            'Hier staat "-25,00". Naast de kolom voor af of bij hoort een bedrag zonder teken.',
            id="a sign too many",
        ),
        pytest.param(
            {"sign": "Erbij"},
            "af of bij",
            'Hier staat "Erbij". Hier hoort te staan of het geld af of bij is.',
            id="another word",
        ),
        pytest.param(
            {"day": "20230781"}, "boekdatum", 'Hier staat "20230781". Die datum bestaat niet.', id="day 81"
        ),
        pytest.param(
            {"day": "vandaag"}, "boekdatum", 'Hier staat "vandaag". Die datum bestaat niet.', id="a word"
        ),
        pytest.param(
            {"amount": "100000000000,00"},
            "bedrag",
            'Hier staat "100000000000,00". Dat bedrag is te groot: tot € 99.999.999.999,99 kan het tot op de'
            " cent bewaard worden.",
            id="too large",
        ),
        pytest.param({"day": ""}, "boekdatum", 'Hier staat "". Hier hoort een datum te staan.', id="no day"),
        pytest.param(
            {"own": ""}, "rekening", 'Hier staat "". Hier hoort uw rekeningnummer te staan.', id="no account"
        ),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_file_and_is_named(
    change: dict[str, str], column: str, found: str
) -> None:
    file = _read(_row(), _row(**change), _row())
    assert file.transactions == ()
    assert _faults(file) == [(3, column, found)]


def test_every_row_that_cannot_be_read_is_named() -> None:
    file = _read(_row(day="20261332"), _row(), _row(amount="x"), _row(sign="?"))
    assert [(row, column) for row, column, _ in _faults(file)] == [
        (2, "boekdatum"),
        (4, "bedrag"),
        (5, "af of bij"),
    ]


def test_two_decimal_marks_in_one_file_are_refused() -> None:
    file = _read(_row(amount="1,50"), _row(amount="2,50"), _row(amount="3.50"))
    assert [row for row, _, _ in _faults(file)] == [4]


def test_a_file_cut_anywhere_in_a_row_is_refused() -> None:
    text = HEADER + "\n" + _row(notes="")
    for length in range(len(HEADER) + 2, len(text)):
        file = read_bank_bytes("bank.csv", text[:length].encode())
        assert file.transactions == (), length
        assert {row for row, _, _ in _faults(file)} == {2}, length


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(HEADER, id="as it is"),
        pytest.param(HEADER.replace('"', ""), id="without quotes"),
        pytest.param(HEADER.upper(), id="capitals"),
        pytest.param(HEADER.replace("Mutatiesoort", "MutatieSoort"), id="MutatieSoort"),
        pytest.param(HEADER.replace("Mutatiesoort", "Transactietype"), id="Transactietype"),
        pytest.param(HEADER.replace("Mutatiesoort", "Mutaties\ufffdort"), id="a damaged letter"),
        pytest.param(HEADER.replace("Bedrag", "Bedr?g"), id="a letter that became a question mark"),
        pytest.param("\ufeff" + HEADER, id="byte order mark"),
        pytest.param("ï»¿" + HEADER, id="byte order mark that was read wrong"),
        pytest.param("\n" + HEADER, id="an empty line above"),
    ],
)
def test_the_header_is_known_by_what_it_says(header: str) -> None:
    file = _read(_row(), header=header)
    assert (file.bank, file.format, len(file.transactions)) == ("ING", FileFormat.CSV, 1)


@pytest.mark.parametrize(
    ("header", "edition"),
    [
        pytest.param(HEADER, "", id="Dutch"),
        pytest.param(
            "Date,Name / Description,Account,Counterparty,Code,Debit/credit,Amount (EUR),Transaction type,"
            "Notifications",
            "Engels",
            id="English",
        ),
    ],
)
def test_an_export_in_english_is_an_edition_of_its_own(header: str, edition: str) -> None:
    assert _read(_row(), header=header).edition == edition


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiter_line_ends_and_encoding_are_found_out(delimiter: str, newline: str, encoding: str) -> None:
    text = newline.join([HEADER, _row(name="Café Zoë")]).replace('","', f'"{delimiter}"') + newline
    file = read_bank_bytes("bank.txt", text.encode(encoding))
    assert [(found.name, found.amount) for found in file.transactions] == [("Café Zoë", Decimal("25.00"))]


@pytest.mark.parametrize("tail", ["", ";;;", ";;;;;;;;"])
def test_a_file_that_excel_saved_again_reads_as_before(tail: str) -> None:
    lines = [HEADER, _row(), _row(name='Bakker ""Het Hoekje""')]
    wrapped = "\n".join('"' + line.replace('"', '""') + '"' + tail for line in lines)
    file = read_bank_bytes("bank.csv", wrapped.encode())
    assert [found.name for found in file.transactions] == ["Koffie & Zo", 'Bakker "Het Hoekje"']


def test_empty_lines_and_separators_at_the_end_are_no_rows() -> None:
    file = _read(_row() + ",,", "", ",,,", _row(), "\x1a")
    assert len(file.transactions) == 2


def test_a_cell_too_many_is_named() -> None:
    assert [row for row, _, _ in _faults(_read(_row() + ',"extra"'))] == [2]


@pytest.mark.parametrize(
    ("balances", "adds_up", "opening", "closing"),
    [
        pytest.param(["125,00", "150,00", "175,00"], True, "100.00", "175.00", id="oldest first"),
        pytest.param(["175,00", "150,00", "125,00"], True, "100.00", "175.00", id="newest first"),
        pytest.param(["125,00", "150,01", "175,01"], False, "100.00", "175.01", id="a cent that is nowhere"),
        pytest.param(["125,00"], True, "100.00", "125.00", id="one row"),
    ],
)
def test_balances_on_the_rows_form_a_chain(
    balances: list[str], opening: str, closing: str, *, adds_up: bool
) -> None:
    file = _read(*(_row() + f',"{balance}",""' for balance in balances), header=BALANCED)
    (statement,) = file.statements
    assert (statement.adds_up, statement.opening, statement.closing) == (
        adds_up,
        Decimal(opening),
        Decimal(closing),
    )
    assert _faults(file) == []


def test_two_accounts_in_one_file_are_two_statements() -> None:
    file = _read(_row(), _row(own="NL36INGB0007654321"), _row())
    assert [(statement.account, statement.lines) for statement in file.statements] == [
        ("NL20INGB0001234567", 2),
        ("NL36INGB0007654321", 1),
    ]


def test_a_header_without_rows_is_read_with_a_warning() -> None:
    file = _read()
    assert (file.transactions, _faults(file)) == ((), [])
    assert [problem.found for problem in file.problems] == ["Dit bestand bevat geen boekingen."]


@pytest.mark.parametrize("text", ["=1+1", "+31", "-5", "@SUM(A1)", "00012345678901234567", "=HYPERLINK(1)"])
def test_hostile_text_and_long_numbers_stay_text(text: str) -> None:
    file = _read(_row(name=text, notes=f"Naam: x Omschrijving: {text} IBAN: NL18TRIO0198100777"))
    assert [(found.name, found.description) for found in file.transactions] == [(text, text)]


NOTES = "Naam: J Smit Omschrijving: {text} IBAN: NL18TRIO0198100777{rest}"
DEBIT = " Kenmerk: E1 Machtiging ID: M 1 Incassant ID: NL00ZZZ1 Doorlopende incasso"
ENGLISH = (
    "Name: J Smit Description: Invoice 1 IBAN: NL18TRIO0198100777 Reference: E1 Mandate ID: M1 "
    "Creditor ID: C1 Recurrent SEPA direct debit Value date: 17/11/2026"
)


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        pytest.param(NOTES.format(text="Nota 1", rest=""), ("Nota 1", "", "", ""), id="plain"),
        pytest.param(
            NOTES.format(text="Nota 1", rest=" Kenmerk: E1 Valutadatum: 17-11-2026"),
            ("Nota 1", "", "E1", ""),
            id="reference",
        ),
        pytest.param(
            NOTES.format(text="Nota Kenmerk: 5 erbij", rest=" Kenmerk: E1"),
            ("Nota Kenmerk: 5 erbij", "", "E1", ""),
            id="a label typed by the payer",
        ),
        pytest.param(
            NOTES.format(text="Nota", rest=" Kenmerk: NOTPROVIDED"), ("Nota", "", "", ""), id="no reference"
        ),
        pytest.param(
            NOTES.format(text="Nota", rest=" Kenmerk: 5000056789012345"),
            ("Nota", "5000056789012345", "", ""),
            id="a payment reference",
        ),
        pytest.param(NOTES.format(text="Lid", rest=DEBIT), ("Lid", "", "E1", "M 1"), id="direct debit"),
        pytest.param(ENGLISH, ("Invoice 1", "", "E1", "M1"), id="English"),
        pytest.param(
            "Pasvolgnr: 001 17-11-2026 12:31", ("Pasvolgnr: 001 17-11-2026 12:31", "", "", ""), id="a card"
        ),
        pytest.param("Valutadatum: 17-11-2026", ("", "", "", ""), id="nothing but a day"),
        pytest.param("Nota 4 Valutadatum: 17-11-2026", ("Nota 4", "", "", ""), id="cash, value day behind"),
        pytest.param("Nota 4, Value date: 17/11/2026", ("Nota 4", "", "", ""), id="cash, English"),
        pytest.param(
            "Valutadatum: 17-11-2026 Nota 4",
            ("Valutadatum: 17-11-2026 Nota 4", "", "", ""),
            id="typed in front",
        ),
        pytest.param("x" * 3000, ("x" * 3000, "", "", ""), id="longer than a bank writes"),
    ],
)
def test_the_notes_of_ing(notes: str, expected: tuple[str, str, str, str]) -> None:
    found = read_notes(notes, "")
    assert (found.description, found.reference, found.end_to_end, found.mandate) == expected


@pytest.mark.parametrize(
    ("kind", "text", "rest", "expected"),
    [
        pytest.param("Overschrijving", "Nota 1", "", (False, ""), id="ordinary"),
        pytest.param("Overschrijving", "Terugboeking MD06", "", (False, ""), id="only the payer says so"),
        pytest.param("Incasso", "Storno MD06 lid", "", (True, "MD06"), id="a direct debit undone"),
        pytest.param("Incasso", "Contributie MD06", "", (False, ""), id="a direct debit"),
        pytest.param("Incasso", "Lid", " Reden retour: AC04", (True, "AC04"), id="the bank's reason"),
        pytest.param("Storno", "Lid", "", (True, ""), id="the kind says so"),
    ],
)
def test_what_came_or_went_back(kind: str, text: str, rest: str, expected: tuple[bool, str]) -> None:
    found = read_notes(NOTES.format(text=text, rest=rest), kind)
    assert (found.is_return, found.return_code) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5000056789012345", True),
        ("5000056789012346", False),
        ("6000056789012345", False),
        ("500005678901234", False),
        ("RF18539007547034", True),
        ("RF19539007547034", False),
        ("RFLEKTIE", False),
        ("", False),
    ],
)
def test_what_is_a_structured_reference(text: str, *, expected: bool) -> None:
    assert is_structured(text) is expected


REVOLUT = (
    "Date started (UTC),Date completed (UTC),ID,Type,State,Description,Reference,Payment currency,Amount,"
    "{total}Fee,Balance,Account,Beneficiary account number,Beneficiary IBAN,Sender account"
)
TOTAL = "Total amount,"


@pytest.mark.parametrize(
    ("total", "state", "cells", "amounts"),
    [
        pytest.param(TOTAL, "COMPLETED", "-30.00,-30.20,0.20", ["-30.20"], id="the amount with its fee"),
        pytest.param("", "COMPLETED", "-30.00,0.20", ["-30.20"], id="an export without that column"),
        pytest.param("", "COMPLETED", "30.00,", ["30.00"], id="no fee"),
        pytest.param(TOTAL, "completed", "30.00,30.00,0.00", ["30.00"], id="small letters"),
        pytest.param(TOTAL, "PENDING", "30.00,30.00,0.00", [], id="not booked yet"),
        pytest.param(TOTAL, "REVERTED", "30.00,30.00,0.00", [], id="taken back"),
    ],
)
def test_the_amount_and_state_of_revolut(total: str, state: str, cells: str, amounts: list[str]) -> None:
    line = f"2026-11-17,2026-11-17,U1,TRANSFER,{state},To X,Nota,EUR,{cells},,EUR Main,,NL98KNAB0255512340,"
    file = _read(line, header=REVOLUT.format(total=total))
    assert (file.bank, _faults(file)) == ("Revolut", [])
    assert [str(found.amount) for found in file.transactions] == amounts
    assert [found.found for found in file.problems] == (
        [] if amounts else [f"1 boeking is nog niet definitief geboekt (status {state}) en niet meegeteld."]
    )


@pytest.mark.parametrize(
    ("account", "written"),
    [
        pytest.param("EUR Main", "REVOLUTEURMAIN", id="a name"),
        pytest.param("LT12 3250 0123 4567 8901", "LT123250012345678901", id="an IBAN"),
    ],
)
def test_an_account_without_iban_is_called_by_its_bank(account: str, written: str) -> None:
    line = (
        f"2026-11-17,2026-11-17,U1,TOPUP,COMPLETED,From X,Nota,EUR,1.00,1.00,,,{account},,,NL98KNAB0255512340"
    )
    (booking,) = _read(line, header=REVOLUT.format(total=TOTAL)).transactions
    assert (booking.account, booking.counter_account) == (written, "NL98KNAB0255512340")


def test_a_file_of_empty_lines_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_bank, "MOST_LINES", 10)
    file = _read(_row(), *[""] * 20)
    assert (file.transactions, _faults(file)) == (
        (),
        [(11, "", "Dit bestand is veel groter dan een bank ooit geeft.")],
    )


SIGNLESS = {
    "bunq's columns and one for af or bij": (
        "Datum;Rekening;Tegenrekening;Naam;Omschrijving;Af Bij;Bedrag\n"
        "2026-11-17;NL91ABNA0417164300;;Huur;November;Af;605,00\n"
    ),
    "ABN AMRO's columns and one for debet or credit": (
        "Rekeningnummer;Muntsoort;Transactiedatum;Rentedatum;Beginsaldo;Eindsaldo;Transactiebedrag;"
        "Omschrijving;D/C\n"
        "417164300;EUR;20261117;20261117;1000,00;395,00;605,00;Huur;D\n"
    ),
}


@pytest.mark.parametrize("text", SIGNLESS.values(), ids=SIGNLESS.keys())
def test_a_column_that_says_af_or_bij_is_never_left_unread(text: str) -> None:
    file = read_bank_bytes("export.csv", text.encode())
    assert (file.format, file.transactions) == (None, ())


def test_a_minus_behind_the_amount_is_a_minus() -> None:
    text = (
        "Date;Interest Date;Amount;Account;Counterparty;Name;Description\n"
        "2026-11-17;2026-11-17;1.234,56-;NL42BUNQ2094599752;;Huur;November\n"
    )
    (booked,) = read_bank_bytes("bunq.csv", text.encode()).transactions
    assert str(booked.amount) == "-1234.56"


def test_a_booking_of_asn_is_the_same_with_and_without_the_header() -> None:
    folder = Path(__file__).parent / "samples"
    with_header, bare = (
        [booked.bank_id for booked in read_bank_files(folder / name)[0].transactions]
        for name in ("asn_csv_header.csv", "asn_csv.csv")
    )
    assert with_header == bare == ["17-11-2026/12341", "17-11-2026/12342", ""]


def test_details_with_single_spaces_are_not_cut_in_columns() -> None:
    text = "SEPA Overboeking IBAN: NL36INGB0007654321 Naam: Sportclub Zuid Omschrijving: Factuur 2026-0042"
    line = f"502233445\tEUR\t20261117\t0,00\t121,00\t20261117\t121,00\t{text}\n"
    (booked,) = read_bank_bytes("TXT.TAB", line.encode()).transactions
    assert (booked.counter_account, booked.name, booked.description) == (
        "NL36INGB0007654321",
        "Sportclub Zuid",
        "Factuur 2026-0042",
    )


def test_bunq_writes_some_signs_as_a_web_page_does() -> None:
    text = (
        "Date,Interest Date,Amount,Account,Counterparty,Name,Description\n"
        "2026-11-17,2026-11-17,121.00,NL42BUNQ2094599752,,Koffie &amp; Zo,Nota &#39;7&#39;\n"
    )
    (booked,) = read_bank_bytes("bunq.csv", text.encode()).transactions
    assert (booked.name, booked.description) == ("Koffie & Zo", "Nota '7'")


@pytest.mark.parametrize(
    ("head", "what", "do"),
    [
        pytest.param(
            b'"Datum";"Rekening";"Rekening naam";"Valuta";"Boeksaldo"\n',
            "Dit is een lijst met saldo's, zonder boekingen.",
            "Kies bij uw bank de af- en bijschrijvingen in plaats van de saldo's, en lees dat bestand in.",
            id="balances",
        ),
        pytest.param(
            b"\x1f\x8bjunk",
            "Dit is een ingepakt bestand (gzip).",
            "Pak het eerst uit, en lees in wat erin zit.",
            id="packed",
        ),
        pytest.param(
            b"Dag;Euro\n1;2\n",
            "Dit is geen bankbestand dat wij kennen.",
            "Kies bij uw bank een export als CAMT.053 (het liefst), MT940 of CSV, en lees dat bestand in. "
            "Heeft het bestand kolommen, dan kunt u die bij het inlezen zelf kiezen (--kolommen).",
            id="unknown",
        ),
    ],
)
def test_what_to_do_fits_what_it_is(head: bytes, what: str, do: str) -> None:
    (problem,) = read_bank_bytes("export", head).problems
    assert (problem.found, problem.remedy) == (what, do)


def test_revolut_is_one_account_in_either_language_and_says_which_it_was() -> None:
    folder = Path(__file__).parent / "samples"
    files = [read_bank_files(folder / name)[0] for name in ("revolut.csv", "revolut_dutch.csv")]
    assert [file.edition for file in files] == ["Engels", ""]
    assert {booked.account for file in files for booked in file.transactions} == {"REVOLUTCURRENT"}
