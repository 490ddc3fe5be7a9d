"""What must hold for any bytes at all: a clean refusal, or everything that stands there.

Source: docs/regels.md, "Bankbestanden" (whole or not at all). Raises AssertionError, or whatever the reader
should not have raised.
"""

import io
import json
import re
from datetime import date

from lxml import etree

from debiteuren import banks
from debiteuren.banks import ubl
from debiteuren.banks.archive import is_archive, read_archive
from debiteuren.banks.report import as_json
from debiteuren.book.lists import read_list
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import LARGEST, to_cents
from debiteuren.domain.payment import BankFile, FileFormat
from debiteuren.domain.problem import Problem, Severity, UserError
from debiteuren.jobs.bank_import import plan_import
from workbooks import contents

ON = date(2026, 11, 21)
_EMPTY = contents()
_ENTRY_LINE = re.compile(rb"^:61:", re.MULTILINE)
_CAMT = {FileFormat.CAMT052, FileFormat.CAMT053, FileFormat.CAMT054}


def check(data: bytes) -> str:
    """Read these bytes as a bank file and as a list, as Bank importeren does; in a word what came of it."""
    head = data[: banks.HEAD]
    if is_archive(head):
        files = read_archive("x.zip", io.BytesIO(data), banks._read)
    else:
        files = [banks.read_bank_bytes("x", data)]
        _nothing_is_dropped(files[0], data)
    if ubl.is_invoice(head):
        files.append(ubl.read_invoice("x", io.BytesIO(data)))
    for file in files:
        _is_sound(file)
    json.dumps(as_json(files))
    _is_planned(files)
    found = read_list("x", data, _EMPTY)
    if found is not None:
        _are_clear(found.problems)
        assert not (found.faults and found.rows)
        return "lijst geweigerd" if found.faults else "lijst"
    return "geweigerd" if all(file.refused for file in files) else "gelezen"


def _is_sound(file: BankFile) -> None:
    assert not (file.refused and (file.transactions or file.statements or file.invoices))
    _are_clear(file.problems)
    for one in file.transactions:
        assert one.account
        assert abs(one.amount) <= LARGEST
        assert one.amount == to_cents(one.amount)
        assert one.amount.as_tuple().exponent == -2
        assert type(one.booked) is date
    for statement in file.statements:
        assert statement.adds_up is not False or statement.gap is not None


def _are_clear(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        assert problem.found
        assert problem.remedy
        assert problem.severity in Severity


def _is_planned(files: list[BankFile]) -> None:
    """What was read can be imported, and twice is once."""
    try:
        plan = plan_import(Ledger(), files, on=ON, despite_gaps=True)
    except UserError:
        return
    names = [payment.transaction for payment in plan.payments]
    assert len(names) == len(set(names))
    again = plan_import(
        Ledger(payments=plan.payments, statements=plan.statements), files, on=ON, despite_gaps=True
    )
    assert again.payments == ()


def _nothing_is_dropped(file: BankFile, data: bytes) -> None:
    """A file that is not refused gives a booking for every entry in it, or says that it does not add up."""
    if file.refused or any(statement.adds_up is False for statement in file.statements):
        return
    if file.format is FileFormat.MT940 and b"\0" not in data:
        entries = len(_ENTRY_LINE.findall(data.replace(b"\r", b"\n")))
        assert len(file.transactions) + len(file.problems) >= entries, (len(file.transactions), entries)
    if file.format in _CAMT:
        entries = _camt_entries(data)
        assert len(file.transactions) + len(file.problems) >= entries, (len(file.transactions), entries)


def _camt_entries(data: bytes) -> int:
    """Booked entries as lxml counts them; 0 when lxml calls it no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return 0
    entries = [
        [str(part.text).strip() for part in entry.iter("{*}Sts", "{*}Cd")] for entry in root.iter("{*}Ntry")
    ]
    return sum("BOOK" in words for words in entries)
