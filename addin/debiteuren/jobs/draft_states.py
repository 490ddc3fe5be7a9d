"""What became of drafts made earlier: sent, thrown away, or about money that came in since.

Answers: which rows of Contact change, with what the mailbox shows and what was paid; which drafts must go.
Source: docs/regels.md, "Concepten" and "Gedane stappen" (a wait counts from the day a letter was sent;
Vervallen is: never happened).
Leaves to others: looking in the mailbox and taking drafts out of it (mail/drafts), writing the rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from debiteuren.domain.contact import LETTERS, Contact, ContactKind, DraftState
from debiteuren.domain.days import dutch
from debiteuren.domain.invoice import InvoiceState, InvoiceStatus
from debiteuren.domain.problem import Problem, Severity
from debiteuren.domain.seen_draft import Found, Spot

_LETTERS = LETTERS | {ContactKind.CONFIRMATION, ContactKind.OTHER}
"""With those about an arrangement; only a row with a Sleutel is a draft of ours."""
_BY_LAW = frozenset({ContactKind.FOURTEEN_DAY_LETTER, ContactKind.FINAL_DEMAND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """All contacts as they stand now, whether any changed, and the keys of drafts that were overtaken."""

    contacts: tuple[Contact, ...]
    changed: bool = False
    overtaken: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def open_drafts(contacts: Iterable[Contact], on: date) -> dict[str, tuple[Contact, ...]]:
    """Key → the rows of letters that wait to be sent (Concept Gemaakt), made on or before `on`."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        waits = contact.draft is DraftState.MADE and contact.kind in _LETTERS
        if waits and contact.key and contact.day <= on:
            found[contact.key].append(contact)
    return {key: tuple(rows) for key, rows in found.items()}


def settle(
    contacts: Sequence[Contact],
    seen: Mapping[str, Found],
    missing: Iterable[str],
    states: Iterable[InvoiceState],
    on: date,
) -> Settled:
    """The contacts with what became of their drafts.

    `seen`: what the mailbox shows. `missing`: keys that were placed in it and are nowhere in it now.
    `states`: the invoices with the money known on `on`.
    """
    paid = {state.invoice.number for state in states if state.status is InvoiceStatus.PAID}
    lost = frozenset(missing)
    changes: dict[tuple[str, int], Contact] = {}
    overtaken: set[str] = set()
    problems: list[Problem] = []
    for key, rows in open_drafts(contacts, on).items():
        there = seen.get(key)
        spot = there.spot if there else None
        invoices = [number for row in rows for number in row.invoices]
        # A thank-you goes out just because all is paid; so does what else is no reminder.
        asks = any(row.kind is not ContactKind.OTHER for row in rows)
        came_in = [number for number in invoices if asks and number in paid]
        # Of a file nobody knows whether it was sent: one of two invoices paid is no reason to ask again.
        whole = bool(invoices) and len(came_in) == len(invoices)
        if there and spot is Spot.SENT:
            new = [_sent(row, there, on) for row in rows]
            problems += [_late(old, row) for old, row in zip(rows, new, strict=True) if _too_late(old, row)]
        elif whole or (came_in and spot is Spot.DRAFTS):
            new = [replace(row, draft=DraftState.VOID) for row in rows]
            overtaken.add(key)
            problems.append(_paid(rows, came_in, known=spot is Spot.DRAFTS))
        elif spot is Spot.TRASH:
            new = [replace(row, draft=DraftState.VOID) for row in rows]
            problems.append(_thrown_away(rows))
        else:
            new = []
            if key in lost:
                problems.append(_nowhere(rows))
        changes.update(((row.key, row.row), row) for row in new)
    after = tuple(changes.get((row.key, row.row), row) for row in contacts)
    return Settled(
        contacts=after,
        changed=after != tuple(contacts),
        overtaken=frozenset(overtaken),
        problems=tuple(problems),
    )


def unclear(contacts: Sequence[Contact], keys: Iterable[str], on: date) -> tuple[Problem, ...]:
    """What a person must look up: drafts whose placing was cut off at the one moment that leaves doubt."""
    waiting = open_drafts(contacts, on)
    return tuple(
        _problem(
            waiting[key],
            "De verbinding met uw postvak viel weg terwijl dit concept werd geplaatst. Of het er staat, is "
            "onduidelijk.",
            "kijk in Concepten en Verzonden. Staat het er, dan is het goed; zo niet, zet Concept op "
            "Vervallen: dan komt het opnieuw.",
        )
        for key in keys
        if key in waiting
    )


def _sent(row: Contact, there: Found, on: date) -> Contact:
    """Sent; on another day than it was made, the wait counts from that day."""
    moment = there.moment
    known = moment is not None and row.day < moment.date() <= on
    return replace(row, draft=DraftState.SENT, moment=moment if known and moment else row.moment)


def _too_late(made: Contact, sent: Contact) -> bool:
    return made.kind in _BY_LAW and sent.day > made.day


def _late(made: Contact, sent: Contact) -> Problem:
    return _problem(
        (made,),
        f"Deze brief is gemaakt op {dutch(made.day)} en verstuurd op {dutch(sent.day)}. De laatste dag die "
        "erin staat, is vanaf de dag van maken gerekend.",
        "geef de klant die dagen erbij voordat u een volgende stap zet.",
    )


def _paid(rows: Sequence[Contact], numbers: Sequence[str], *, known: bool) -> Problem:
    invoices = ("Factuur " if len(numbers) == 1 else "Facturen ") + ", ".join(numbers)
    verb = "is" if len(numbers) == 1 else "zijn"
    return _problem(
        rows,
        f"{invoices} {verb} intussen betaald; het concept is vervallen.",
        "u hoeft niets te doen: het is uit uw concepten gehaald."
        if known
        else "verstuur het niet meer. Had u het al verstuurd, zet Concept dan op Verstuurd.",
    )


def _thrown_away(rows: Sequence[Contact]) -> Problem:
    return _problem(
        rows,
        "Dit concept ligt in de prullenbak van uw postvak en is vervallen: de stap telt niet.",
        "wilt u deze klant nu niet herinneren, vul dan op Debiteuren Niet herinneren tot in; anders komt het "
        "concept opnieuw.",
    )


def _nowhere(rows: Sequence[Contact]) -> Problem:
    return _problem(
        rows,
        "Dit concept staat niet meer in uw postvak, ook niet bij Verzonden.",
        "zet Concept op Verstuurd als u het verstuurde, en anders op Vervallen.",
    )


def _problem(rows: Sequence[Contact], found: str, remedy: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        sheet="Contact",
        row=rows[0].row or None,
        column="Concept",
        found=found,
        remedy=remedy,
    )
