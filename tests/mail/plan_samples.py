"""Letters about an arrangement, read in full by a person; written anew with `mail.letter_samples`."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from debiteuren.domain.arrangement import (
    Arrangement,
    ArrangementState,
    ArrangementStatus,
    Instalment,
    InstalmentState,
    InstalmentStatus,
)
from debiteuren.domain.arrangement_letter import ArrangementLetter, ArrangementLetterKind, Debt
from debiteuren.domain.debtor import Debtor, Form, Language
from reminder_examples import BAKERY, LOTTE, ON

KEY = "fedcba9876543210fedcba9876543210fedcba98"
DAYS = (date(2026, 11, 27), date(2026, 12, 28), date(2027, 1, 27))
ARRANGEMENT = Arrangement(
    id="R-12",
    debtor="1001",
    invoices=("2026-0311", "2026-0325"),
    amount=Decimal("1348.75"),
    agreed_on=date(2026, 11, 20),
    agreed_with="Lotte Bakker",
    terms="nieuwe opdrachten betaalt u vooraf",
    consequence="dan is de hele rest meteen opeisbaar",
)


def state(paid: str = "0.00", **changes: object) -> ArrangementState:
    """Three instalments, of which the first got so much."""
    amounts = ("450.00", "450.00", "448.75")
    parts = tuple(
        InstalmentState(
            instalment=Instalment(arrangement="R-12", number=str(count), due=day, amount=Decimal(amount)),
            paid=Decimal(paid) if count == 1 else Decimal("0.00"),
            paid_on=None,
            days_late=None,
            status=InstalmentStatus.NOT_DUE,
        )
        for count, (day, amount) in enumerate(zip(DAYS, amounts, strict=True), 1)
    )
    arrangement = replace(ARRANGEMENT, **changes)  # type: ignore[arg-type] # fields of Arrangement
    return ArrangementState(
        arrangement=arrangement,
        status=ArrangementStatus.RUNNING,
        next_due=DAYS[0],
        why="",
        instalments=parts,
    )


def letter(kind: ArrangementLetterKind, debtor: Debtor = LOTTE, **changes: object) -> ArrangementLetter:
    """One about both invoices."""
    given: dict[str, object] = {
        "state": state(),
        "debts": (Debt("2026-0311", Decimal("98.75")), Debt("2026-0325", Decimal("1250.00"))),
        **changes,
    }
    return ArrangementLetter(kind=kind, debtor=debtor, on=ON, key=KEY, **given)  # type: ignore[arg-type] # its fields


def _samples() -> dict[str, ArrangementLetter]:
    kinds = ArrangementLetterKind
    je = replace(LOTTE, form=Form.JE)
    bare = state(terms="", consequence="", costs=Decimal("40.00"))
    partly = state(paid="200.00")
    found = {
        "bevestiging-u": letter(kinds.CONFIRMATION),
        "bevestiging-je-kosten": letter(kinds.CONFIRMATION, je, state=bare, interest_runs=True),
        "termijn-je": letter(kinds.NOTICE, je, instalment=state().instalments[0]),
        "verbroken-u": letter(
            kinds.BROKEN, BAKERY, state=partly, instalment=partly.instalments[0], pay_by=date(2026, 11, 30)
        ),
        "bedankt-u": letter(kinds.THANKS, debts=(Debt("2026-0311", Decimal("0.00")),)),
        "bedankt-je": letter(kinds.THANKS, je),
    }
    return {
        f"{language.value}-regeling-{name}": replace(case, debtor=replace(case.debtor, language=language))
        for language in Language
        for name, case in found.items()
    }


SAMPLES = _samples()
