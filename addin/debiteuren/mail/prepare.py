"""From a plan to finished drafts: every letter written and checked before anything is placed or logged.

Answers: which drafts can be made of this plan, which rows of Contact go with them, what the user must know.
Source: docs/regels.md, "Concepten" (an address that is not exactly one is refused here once more; a missing
copy is said before).
Leaves to others: who gets a reminder (jobs/reminders.py), placing drafts (drafts/), writing rows (tasks).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from debiteuren.domain.arrangement_letter import AnyLetter, ArrangementLetter
from debiteuren.domain.debtor import Channel, Debtor
from debiteuren.domain.invoice import Invoice
from debiteuren.domain.problem import Problem, Severity
from debiteuren.domain.reminder import Letter, Reminder, Skipped
from debiteuren.domain.settings import LetterTemplate, Settings, Step
from debiteuren.mail.address import AddressRefusedError
from debiteuren.mail.attachments import Attachment, InvoiceFolder
from debiteuren.mail.drafts.port import Draft, kept
from debiteuren.mail.letters import render, render_arrangement
from debiteuren.mail.message import addressed_message
from debiteuren.mail.spool import Spool
from debiteuren.mail.wording import in_full, plain_words

_NAMED = 3
"""Others with the same address that a note names."""
_LONGEST_NAME = 60
_BY_LAW = frozenset({Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Drafts with the letters they come from, in the same order, and who dropped out on the way."""

    drafts: tuple[Draft, ...]
    letters: tuple[AnyLetter, ...]
    skipped: tuple[Skipped, ...] = ()
    problems: tuple[Problem, ...] = ()


def prepare(
    letters: Sequence[AnyLetter],
    settings: Settings,
    templates: Sequence[LetterTemplate],
    moment: datetime,
    invoice_folder: Path | None = None,
    debtors: Iterable[Debtor] = (),
) -> Prepared:
    """Every letter as a finished draft. Nothing is written; `moment` becomes the message's Date.

    `debtors`: everybody, to tell whose address is also somebody else's.
    """
    copies, spool, sharing = InvoiceFolder(invoice_folder), Spool(), _sharing(debtors)
    drafts: list[Draft] = []
    made: list[AnyLetter] = []
    skipped: list[Skipped] = []
    problems = _settings_problems(settings) if letters else []
    if letters and invoice_folder is not None and not copies.is_there:
        problems.append(_no_folder(invoice_folder))
    for about in letters:
        lines = about.lines if isinstance(about, Reminder) else ()
        found = [(line.invoice, copies.copy_of(line.invoice)) for line in lines]
        attachments = [copy for _, copy in found if copy is not None]
        if copies.is_there:
            problems += [
                _no_copy(invoice, *copies.why_not(invoice)) for invoice, copy in found if copy is None
            ]
        if isinstance(about, ArrangementLetter):
            letter = render_arrangement(about, settings)
        else:
            paper = about.debtor.channel is Channel.POST
            letter, faults = render(about, settings, templates, attached=len(attachments), paper=paper)
            problems += [fault for fault in faults if fault not in problems]
        try:
            missing = len(found) - len(attachments) if invoice_folder is not None else 0
            note = _note(about, missing, sharing.get(about.debtor.number, ()))
            drafts.append(_draft(letter, about, settings, moment, attachments, note, spool))
            made.append(about)
        except AddressRefusedError:
            debtor = about.debtor
            problems.append(_odd_address(about))
            skipped.append(
                Skipped(
                    debtor=debtor.number,
                    name=debtor.name,
                    reason="Het e-mailadres is niet precies één adres: verbeter het op Debiteuren.",
                )
            )
    return Prepared(
        drafts=tuple(drafts), letters=tuple(made), skipped=tuple(skipped), problems=tuple(problems)
    )


def _draft(
    letter: Letter,
    about: AnyLetter,
    settings: Settings,
    moment: datetime,
    attachments: Sequence[Attachment],
    note: str,
    spool: Spool,
) -> Draft:
    debtor = about.debtor
    paper = debtor.channel is Channel.POST
    if paper:
        content = letter.html.encode()
        to = f"{debtor.address}, {debtor.postcode} {debtor.city}"
    else:
        content, to = addressed_message(letter, about, settings.company, moment, attachments)
    return Draft(
        key=about.key,
        debtor=debtor.number,
        name=debtor.name,
        to=to,
        subject=letter.subject,
        step=about.word,
        invoices=about.invoices,
        amount=about.asked,
        on=about.on,
        content=kept(spool.keep(content)),
        suffix=".html" if paper else ".eml",
        note=note,
        text=letter.text,
    )


def _sharing(debtors: Iterable[Debtor]) -> dict[str, tuple[str, ...]]:
    """Debtor → the names of others with the same e-mail address."""
    found: dict[str, list[Debtor]] = defaultdict(list)
    for debtor in debtors:
        if debtor.email:
            found[debtor.email.casefold()].append(debtor)
    return {
        debtor.number: tuple(other.name for other in same if other.number != debtor.number)
        for same in found.values()
        if len(same) > 1
        for debtor in same
    }


def _note(about: AnyLetter, missing: int, sharing: Sequence[str]) -> str:
    """What the sender must know about this draft.

    `missing`: invoices without a copy in the folder; `sharing`: who else has this e-mail address.
    """
    notes = []
    paper = about.debtor.channel is Channel.POST
    if sharing and not paper:
        names = [plain_words(name, _LONGEST_NAME) for name in sharing[:_NAMED]]
        more = f" en nog {len(sharing) - _NAMED}" if len(sharing) > _NAMED else ""
        notes.append(f"Dit e-mailadres staat ook bij {', '.join(names)}{more}: is dit de juiste klant?")
    if paper and isinstance(about, ArrangementLetter):
        notes.append("Brief per post: print hem.")
    elif paper:
        notes.append("Brief per post: print hem en doe een kopie van de factuur erbij.")
    elif missing:
        notes.append(f"{missing} {'factuur' if missing == 1 else 'facturen'} niet gevonden als bijlage.")
    if isinstance(about, Reminder) and about.step in _BY_LAW:
        notes.append(
            f"Verstuur deze brief op {in_full(about.on)}: de laatste dag die erin staat, rekent vanaf dan."
        )
    if about.wants_receipt:
        notes.append("Verstuur hem binnen het uur en vul dan Bevestigd op in, op Regelingen.")
    return " ".join(notes)


def without_copy(reminders: Sequence[Reminder], invoice_folder: Path | None) -> tuple[str, ...]:
    """The numbers of the invoices that no copy is found of; none where the user keeps no folder."""
    copies = InvoiceFolder(invoice_folder)
    if invoice_folder is None:
        return ()
    invoices = [line.invoice for reminder in reminders for line in reminder.lines]
    return tuple(invoice.number for invoice in invoices if copies.copy_of(invoice) is None)


def _no_copy(invoice: Invoice, matter: str, remedy: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        sheet="Facturen",
        row=invoice.row or None,
        column="Bestand",
        found=f"Van factuur {plain_words(invoice.number, 40)} {matter}; er gaat geen kopie mee.",
        remedy=remedy,
    )


def _no_folder(folder: Path) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        sheet="Instellingen",
        column="MapFacturen",
        found=f"De map {plain_words(str(folder), 120)} is er niet; er gaan geen kopieën mee.",
        remedy="verbeter de map, of maak de cel leeg als u geen pdf's bewaart.",
    )


def _odd_address(about: AnyLetter) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        sheet="Debiteuren",
        row=about.debtor.row or None,
        column="E-mail",
        found="Hier staat niet precies één e-mailadres, dus is er geen concept gemaakt.",
        remedy="vul één adres in, bijvoorbeeld naam@bedrijf.nl.",
    )


def _settings_problems(settings: Settings) -> list[Problem]:
    """What our own letters miss while Instellingen is not complete."""
    missing = [
        (
            "EigenNaam",
            settings.company.name,
            "De brieven hebben nog geen afzender.",
            "vul uw bedrijfsnaam in.",
        ),
        (
            "EigenIBAN",
            settings.company.iban,
            "De brieven noemen nog geen rekening om op te betalen.",
            "vul uw IBAN in; dan staat er ook een betaalcode bij.",
        ),
    ]
    return [
        Problem(severity=Severity.WARNING, sheet="Instellingen", column=name, found=found, remedy=remedy)
        for name, value, found, remedy in missing
        if not value
    ]
