"""What an arrangement still lacks before it can hold.

Answers: which values are missing or do not fit, and which words are too vague to hold anybody to, each with
what would do.
Source: docs/regels.md, "Regeling" (Onvolledig); rules A21 and A22.
Leaves to others: which words are vague (vague_words.py), what else stands in the way of making one
(arrangement_checks.py), whether the money came (instalments.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from debiteuren.domain.arrangement import Arrangement, ArrangementState, ArrangementStatus, Instalment
from debiteuren.domain.days import spoken
from debiteuren.domain.ledger import Ledger
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.problem import Problem, Severity
from debiteuren.rules.schedule import example_day
from debiteuren.rules.vague_words import Vague, vague_words


@dataclass(frozen=True, slots=True)
class Register:
    """What the gate looks things up in: whose an invoice is, and the first row of every Regeling."""

    debtor_of: Mapping[str, str]
    first: Mapping[str, Arrangement]

    @classmethod
    def of(cls, ledger: Ledger) -> "Register":
        """Of a whole ledger."""
        return cls(
            debtor_of={invoice.number: invoice.debtor for invoice in ledger.invoices},
            first={arrangement.id: arrangement for arrangement in reversed(ledger.arrangements)},
        )

    def repeats(self, arrangement: Arrangement) -> Arrangement | None:
        """The earlier row with the same name: that one holds, and the instalments are its own."""
        first = self.first.get(arrangement.id) if arrangement.id else None
        return None if first is arrangement else first


def gaps(arrangement: Arrangement, instalments: Sequence[Instalment], register: Register) -> tuple[str, ...]:
    """What keeps an arrangement Onvolledig, in Dutch, each with what would do; () when nothing does.

    `instalments` are those of this arrangement.
    """
    first = register.repeats(arrangement)
    if first is not None:
        where = f"in rij {first.row}" if first.row else "eerder"
        return (f"Regeling {first.id} staat al {where} en die geldt, geef deze een eigen naam",)
    return (
        *_empty_cells(arrangement),
        *_invoice_gaps(arrangement, register),
        *_instalment_gaps(arrangement, instalments),
        *(
            f"“{vague.words}” in Voorwaarden is te vaag, {what_would_do(vague, arrangement.agreed_on)}"
            for vague in vague_words(arrangement.terms)
        ),
    )


def gap_doubts(ledger: Ledger, arrangements: Sequence[ArrangementState], on: date) -> tuple[Problem, ...]:
    """What Controle says about arrangements that are Onvolledig, but for those of a later day than `on`."""
    lacking = [
        state
        for state in arrangements
        if state.status is ArrangementStatus.INCOMPLETE
        and (state.arrangement.agreed_on is None or state.arrangement.agreed_on <= on)
    ]
    if not lacking:
        return ()
    register = Register.of(ledger)
    return tuple(
        _doubt(state.arrangement, gap)
        for state in lacking
        for gap in gaps(state.arrangement, [part.instalment for part in state.instalments], register)
    )


def _doubt(arrangement: Arrangement, gap: str) -> Problem:
    """One thing that it lacks; what would do stands after the comma."""
    what, _, remedy = gap.partition(", ")
    return Problem(
        severity=Severity.WARNING,
        sheet="Regelingen",
        row=arrangement.row or None,
        column="Status",
        found=f"Onvolledig: {what}.",
        remedy=f"{remedy or 'vul het aan'}; tot dan gaan de herinneringen door.",
    )


def what_would_do(vague: Vague, on: date | None) -> str:
    """An exact amount, or a day with one as an example, seen from a day."""
    if vague.amount:
        return "noem het precieze bedrag, bijvoorbeeld € 125,00"
    example = f", bijvoorbeeld {spoken(example_day(on))}" if on is not None else ""
    return f"noem een dag{example}"


def _empty_cells(arrangement: Arrangement) -> list[str]:
    cells = (
        ("Regeling", bool(arrangement.id), "geef de regeling een naam"),
        ("Debiteurnummer", bool(arrangement.debtor), "vul in met wie u dit afsprak"),
        ("Facturen", bool(arrangement.invoices), "vul de factuurnummers in met ; ertussen"),
        ("Bedrag", arrangement.amount is not None, "vul het afgesproken bedrag in"),
        ("Afgesproken op", arrangement.agreed_on is not None, "vul de dag van de afspraak in"),
        ("Voorwaarden", bool(arrangement.terms.strip()), "schrijf op wat er is afgesproken"),
    )
    return [f"{name} is leeg, {remedy}" for name, filled, remedy in cells if not filled]


def _invoice_gaps(arrangement: Arrangement, register: Register) -> list[str]:
    found = []
    for number in arrangement.invoices:
        debtor = register.debtor_of.get(number)
        if debtor is None:
            found.append(f"factuur {number} staat niet in Facturen, verbeter het nummer")
        elif arrangement.debtor and debtor != arrangement.debtor:
            found.append(f"factuur {number} is van debiteur {debtor}, haal hem uit deze regeling")
    return found


def _instalment_gaps(arrangement: Arrangement, instalments: Sequence[Instalment]) -> list[str]:
    if not instalments:
        return ["er staan geen termijnen, vul ze in op Termijnen met dag en bedrag"]
    found = []
    for instalment in instalments:
        name = f"termijn {instalment.number}" if instalment.number else "een termijn"
        if not instalment.number:
            found.append("bij een termijn is Termijn leeg, geef hem een nummer")
        if instalment.due is None:
            found.append(f"{name} heeft geen Vervaldatum, vul een dag in")
        if instalment.amount is None:
            found.append(f"{name} heeft geen Bedrag, vul het in")
        elif instalment.amount <= 0:
            found.append(f"{name} is {euro(instalment.amount)}, vul een bedrag boven nul in")
    if found or arrangement.amount is None:
        return found
    total = sum((one.amount for one in instalments if one.amount is not None), ZERO)
    if total != arrangement.amount:
        found.append(
            f"de termijnen zijn samen {euro(total)} en Bedrag is {euro(arrangement.amount)}, maak die gelijk"
        )
    return found
