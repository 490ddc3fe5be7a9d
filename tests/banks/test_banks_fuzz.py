"""Whatever a file holds, reading it ends in a BankFile: bookings or faults, never an error of ours."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from debiteuren.banks import read_bank_bytes
from debiteuren.banks.report import as_json
from debiteuren.domain.payment import BankFile
from debiteuren.domain.problem import Severity

SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parent / "samples").iterdir())]
HOSTILE = st.sampled_from(
    [
        *(
            "\x00",
            "\ufffd",
            "=cmd|' /C calc'!A0",
            "&lol;",
            "<!DOCTYPE x>",
            "]]>",
            "\r",
            "\n",
            '"',
            "'",
            ";",
            "\t",
        ),
        *(
            ":61:",
            ":86:",
            ":62F:",
            "//",
            "/REMI/",
            "-}",
            "{1:",
            "99999999999999999999",
            "1e999",
            "\u0661",
            "\u202e",
        ),
        *("<Ntry>", "</Stmt>", "Omschrijving: ", " IBAN: ", "x" * 300, "²", "NaN", "-"),
    ]
)


def _is_sound(file: BankFile) -> None:
    refused = any(problem.severity is Severity.FAULT for problem in file.problems)
    assert not (refused and (file.transactions or file.statements))
    assert all(problem.found and problem.remedy for problem in file.problems)
    for transaction in file.transactions:
        assert transaction.amount.as_tuple().exponent == -2
        assert transaction.account
    as_json([file])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_flipped_and_lost_bytes(sample: bytes, data: st.DataObject) -> None:
    changed = bytearray(sample)
    for at in data.draw(st.lists(st.integers(0, len(sample) - 1), max_size=6)):
        changed[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(changed)))
    keep = data.draw(st.booleans())
    _is_sound(read_bank_bytes("x", bytes(changed) if keep else bytes(changed[:cut])))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.floats(0, 1), HOSTILE), min_size=1, max_size=4))
def test_hostile_text_anywhere(sample: bytes, insertions: list[tuple[float, str]]) -> None:
    changed = sample
    for where, text in insertions:
        at = int(where * len(changed))
        changed = changed[:at] + text.encode() + changed[at:]
    _is_sound(read_bank_bytes("x", changed))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_lines_lost_doubled_or_moved(sample: bytes, data: st.DataObject) -> None:
    lines = sample.split(b"\n")
    order = data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=len(lines) + 3))
    _is_sound(read_bank_bytes("x", b"\n".join(lines[at] for at in order)))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    _is_sound(read_bank_bytes("x", data))


def test_details_of_a_megabyte_are_read_as_they_stand() -> None:
    details = "/REMI/a" * 140_000
    text = f":20:1\n:25:NL20INGB0001234567\n:60F:C261116EUR1,00\n:61:261117C0,00NTRFX\n:86:{details}\n"
    file = read_bank_bytes("x", (text + ":62F:C261117EUR1,00\n").encode())
    assert [found.description for found in file.transactions] == [details]


def test_a_line_without_end_is_refused_at_once() -> None:
    start = b":20:1\n:25:NL20INGB0001234567\n:60F:C261116EUR1,00\n"
    for data in (
        start + b" " * 5_000_000,
        b"Date,Amount,Account,Counterparty,Name,Description\n" + b"x" * 5_000_000,
    ):
        file = read_bank_bytes("x", data)
        assert file.transactions == ()
        assert "langer dan een bank ooit schrijft" in file.problems[0].found
