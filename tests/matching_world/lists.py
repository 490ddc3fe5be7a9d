"""A made-up world's invoices, debtors and truth as lists, and all of it written out in a folder."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from matching_world.bank_files import WRITERS
from matching_world.world import World


def _csv(head: str, rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(head.split(";"))
    writer.writerows(rows)
    return stream.getvalue().encode()


def _money(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02d}"


def invoices_csv(world: World) -> bytes:
    """Facturen, as `debiteuren importeer` reads them."""
    return _csv(
        "Factuurnummer;Debiteurnummer;Factuurdatum;Vervaldatum;Bedrag;Omschrijving;Betalingskenmerk",
        (
            (
                bill.name,
                bill.person.debtor.number,
                bill.day.isoformat(),
                bill.due.isoformat(),
                _money(bill.cents),
                bill.about,
                bill.reference,
            )
            for bill in world.bills
        ),
    )


def debtors_csv(world: World) -> bytes:
    """Debiteuren, as `debiteuren importeer` reads them."""
    return _csv(
        "Debiteurnummer;Naam;Soort;IBAN;Kortingspercentage;Kortingsdagen",
        (
            (
                one.debtor.number,
                one.debtor.name,
                one.debtor.kind or "",
                one.debtor.iban,
                str(one.debtor.discount_percent or ""),
                str(one.debtor.discount_days or ""),
            )
            for one in world.persons
        ),
    )


def truth_csv(world: World) -> bytes:
    """Every booking with what it truly pays: one row per invoice, one without for money of nobody."""
    return _csv(
        "Rekening;Boekdatum;Bedrag;Tegenrekening;Naam;Omschrijving;Factuurnummer;Waarvan;Gewoonten",
        (
            (
                one.account,
                one.day.isoformat(),
                _money(one.cents),
                one.iban,
                one.name,
                one.text,
                number,
                _money(cents),
                ", ".join(one.habits),
            )
            for one in world.bookings
            for number, cents in (one.truth or {"": 0}).items()
        ),
    )


def bank_files(world: World, formats: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """Name → contents: of each account every format its bank gives, or the one `formats` has for the bank."""
    found = {}
    for account in world.accounts[:-1]:
        lines = [one for one in world.bookings if one.account == account]
        for name, writer in WRITERS[account[4:8]].items():
            if formats is None or formats[account[4:8]] == name:
                found[name] = writer(account, lines)
    return found


def write_out(world: World, folder: Path) -> None:
    """Lists, truth and bank files; in `bank` every account comes once in every format."""
    (folder / "bank").mkdir(parents=True, exist_ok=True)
    (folder / "facturen.csv").write_bytes(invoices_csv(world))
    (folder / "debiteuren.csv").write_bytes(debtors_csv(world))
    (folder / "waarheid.csv").write_bytes(truth_csv(world))
    for name, data in bank_files(world).items():
        (folder / "bank" / name).write_bytes(data)
