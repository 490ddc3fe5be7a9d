"""MT940: signs, days, amounts, the 65-sign rule, what belongs to whom, and files that cannot be trusted."""

from datetime import date

import pytest

from debiteuren.banks import read_bank_bytes
from debiteuren.banks.mt940_lines import LineError, read_balance, read_entry
from debiteuren.domain.payment import BankFile, FileFormat
from debiteuren.domain.problem import Severity

HEAD = ":20:1\n:25:NL61RABO0300123456\n:28C:1\n:60F:C261116EUR100,00\n"


def _read(text: str) -> BankFile:
    return read_bank_bytes("afschrift.sta", text.encode())


def _one(lines: str, closing: str = "C261117EUR100,00") -> BankFile:
    return _read(f":940:\n{HEAD}{lines}\n:62F:{closing}\n")


def _faults(file: BankFile) -> list[tuple[int | None, str]]:
    return [(found.row, found.found) for found in file.problems if found.severity is Severity.FAULT]


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        pytest.param("2611171117C10,50NTRFNONREF", "10.50", id="C is money in"),
        pytest.param("2611171117D10,50NTRFNONREF", "-10.50", id="D is money out"),
        pytest.param("2611171117RC10,50NTRFNONREF", "-10.50", id="RC takes a credit back"),
        pytest.param("2611171117RD10,50NTRFNONREF", "10.50", id="RD gives a debit back"),
        pytest.param("261117C10,50NTRFNONREF", "10.50", id="no entry day"),
        pytest.param("261117    C10,50NTRFNONREF", "10.50", id="entry day of spaces"),
        pytest.param("2611171117CR10,50NTRFNONREF", "10.50", id="funds code"),
        pytest.param("2611171117D0,00NTRFNONREF", "0.00", id="nothing out"),
        pytest.param("2611171117C10,NTRFNONREF", "10.00", id="no decimals"),
        pytest.param("2611171117C10,5NTRFNONREF", "10.50", id="one decimal"),
        pytest.param("2611171117C000000000127,50N102EREF", "127.50", id="zeros in front"),
        pytest.param("2611171117C000000000127.50N102EREF", "127.50", id="Rabobank's old point"),
        pytest.param("261117D050,97NIC MARF", "-50.97", id="kind with a space"),
    ],
)
def test_the_amount_of_a_booking(line: str, amount: str) -> None:
    assert str(read_entry(line).amount) == amount


@pytest.mark.parametrize(
    ("days", "value", "booked"),
    [
        pytest.param("2611171117", date(2026, 11, 17), date(2026, 11, 17), id="same day"),
        pytest.param("2611161118", date(2026, 11, 16), date(2026, 11, 18), id="booked later"),
        pytest.param("2701011229", date(2027, 1, 1), date(2026, 12, 29), id="booked in the year before"),
        pytest.param("2612310102", date(2026, 12, 31), date(2027, 1, 2), id="booked in the year after"),
        pytest.param("2403010229", date(2024, 3, 1), date(2024, 2, 29), id="leap day"),
        pytest.param("791231", date(2079, 12, 31), date(2079, 12, 31), id="last year of this century's half"),
        pytest.param("800101", date(1980, 1, 1), date(1980, 1, 1), id="first year of the century before"),
    ],
)
def test_the_days_of_a_booking(days: str, value: date, booked: date) -> None:
    entry = read_entry(f"{days}C1,00NTRFNONREF")
    assert (entry.value, entry.booked) == (value, booked)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("261332C1,00NTRFNONREF", id="month 13"),
        pytest.param("260230C1,00NTRFNONREF", id="30 February"),
        pytest.param("2611171331C1,00NTRFNONREF", id="entry day in month 13"),
        pytest.param("2603010229C1,00NTRFNONREF", id="29 February of an ordinary year"),
        pytest.param("261117X1,00NTRFNONREF", id="no such mark"),
        pytest.param("261117EC1,00NTRFNONREF", id="expected, not booked"),
        pytest.param("261117C1,005NTRFNONREF", id="three decimals"),
        pytest.param("261117C1.000,00NTRFNONREF", id="thousands mark"),
        pytest.param("261117C-1,00NTRFNONREF", id="minus"),
        pytest.param("261117C1e3NTRFNONREF", id="exponent"),
        pytest.param("261117C,50NTRFNONREF", id="nothing before the comma"),
        pytest.param("261117C999999999999,00NTRFNONREF", id="more than a spreadsheet holds"),
        pytest.param("261117CNTRFNONREF", id="no amount"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_impossible_booking_refuses_the_file_and_is_named(line: str) -> None:
    with pytest.raises(LineError):
        read_entry(line)
    file = _one(f":61:{line}\n:86:/REMI/x")
    assert file.transactions == ()
    assert [row for row, _ in _faults(file)] == [6]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("C261117EUR", id="no amount"),
        pytest.param("C261117EUR000000000965", id="no decimal mark"),
        pytest.param("X261117EUR1,00", id="no such mark"),
        pytest.param("C261332EUR1,00", id="no such day"),
        pytest.param("C261117EU1,00", id="no such currency"),
        pytest.param("C261117EUR1,000", id="three decimals"),
        pytest.param("C261117EUR1000000000000,00", id="too large"),
    ],
)
def test_an_impossible_balance_refuses_the_file(text: str) -> None:
    with pytest.raises(LineError):
        read_balance(text)
    assert [row for row, _ in _faults(_one(":86:x", text))] == [7]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        pytest.param("D201101EUR0,00", "0.00", id="nothing, debit"),
        pytest.param("D201101EUR0,", "0.00", id="nothing, debit, no decimals"),
        pytest.param("D201101EUR1,", "-1.00", id="debit"),
        pytest.param("C201101EUR1.", "1.00", id="a point"),
    ],
)
def test_the_amount_of_a_balance(text: str, amount: str) -> None:
    assert str(read_balance(text).amount) == amount


def test_an_amount_that_is_too_large_is_called_so() -> None:
    with pytest.raises(LineError, match=r"Dat bedrag is te groot: tot € 99\.999\.999\.999,99 kan het"):
        read_entry("261117C100000000000,00NTRFNONREF")


def test_every_faulty_line_is_named() -> None:
    file = _one(":61:nonsense\n:86:x\n:61:261332C1,00NTRFNONREF\n:86:y")
    assert _faults(file) == [
        (6, 'Deze boeking (:61:) is niet te lezen: "nonsense".'),
        (8, 'Hier staat de datum "261332" (jjmmdd). Die dag bestaat niet.'),
    ]


def test_a_line_of_65_signs_goes_on_without_a_space_a_shorter_one_with_one() -> None:
    full = ":86:/REMI/" + "x" * 55
    assert len(full) == 65
    assert _one(f":61:261117C0,00NTRFNONREF\n{full}\ny").transactions[0].description == "x" * 55 + "y"
    assert _one(f":61:261117C0,00NTRFNONREF\n{full[:-1]}\ny").transactions[0].description == "x" * 54 + " y"


def test_details_after_the_closing_balance_belong_to_the_statement() -> None:
    file = _read(
        f"{HEAD}:61:261117C1,00NTRFNONREF\n:86:/REMI/Nota 1\n:62F:C261117EUR101,00\n:64:C261117EUR101,00\n"
        ":86:/SUM/1/0/1,00/0,00/\nrest\n-}\n"
    )
    assert [found.description for found in file.transactions] == ["Nota 1"]
    assert file.problems == ()


def test_a_dash_within_a_statement_is_text_and_after_it_the_end() -> None:
    file = _one(":61:261117C0,00NTRFNONREF\n:86:/REMI/een\n-\ntwee")
    assert [found.description for found in file.transactions] == ["een - twee"]


def test_several_details_of_one_booking_go_on() -> None:
    file = _one(":61:261117C0,00NMSC0118222333      KORENAAR\n:86:FACTUUR\n:86:2026-0042")
    assert [(found.name, found.description) for found in file.transactions] == [
        ("KORENAAR", "FACTUUR 2026-0042")
    ]


WHOLE = (
    "{1:F01INGBNL2ABXXX0000000000}\n{2:I940INGBNL2AXXXN}\n{4:\n"
    ":20:1\n:25:NL20INGB0001234567EUR\n:28C:1\n:60F:C261116EUR100,00\n"
    ":61:2611171117C1,00NTRFNONREF//R1\n:86:/REMI/USTD//Nota 1/\n"
    ":61:2611171117C2,00NTRFNONREF//R2\n:86:/REMI/USTD//Nota 2/\n"
    ":62F:C261117EUR103,00\n-}\n"
)


NO_TRAILER = 'Na het laatste afschrift ontbreekt de slotregel ("-" of "-}"). Het bestand is afgebroken.'
NEXT_HEAD = "Hier begint een afschrift, maar het bestand houdt op. Het is afgebroken."
ABN = "ABNANL2A\n940\nABNANL2A\n" + WHOLE[WHOLE.index(":20:") :].replace("-}", "-")
RABOBANK = ":940:\n" + WHOLE[WHOLE.index(":20:") :].replace("-}\n", "")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param(WHOLE, [], id="whole"),
        pytest.param(WHOLE + WHOLE, [], id="two, whole"),
        pytest.param(ABN + ABN, [], id="another bank's trailers"),
        pytest.param(RABOBANK + RABOBANK, [], id="a bank without trailers"),
        pytest.param(WHOLE + "\n\x1a", [], id="white space at the end"),
        pytest.param(WHOLE.removesuffix("-}\n"), [(12, NO_TRAILER)], id="the block does not end"),
        pytest.param(ABN + ABN.removesuffix("-\n"), [(25, NO_TRAILER)], id="the last trailer is missing"),
        pytest.param(
            RABOBANK.removesuffix("3,00\n"),
            [(10, 'Dit saldo heeft geen komma: "C261117EUR10". De regel is afgebroken.')],
            id="cut within the closing balance",
        ),
        pytest.param(WHOLE + "{1:F01INGB", [(14, NEXT_HEAD)], id="cut within the next head"),
        pytest.param(ABN + "ABNANL2A\n94", [(14, NEXT_HEAD)], id="cut within another bank's next head"),
        pytest.param(
            ABN + "ABNANL2A\n940\nABNANL2A\n:20:1\n:25:4",
            [(17, "Van het afschrift dat hier begint, ontbreekt het eindsaldo (:62F:). Het is niet heel.")],
            id="cut within the next statement",
        ),
    ],
)
def test_a_file_that_was_cut_off_is_refused(text: str, faults: list[tuple[int, str]]) -> None:
    assert _faults(_read(text)) == faults


@pytest.mark.parametrize("count", range(4, 12))
def test_a_file_cut_after_any_line_of_a_statement_is_refused(count: int) -> None:
    file = _read("\n".join(WHOLE.split("\n")[:count]) + "\n")
    assert file.transactions == ()
    assert len(_faults(file)) == 1
    if count > 4:
        assert _faults(file) == [
            (4, "Van het afschrift dat hier begint, ontbreekt het eindsaldo (:62F:). Het is niet heel.")
        ]


def test_a_new_message_before_the_closing_balance_refuses_the_file() -> None:
    cut = WHOLE[: WHOLE.index(":62F:")]
    assert [row for row, _ in _faults(_read(cut + WHOLE))] == [4]


@pytest.mark.parametrize(
    ("missing", "what"),
    [
        pytest.param(":25:NL20INGB0001234567EUR\n", "het rekeningnummer (:25:)", id="account"),
        pytest.param(":60F:C261116EUR100,00\n", "het beginsaldo (:60F:)", id="opening balance"),
    ],
)
def test_a_statement_without_its_head_is_refused(missing: str, what: str) -> None:
    assert _faults(_read(WHOLE.replace(missing, ""))) == [
        (4, f"Van het afschrift dat hier begint, ontbreekt {what}.")
    ]


def test_a_statement_that_does_not_add_up_is_read_with_a_warning() -> None:
    file = _read(WHOLE.replace("C2,00", "C2,01"))
    assert [statement.adds_up for statement in file.statements] == [False]
    assert len(file.transactions) == 2
    (problem,) = file.problems
    assert problem.severity is Severity.WARNING
    assert problem.row == 12
    assert problem.found == (
        "Het afschrift van NL20INGB0001234567 t/m 17-11-2026 sluit niet: beginsaldo € 100,00 en 2 boekingen "
        "van samen € 3,01 geven € 103,01, maar het eindsaldo is € 103,00."
    )
    assert file.statements[0].gap == problem


def test_balances_in_two_currencies_do_not_add_up() -> None:
    file = _read(WHOLE.replace(":62F:C261117EUR", ":62F:C261117USD"))
    assert [statement.adds_up for statement in file.statements] == [False]


def test_another_currency_is_kept() -> None:
    file = _read(WHOLE.replace("EUR1", "USD1"))
    assert {found.currency for found in file.transactions} == {"USD"}
    assert file.statements[0].currency == "USD"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_line_ends_and_encodings_do_not_matter(newline: str, encoding: str) -> None:
    text = WHOLE.replace("Nota 2", "Café €").replace("\n", newline)
    file = read_bank_bytes("afschrift", text.encode(encoding))
    assert (file.format, file.bank) == (FileFormat.MT940, "ING")
    assert [found.description for found in file.transactions] == ["Nota 1", "Café €"]


def test_without_a_known_bank_the_account_tells_which_it_is() -> None:
    bare = WHOLE[WHOLE.index(":20:") :]
    assert _read(bare).bank == "ING"
    assert _read(bare.replace("NL20INGB0001234567", "12345")).bank == ""


BOOKING = ":61:2611171117C0,00NTRFNONREF\n:86:/REMI/Nota 1"


@pytest.mark.parametrize(
    ("lines", "row", "found"),
    [
        pytest.param(
            f"{BOOKING}\n :61:2611171117C0,00NTRFNONREF", 8,
            'Hier begint een boeking (:61:) niet vooraan de regel: ":61:2611171117C0,00NTRFNONREF".',
            id="a space before it",
        ),
        pytest.param(
            f"{BOOKING}\n:61 :2611171117C0,00NTRFNONREF", 8,
            'Hier begint een boeking (:61:) niet vooraan de regel: ":61 :2611171117C0,00NTRFNONREF".',
            id="a space in it",
        ),
        pytest.param(
            f"{BOOKING}\x00 en meer", 7,
            'Hier staan tekens die geen tekst zijn: ":86:/REMI/Nota 1 en meer". Het bestand is beschadigd.',
            id="a nought in a text",
        ),
        pytest.param(
            f"{BOOKING}\n\x02\x1b[2J", 8,
            'Hier staan tekens die geen tekst zijn: "[2J". Het bestand is beschadigd.', id="a line of junk",
        ),
    ],
)  # fmt: skip
def test_a_damaged_line_is_not_taken_for_text(lines: str, row: int, found: str) -> None:
    file = _one(lines)
    assert file.transactions == ()
    assert _faults(file) == [(row, found)]


@pytest.mark.parametrize("around", ["\x00\x00", "\x1a", "\x03"])
def test_what_stands_after_the_last_statement_is_no_matter(around: str) -> None:
    assert _faults(_read(WHOLE + around)) == []


def test_the_signs_that_swift_puts_around_messages_are_no_matter() -> None:
    assert _faults(_read(("\x01" + WHOLE.removesuffix("\n") + "\x03") * 2)) == []
