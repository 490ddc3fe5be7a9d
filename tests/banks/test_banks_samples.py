"""Every dialect has a sample of our own making (fictional) and what must come out of it."""

import json
from pathlib import Path

import pytest

from debiteuren.banks import read_bank_files
from debiteuren.banks.report import as_json

HERE = Path(__file__).parent
SAMPLES = sorted((HERE / "samples").iterdir())
SAME_STATEMENT = [
    "ing_camt053_02.xml",
    "ing_mt940.sta",
    "ing_csv_9.csv",
    "ing_csv_9_bom_crlf.csv",
    "ing_csv_9_excel.csv",
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_sample_gives_exactly_what_is_expected(sample: Path) -> None:
    expected = json.loads((HERE / "expected" / f"{sample.name}.json").read_text("utf-8"))
    assert as_json(read_bank_files(sample)) == {"bestanden": [expected]}


def test_every_expectation_has_its_sample() -> None:
    assert [path.name + ".json" for path in SAMPLES] == sorted(
        path.name for path in (HERE / "expected").iterdir()
    )


@pytest.mark.parametrize("name", SAME_STATEMENT)
def test_one_statement_says_the_same_in_every_format(name: str) -> None:
    (file,) = read_bank_files(HERE / "samples" / name)
    found = sorted(
        (
            transaction.account,
            transaction.booked.isoformat(),
            f"{transaction.amount}",
            transaction.counter_account,
            transaction.name,
            transaction.end_to_end,
            transaction.mandate,
            transaction.return_code,
            transaction.is_return,
            f"{transaction.description}{transaction.reference}",
        )
        for transaction in file.transactions
    )
    own = "NL20INGB0001234567"
    coffee = (own, "2026-11-18", "25.00", "NL18TRIO0198100777", "Koffie & Zo", "", "", "", False)
    assert found == sorted(
        [
            (
                *(own, "2026-11-17", "484.00", "NL95RABO0118222333", "Bakkerij De Korenaar B.V."),
                *("KOR-2026-118", "", "", False, "Factuur 2026-0042 / 2026-0043"),
            ),
            (
                *(own, "2026-11-17", "121.00", "NL56ABNA0502233445", "Van der Berg/Smit VOF"),
                *("", "", "", False, "5000056789012345"),
            ),
            (
                *(own, "2026-11-17", "-30.00", "NL98KNAB0255512340", "Drukkerij Pers"),
                *("", "", "", False, "=SUM(A1) drukwerk"),
            ),
            (
                *(own, "2026-11-18", "-60.50", "NL94BUNQ2025001122", "J. de Wit"),
                *("INC-77", "M-0077", "MD06", True, "Lidmaatschap"),
            ),
            (*coffee, "Contributie november"),
            (*coffee, "Contributie november"),
        ]
    )
