"""A made-up company through files: what the commands book is what the rules book on the same payments."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands import run
from debiteuren.banks import read_bank_bytes
from debiteuren.book.ooxml import Package
from debiteuren.book.shipped import template_bytes
from debiteuren.domain.money import to_cents
from debiteuren.rules.matching import match
from matching_world import Habits, World, make_world
from matching_world.bank_files import WRITERS
from matching_world.lists import bank_files, debtors_csv, invoices_csv
from matching_world.world import ON

MIXES = (
    {"INGB": "ING CAMT.053.02", "RABO": "Rabobank MT940", "ABNA": "ABN AMRO TAB"},
    {"INGB": "ING MT940", "RABO": "Rabobank CSV", "ABNA": "ABN AMRO CAMT.053.02"},
    {"INGB": "ING CSV", "RABO": "Rabobank CAMT.053.08", "ABNA": "ABN AMRO MT940"},
)
"""Every format once."""
Row = tuple[date, Decimal, str, str, str, str, Decimal, str]


@pytest.fixture(scope="module")
def world() -> World:
    """Without arrangements: those are typed, not imported."""
    return make_world(4, 450, style=0, habits=Habits(arrangements=0))


def by_the_rules(world: World) -> Counter[Row]:
    ledger = world.ledger()
    payments = {one.transaction: one for one in ledger.payments}
    found: Counter[Row] = Counter()
    for row in match(ledger, world.on).allocations:
        one = payments[row.transaction]
        paid = (one.booked, one.amount, one.account, one.counter_account, one.description)
        found[*paid, row.invoice, row.amount, row.kind.value] += 1
    return found


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(path, read_only=False)
    for sheet in book.worksheets:
        if table in sheet.tables:
            cells = [[cell.value for cell in row] for row in sheet[sheet.tables[table].ref]]
            return [dict(zip(cells[0], line, strict=True)) for line in cells[1:]]
    raise KeyError(table)


def by_the_commands(
    world: World, folder: Path, formats: dict[str, str], *, backwards: bool = False
) -> Counter[Row]:
    path = folder / "Boek.xlsm"
    path.write_bytes(template_bytes())
    ((sheet, place),) = openpyxl.load_workbook(path).defined_names["EigenIBAN"].destinations
    with Package.open(path) as package:
        package.set_cells(sheet, {place.replace("$", ""): world.accounts[-1]})
        package.save()
    files = {"facturen.csv": invoices_csv(world), "debiteuren.csv": debtors_csv(world)}
    names = []
    for at, data in enumerate((*files.values(), *bank_files(world, formats).values())):
        names.append(folder / f"bestand {at}")
        names[-1].write_bytes(data)
    on = ("--peildatum", ON.isoformat())
    done = run("importeer", path, *(reversed(names) if backwards else names), *on)
    assert done.code == 0, done.err
    done = run("bijwerken", path, *on)
    assert done.code == 0, done.err
    payments = {row["Transactie"]: row for row in rows(path, "tblBetalingen")}
    assert len(payments) == len(world.bookings)
    found: Counter[Row] = Counter()
    for row in rows(path, "tblKoppelingen"):
        if row["Transactie"] is None:
            continue
        one = payments[row["Transactie"]]
        found[
            (
                one["Boekdatum"].date(),
                to_cents(Decimal(str(one["Bedrag"]))),
                one["Rekening"],
                one["Tegenrekening"] or "",
                str(one["Omschrijving"] or ""),
                row["Factuurnummer"],
                to_cents(Decimal(str(row["Bedrag"]))),
                row["Soort"],
            )
        ] += 1
    return found


@pytest.mark.parametrize("formats", MIXES, ids=lambda mix: ", ".join(mix.values()))
def test_through_files_the_same_is_booked(world: World, tmp_path: Path, formats: dict[str, str]) -> None:
    assert by_the_commands(world, tmp_path, formats) == by_the_rules(world)


def test_the_order_of_files_changes_nothing(world: World, tmp_path: Path) -> None:
    assert by_the_commands(world, tmp_path, MIXES[1], backwards=True) == by_the_rules(world)


@pytest.mark.parametrize(
    ("bank", "name"), [(bank, name) for bank, writers in WRITERS.items() for name in writers]
)
def test_every_format_says_what_was_booked(world: World, bank: str, name: str) -> None:
    """Amount, day, account, name, words and reference of every booking, whatever the format."""
    account = next(one for one in world.accounts if one[4:8] == bank)
    lines = [one for one in world.bookings if one.account == account]
    file = read_bank_bytes(name, WRITERS[bank][name](account, lines))
    assert file.problems == ()
    assert all(statement.adds_up for statement in file.statements)
    said = Counter(
        (one.booked, one.amount, one.counter_account, one.name, one.description, one.reference)
        for one in file.transactions
    )
    payments = [one.payment() for one in lines]
    assert said == Counter(
        (paid.booked, paid.amount, paid.counter_account, paid.name, paid.description, line.reference)
        for line, paid in zip(lines, payments, strict=True)
    )
