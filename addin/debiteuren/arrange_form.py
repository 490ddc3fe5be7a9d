"""The form of Regeling vastleggen: its fields, and what was typed in them.

Answers: which fields with what in them, and which wish the answers make, or what is no day or amount in them.
Source: docs/handleiding.md, "Regelingen en termijnen".
Leaves to others: the window (dialogs_form.py), what may be agreed (jobs/arrange.py).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from debiteuren.book.live.selection import Selected
from debiteuren.book.values import parse_day, split_numbers
from debiteuren.dialogs_form import Field, Form
from debiteuren.domain.days import dutch, spoken
from debiteuren.domain.debtor import Channel
from debiteuren.domain.money import ZERO, parse_amount
from debiteuren.domain.problem import Problem
from debiteuren.domain.settings import Settings
from debiteuren.jobs.arrange import consequence
from debiteuren.jobs.arrange_wish import Wish, problem
from debiteuren.rules.schedule import MONTHLY, example_day, rhythm

Value = TypeVar("Value")

TITLE = "Regeling vastleggen"
YES = "ja"
RHYTHMS = ("maand", "week", "2 weken", "4 weken")
_WHOLE_EUROS = re.compile(r"\d{1,9}", re.ASCII)


def first_form(selected: Selected, settings: Settings, on: date) -> Form:
    """The form as it opens: whom and what was selected, a month's rhythm from a day that would do."""
    return Form(
        title=TITLE,
        fields=(
            Field(name="debtor", label="Debiteurnummer", value=selected.debtor),
            Field(
                name="invoices",
                label="Facturen",
                value="; ".join(selected.invoices),
                hint="; ertussen, leeg = alles wat te laat is",
            ),
            Field(name="principal", label="Bedrag", hint="leeg = alles wat openstaat"),
            Field(name="count", label="Aantal termijnen", value="3", hint="1 = een toezegging"),
            Field(name="first", label="Eerste termijn op", value=dutch(example_day(on))),
            Field(
                name="every", label="Elke", value=RHYTHMS[0], choices=RHYTHMS, hint="of bijvoorbeeld 10 dagen"
            ),
            Field(name="days", label="Of op eigen dagen", hint="dd-mm-jjjj; dd-mm-jjjj"),
            Field(name="amounts", label="Met eigen bedragen", hint="100,00; 50,00"),
            Field(name="part_now", label="Of nu een deel", hint="bedrag"),
            Field(name="rest_on", label="en de rest op", hint="dd-mm-jjjj"),
            Field(name="costs", label="Kosten erbij"),
            Field(name="interest", label="Rente erbij"),
            Field(name="agreed_with", label="Afgesproken met"),
            Field(
                name="channel",
                label="Kanaal",
                value=Channel.PHONE.value,
                choices=tuple(channel.value for channel in Channel),
                hint="Telefoon: het gesprek komt op Contact",
            ),
            Field(name="terms", label="Voorwaarden", value=settings.arrangement_terms, lines=3),
            Field(name="consequence", label="Gevolg bij niet nakomen", value=consequence(settings), lines=4),
            Field(name="replaces", label="Vervangt regeling", value=selected.arrangement),
            Field(
                name="despite",
                label="Weekend, feestdag of langer dan een jaar",
                choices=("nee", YES),
                value="nee",
            ),
            Field(name="confirm", label="Bevestiging klaarzetten", choices=(YES, "nee"), value=YES),
        ),
    )


def with_answers(form: Form, answers: Mapping[str, str], problems: Sequence[Problem]) -> Form:
    """The same form with what was typed, and what was wrong with it."""
    told = "\n".join(
        f"{one.column}: {one.found} {one.remedy[:1].upper()}{one.remedy[1:]}" for one in problems
    )
    fields = tuple(
        Field(
            name=field.name,
            label=field.label,
            value=answers.get(field.name, field.value),
            hint=field.hint,
            choices=field.choices,
            lines=field.lines,
        )
        for field in form.fields
    )
    return Form(title=form.title, fields=fields, message=told)


def read_wish(answers: Mapping[str, str], on: date) -> tuple[Wish, tuple[Problem, ...]]:
    """What was typed, and everything in it that is no day, amount or number. Own days win of a rhythm."""
    found: list[Problem] = []
    example = f"noem een dag, bijvoorbeeld {spoken(example_day(on))}."

    def read(
        name: str, label: str, reader: Callable[[str], Value], remedy: str, text: str | None = None
    ) -> Value | None:
        typed = answers.get(name, "").strip() if text is None else text
        if not typed:
            return None
        try:
            return reader(typed)
        except (ValueError, ArithmeticError):
            found.append(problem(label, f'Hier staat "{typed}".', remedy))
            return None

    def several(name: str, label: str, reader: Callable[[str], Value], remedy: str) -> tuple[Value, ...]:
        parts = (part.strip() for part in answers.get(name, "").split(";"))
        read_parts = (read(name, label, reader, remedy, part) for part in parts)
        return tuple(part for part in read_parts if part is not None)

    exact = "noem het op de cent, bijvoorbeeld 125,00."
    days = several("days", "Eigen dagen", parse_day, example)
    own_days = bool(answers.get("days", "").strip())
    rest_on = read("rest_on", "De rest op", parse_day, example)
    part_now = read("part_now", "Nu een deel", _amount, exact)
    by_rhythm = not own_days and rest_on is None and part_now is None
    wish = Wish(
        debtor=answers.get("debtor", "").strip(),
        invoices=split_numbers(answers.get("invoices", "")),
        count=read("count", "Aantal termijnen", int, "noem een getal, bijvoorbeeld 3.")
        if by_rhythm
        else None,
        first=read("first", "Eerste termijn", parse_day, example) if by_rhythm else None,
        every=read("every", "Elke", rhythm, "kies maand, week, of een aantal dagen zoals 14 dagen.")
        or MONTHLY,
        days=days,
        amounts=several("amounts", "Eigen bedragen", _amount, exact),
        principal=read("principal", "Bedrag", _amount, exact),
        part_now=part_now,
        rest_on=rest_on,
        costs=read("costs", "Kosten", _amount, exact) or ZERO,
        interest=read("interest", "Rente", _amount, exact) or ZERO,
        terms=answers.get("terms", ""),
        consequence=answers.get("consequence", ""),
        agreed_with=answers.get("agreed_with", "").strip(),
        channel=_channel(answers.get("channel", "")),
        replaces=answers.get("replaces", "").strip(),
        despite=answers.get("despite", "").strip().casefold() == YES,
    )
    return wish, tuple(found)


def wants_confirmation(answers: Mapping[str, str]) -> bool:
    """Whether the confirmation is to be drafted; unless she says no."""
    return answers.get("confirm", YES).strip().casefold() != "nee"


def _amount(text: str) -> Decimal:
    """Whole euros need no cents here: in a field for one amount nothing else can be meant."""
    return Decimal(f"{text}.00") if _WHOLE_EUROS.fullmatch(text) else parse_amount(text)


def _channel(text: str) -> str:
    known = {channel.value.casefold(): channel.value for channel in Channel}
    return known.get(text.strip().casefold(), text.strip())
