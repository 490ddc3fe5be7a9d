"""The public samples beside the checkout: every one of them reads, or is refused for its reason."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from debiteuren.banks import read_bank_files
from debiteuren.domain.payment import BankFile
from debiteuren.domain.problem import Severity

SHARED = Path(__file__).resolve().parents[2] / "../shared/bank"

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="de openbare voorbeelden (../shared/bank) zijn er niet"
)

REFUSED = {
    "_hostile/camt053/huishoudboekje-nl-design-system-demo__CAMT_DANGEROUS.xml": "DOCTYPE",
    "knab/mt940/mt940__knab_invalid.txt": "eindsaldo",
    "rabobank/mt940/php-mt940__Rabo_sample2.txt": "eindsaldo",
}
NAMES = {
    "abnamro": "ABN AMRO",
    "asn": "ASN Bank",
    "bunq": "bunq",
    "ing": "ING",
    "rabobank": "Rabobank",
    "triodos": "Triodos",
    "vanlanschot": "Van Lanschot",
}


def _manifest() -> list[dict[str, str]]:
    if not SHARED.is_dir():
        return []
    with (SHARED / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _read(name: str) -> BankFile:
    (file,) = read_bank_files(SHARED / "samples" / name)
    return file


@pytest.mark.parametrize("row", _manifest(), ids=lambda row: str(row["file"]))
def test_a_public_sample_reads_with_as_many_bookings_as_it_has(row: dict[str, str]) -> None:
    name = row["file"]
    file = _read(name)
    faults = [problem.found for problem in file.problems if problem.severity is Severity.FAULT]
    if name in REFUSED:
        assert REFUSED[name] in faults[0]
        assert file.transactions == ()
        return
    assert faults == []
    assert len(file.transactions) == int(row["transactions"])
    assert sum(statement.lines for statement in file.statements) == len(file.transactions)
    assert file.format is not None
    assert file.bank == NAMES.get(row["bank"], file.bank)
    for statement in file.statements:
        if statement.adds_up:
            assert statement.opening is not None
            assert statement.closing is not None


@pytest.mark.parametrize(
    ("name", "at", "amount", "counter", "party", "description", "reference", "end_to_end"),
    [
        pytest.param(
            "rabobank/mt940/mt940__rabobank_mt940_structured.txt", 1, "169.90", "0663616476", "Bedrijf B.V.",
            "NR.201303-111/11.3.2013 NR.201303-112/11.3.2013", "", "", id="two invoice numbers stay two",
        ),
        pytest.param(
            "rabobank/mt940/mt940__rabobank_mt940_structured_dutch_tax.txt", 0, "-2000.00",
            "NL86INGB0002445588", "Belastingdienst", "", "1234567899874563", "123456789",
            id="Rabobank writes a payment reference in four keys",
        ),
        pytest.param(
            "ing/mt940/mt940__ing_purp.txt", 0, "-10.00", "NL21BASN0272727272", "T-Mobile Netherlands BV",
            "Factuurnummer 858585858585", "", "400313131313", id="ING of today, key cut at the line end",
        ),
        pytest.param(
            "ing/mt940/mt940__ing_references.txt", 0, "-100.00", "NL86INGB0002445588", "BELASTINGDIENST", "",
            "1234123412341234", "", id="ING puts the payment reference on :61:",
        ),
        pytest.param(
            "ing/mt940/mt940__ing_structured.txt", 2, "-400.00", "NL57ABNA0987654321", "J AAP",
            "kilometervergoeding 2e kwartaal 2013", "", "", id="ING before 2014",
        ),
        pytest.param(
            "abnamro/mt940/mt940__abn_sepa_overboeking.txt", 0, "10.50", "NL56CHAS0101010101",
            "AA GHGHGH NETHERLANDS B.V.", "1412DEC 2015 CONSULTING", "", "7541410",
            id="ABN AMRO in columns, word cut at the edge",
        ),
        pytest.param(
            "abnamro/mt940/php-mt940__issue48.txt", 0, "109.65", "NL75INGB0001234567",
            "HR K XXXXXXX EN/OF MW H XXXXXXX", "RES.NR 00042", "", "", id="ABN AMRO, a slash in the name",
        ),
        pytest.param(
            "abnamro/tab/abn-amro-statement-parser__TXT_SAMPLE.TAB", 4, "-39.35", "NL01RABO0123456789",
            "Next to Pay via Mollie",
            "M01234567ABCDE0F 0123456789012345 Foobar Pizza Delivery Order 123456", "",
            "02-02-2023 17:01 0123456789012345", id="ABN AMRO TAB",
        ),
        pytest.param(
            "ing/camt053/huishoudboekje-nl-design-system-demo__CAMT_ING.xml", 2, "120.00",
            "NL20INGB0001234567", "INGTestrekening", "", "6390338414964113", "20140103E2EIdA1INGBankNV",
            id="CAMT with a structured reference",
        ),
        pytest.param(
            "generic/camt053/camt__camt053.v8.xml", 0, "8.85", "NL56AGDH9619008421", "NAME NAME", "",
            "4654654654654654", "MUELL/FINP/RA12345", id="CAMT 001.08, party inside Pty",
        ),
    ],
)  # fmt: skip
def test_the_fields_of_public_samples_are_right(
    name: str,
    at: int,
    amount: str,
    counter: str,
    party: str,
    description: str,
    reference: str,
    end_to_end: str,
) -> None:
    found = _read(name).transactions[at]
    assert (
        found.amount,
        found.counter_account,
        found.name,
        found.description,
        found.reference,
        found.end_to_end,
    ) == (Decimal(amount), counter, party, description, reference, end_to_end)


def test_a_public_return_is_a_return_and_names_the_other_side() -> None:
    file = _read("ing/camt053/huishoudboekje-nl-design-system-demo__CAMT_ING.xml")
    returns = [
        (found.amount, found.return_code, found.name) for found in file.transactions if found.is_return
    ]
    assert returns == [
        (Decimal("125.00"), "AC04", "INGTestrekening"),
        (Decimal("-30.00"), "MD06", "INGTestrekening"),
    ]
