"""MT940: bank statements in SWIFT's text format, of every Dutch bank, as a stream.

Answers: which statements and bookings the file holds. A statement without closing balance is cut in half and
refuses the file; a :86: after the closing balance belongs to the statement, not to the last booking.
Source: SWIFT MT940; docs/regels.md, "Bankbestanden".
Leaves to others: the grammar of a line (mt940_lines.py), what details say per bank (details.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from debiteuren.banks.details import bank_id_of, booking_details
from debiteuren.banks.events import DOWNLOAD_AGAIN, Event, Heading, Tally, fault, shown
from debiteuren.banks.mt940_lines import (
    DAMAGED,
    NO_TEXT,
    Entry,
    Field,
    LineError,
    fields_of_file,
    read_balance,
    read_entry,
)
from debiteuren.banks.names import BANKS, bank_of, own_account
from debiteuren.banks.text import LineTooLongError, decoded_head, lines_of
from debiteuren.domain.payment import BankTransaction, FileFormat

NAME = "MT940"

_HEAD = re.compile(r"^:20:", re.MULTILINE), re.compile(r"^:(?:25|28C?|60[FM]|61):", re.MULTILINE)
_CODES = re.compile("(" + "|".join(BANKS) + r")(?:NL|HL|DOSBANK)")
_WORDS = (
    (re.compile(r"^:940:", re.MULTILINE), "Rabobank"),
    (re.compile(r"^:20:940[AS]\d", re.MULTILINE), "Rabobank"),
    (re.compile(r"^:20:ABN AMRO", re.MULTILINE), "ABN AMRO"),
    (re.compile(r"^:20:BUNQ", re.MULTILINE), "bunq"),
    (re.compile(r"^:20:MPBZ", re.MULTILINE), "ING"),
    (re.compile(r"^:20:FVLOLB", re.MULTILINE), "Van Lanschot"),
)
UNTRUSTED = {
    NO_TEXT: 'Hier staan tekens die geen tekst zijn: "{}". Het bestand is beschadigd.',
    DAMAGED: 'Hier begint een boeking (:61:) niet vooraan de regel: "{}".',
}
_CURRENCY = re.compile(r"(.*\d) ?([A-Z]{3})")


def recognise(head: bytes) -> bool:
    """Text with the tags every MT940 message has."""
    text = decoded_head(head).replace("\r\n", "\n").replace("\r", "\n")
    return all(shape.search(text) for shape in _HEAD)


def _bank_in(text: str) -> str:
    found = _CODES.search(text)
    if found:
        return BANKS[found[1]]
    return next((bank for shape, bank in _WORDS if shape.search(text)), "")


@dataclass(slots=True)
class _Reader:
    """What has been read of the file so far."""

    name: str
    bank: str = ""
    around: list[str] = field(default_factory=list)
    tally: Tally | None = None
    begun_at: int = 0
    entry: tuple[int, Entry, str] | None = None
    details: Field | None = None
    closed_at: int | None = None
    in_block: bool = False
    trailers: int = 0
    first_head: str = ""
    head_at: int | None = None

    def around_messages(self, part: Field) -> None:
        """A line outside statements: the head or the trailer of a block, or what the bank adds."""
        if part.text.startswith("-"):
            self.trailers += 1
            self.in_block, self.closed_at = False, None
        if "{4:" in part.text:
            self.in_block = True
        words = part.text.strip()
        if not self.begun_at:
            self.first_head = self.first_head or words
        if "{1:" in words or (words and self.first_head.startswith(words)):
            self.head_at = part.line
        if not self.bank:
            self.around.append(part.text)

    def take(self, part: Field) -> Iterator[Event]:
        """One field of the file."""
        if part.tag in UNTRUSTED:
            yield fault(self.name, part.line, UNTRUSTED[part.tag].format(shown(part.text)), DOWNLOAD_AGAIN)
        elif part.tag == "20":
            yield from self.end_message()
            self.tally, self.begun_at, self.head_at = Tally(), part.line, None
            self.around.append(":20:" + part.text)
        elif not part.tag or part.tag == "{1:":
            if part.tag:
                yield from self.end_message()
            self.around_messages(part)
        elif self.tally is not None:
            yield from self.in_message(part, self.tally)
        elif part.tag in {"61", "60F", "62F"}:
            yield fault(
                self.name,
                part.line,
                f'Hier staat ":{part.tag}:{shown(part.text)}" buiten een afschrift (zonder :20: ervoor).',
                DOWNLOAD_AGAIN,
            )

    def quick(self, part: Field) -> BankTransaction | bool:
        """The two fields a booking is made of, most of a file: the booking before it, else whether taken."""
        if self.tally is None:
            return False
        if part.tag == "86" and self.entry is not None:
            self.add_details(part)
            return True
        if part.tag != "61":
            return False
        try:
            entry = read_entry(part.lines[0].rstrip())
        except LineError:
            return False
        before = self.flush(self.tally)
        self.entry = (part.line, entry, " ".join(part.lines[1:]).strip())
        return before or True

    def in_message(self, part: Field, tally: Tally) -> Iterator[Event]:
        """One field within a statement."""
        try:
            if part.tag == "25":
                yield from self.account(part, tally)
            elif part.tag in {"60F", "60M"}:
                balance = read_balance(part.lines[0])
                tally.opening, tally.begin, tally.currency = balance.amount, balance.day, balance.currency
            elif part.tag == "61":
                yield from self.flushed(tally)
                read_entry(part.lines[0].rstrip())
            elif part.tag in {"62F", "62M"}:
                yield from self.flushed(tally)
                balance = read_balance(part.lines[0])
                tally.closing, tally.end, tally.closing_currency = (
                    balance.amount,
                    balance.day,
                    balance.currency,
                )
                yield from self.close(part.line, tally)
        except LineError as error:
            if part.tag in {"62F", "62M"}:
                self.tally = None
            yield fault(self.name, part.line, str(error))

    def account(self, part: Field, tally: Tally) -> Iterator[Event]:
        """The own account, and with the first one the bank."""
        if self.entry is not None or tally.lines:
            found = "Hier staat het rekeningnummer (:25:), na boekingen die er al onder vallen."
            yield fault(self.name, part.line, found, DOWNLOAD_AGAIN)
        text = part.text
        written = text.rpartition("/")[2].strip()
        bare = _CURRENCY.fullmatch(written)
        number = bare[1] if bare else written
        if not self.bank:
            self.bank = _bank_in("\n".join([*self.around, text])) or bank_of(number)
            self.around.clear()
            yield Heading(FileFormat.MT940, self.bank)
        tally.account = own_account(number, self.bank)
        if not tally.account:
            yield fault(
                self.name, part.line, "Hier hoort het rekeningnummer te staan (:25:), maar dat is leeg."
            )

    def add_details(self, part: Field) -> None:
        """A :86: of the booking; several in a row go on as one."""
        if self.details is None:
            self.details = part
        else:
            self.details.lines += part.lines
            self.details.full += part.full

    def flushed(self, tally: Tally) -> Iterator[Event]:
        """The booking that is complete now, if there is one."""
        transaction = self.flush(tally)
        if transaction is not None:
            yield transaction

    def flush(self, tally: Tally) -> BankTransaction | None:
        """The booking is complete: count it."""
        if self.entry is None:
            return None
        line, entry, supplement = self.entry
        info = booking_details(entry, supplement, self.details, self.bank)
        self.entry = self.details = None
        return tally.add(
            BankTransaction(
                account=tally.account,
                booked=entry.booked,
                value_date=entry.value,
                amount=entry.amount,
                currency=tally.currency or "EUR",
                counter_account=info.counter_account,
                name=info.name,
                description=info.description,
                reference=info.reference,
                end_to_end=info.end_to_end,
                mandate=info.mandate,
                kind=entry.kind,
                is_return=info.is_return,
                return_code=info.return_code,
                bank_id=bank_id_of(entry, self.bank),
                line=line,
            )
        )

    def close(self, line: int, tally: Tally) -> Iterator[Event]:
        """The statement is complete: it needs an account and an opening balance."""
        self.tally, self.closed_at = None, line
        for missing, what in (
            (not tally.account, "het rekeningnummer (:25:)"),
            (tally.opening is None, "het beginsaldo (:60F:)"),
        ):
            if missing:
                yield fault(
                    self.name,
                    self.begun_at,
                    f"Van het afschrift dat hier begint, ontbreekt {what}.",
                    DOWNLOAD_AGAIN,
                )
        yield from tally.finish(self.name, line)

    def end_message(self) -> Iterator[Event]:
        """A next message or the end of the file: a statement without closing balance was cut off."""
        if self.tally is not None:
            yield fault(
                self.name,
                self.begun_at,
                "Van het afschrift dat hier begint, ontbreekt het eindsaldo (:62F:). Het is niet heel.",
                DOWNLOAD_AGAIN,
            )
        self.tally = self.entry = self.details = None

    def end_file(self) -> Iterator[Event]:
        """After the last statement the same trailer ("-" or "-}") stands as after the others."""
        yield from self.end_message()
        if self.head_at is not None:
            yield fault(
                self.name,
                self.head_at,
                "Hier begint een afschrift, maar het bestand houdt op. Het is afgebroken.",
                DOWNLOAD_AGAIN,
            )
        elif self.closed_at is not None and (self.in_block or self.trailers):
            yield fault(
                self.name,
                self.closed_at,
                'Na het laatste afschrift ontbreekt de slotregel ("-" of "-}"). Het bestand is afgebroken.',
                DOWNLOAD_AGAIN,
            )


def read(name: str, stream: BinaryIO) -> Iterator[Event]:
    """The events of one MT940 file."""
    reader = _Reader(name)
    yield Heading(FileFormat.MT940, "")
    try:
        for part in fields_of_file(lines_of(stream)):
            taken = reader.quick(part)
            if taken is False:
                yield from reader.take(part)
            elif taken is not True:
                yield taken
    except LineTooLongError as error:
        yield fault(name, error.line, "Deze regel is langer dan een bank ooit schrijft.", DOWNLOAD_AGAIN)
        return
    yield from reader.end_file()
