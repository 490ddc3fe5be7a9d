"""What others make of the same world: exact number and amount, and bankstatementparser's reconciliation."""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path

from matching_world.world import World

_EDGES = ".,;:()"
_PACKAGE = "bankstatementparser==0.0.29"
_SCRIPT = """
import json, sys
from bankstatementparser.reconciliation import reconcile_payments_and_statements as reconcile
asked, booked = json.load(sys.stdin)
found = reconcile(asked, booked, max_date_gap_days=400)
json.dump([[one.statement_record["id"], one.payment_record["id"], one.statement_record["amount"]]
           for one in found.matches], sys.stdout)
"""


def exact_matching(world: World) -> dict[str, dict[str, int]]:
    """A booking pays an invoice when its number stands there word for word and the amount is what is open.

    Also a reference of ours, and a storno that has the number. What everybody would write first.
    """
    unpaid = {bill.name: bill.cents for bill in world.bills}
    by_reference = {bill.reference: bill.name for bill in world.bills if bill.reference}
    found: dict[str, dict[str, int]] = {}
    for booking in world.bookings:
        words = {word.strip(_EDGES) for word in booking.text.split()} | {booking.end_to_end}
        named = {word for word in words if word in unpaid}
        named |= {by_reference[word] for word in (*words, booking.reference) if word in by_reference}
        if len(named) != 1:
            continue
        number = named.pop()
        if booking.cents == unpaid[number] or (booking.return_code and booking.cents < 0 == unpaid[number]):
            found[booking.transaction] = {number: booking.cents}
            unpaid[number] -= booking.cents
    return found


def bankstatementparser(world: World) -> Mapping[str, Mapping[str, int]]:
    """Invoices as its payments, bookings as its statements; in a virtual environment that is thrown away.

    Gives each invoice its number as reference and its debtor's name, and every booking what the bank gives;
    400 days between the two is not too long.

    Raises:
        subprocess.CalledProcessError: it cannot be installed or run.
    """
    names = {person.debtor.number: person.debtor.name for person in world.persons}
    asked = [
        {
            "id": bill.name,
            "amount": f"{bill.cents / 100:.2f}",
            "currency": "EUR",
            "reference": bill.name,
            "counterparty": names[bill.person.debtor.number],
            "date": bill.day.isoformat(),
        }
        for bill in world.bills
    ]
    booked = [
        {
            "id": one.transaction,
            "amount": f"{one.cents / 100:.2f}",
            "currency": "EUR",
            "reference": one.reference or one.end_to_end,
            "counterparty": one.name,
            "description": one.text,
            "date": one.day.isoformat(),
        }
        for one in world.bookings
    ]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
        install = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", _PACKAGE]
        subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
        done = subprocess.run(
            [python, "-c", _SCRIPT],
            input=json.dumps([asked, booked]),
            capture_output=True,
            text=True,
            check=True,
        )
    found: dict[str, dict[str, int]] = {}
    for transaction, number, amount in json.loads(done.stdout):
        found.setdefault(transaction, {})[number] = round(float(amount) * 100)
    return found
