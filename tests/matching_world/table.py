"""The report of a judged world as a table for people, and its worst failures with examples."""

from collections.abc import Iterator, Mapping

from matching_world.judging import Report, Tally, Verdict
from matching_world.world import World

_EXAMPLES = 3
_NEARBY = 120


def percent(share: float) -> str:
    return f"{share * 100:.2f} %".replace(".", ",")


def lines(report: Report) -> Iterator[str]:
    """The whole table, widest first."""
    yield _row("", "boekingen", "van factuur", "precisie", "dekking", "top drie", "fout Zeker")
    yield from _of("alles", report.whole)
    yield "per bewijs"
    yield from _all(report.evidence)
    yield "per gewoonte"
    yield from _all(report.habits)


def _all(tallies: Mapping[str, Tally]) -> Iterator[str]:
    for name, tally in sorted(tallies.items(), key=lambda item: -item[1].total):
        yield from _of(name, tally)


def _of(name: str, tally: Tally) -> Iterator[str]:
    yield _row(
        f"  {name}",
        str(tally.total),
        str(tally.belong),
        percent(tally.precision) if tally.sure else "-",
        percent(tally.coverage) if tally.belong else "-",
        percent(tally.top_three) if tally.belong else "-",
        str(tally.sure - tally.right),
    )


def _row(name: str, *cells: str) -> str:
    return f"{name:46}" + "".join(f"{cell:>13}" for cell in cells)


def failures(world: World, report: Report) -> Iterator[str]:
    """Wrong Zekers, then what belongs to an invoice and is not Zeker; by habit, the most frequent first."""
    wrong = [one for one in report.verdicts if one.sure and not one.right]
    yield f"== Fout Zeker: {len(wrong)}"
    yield from _examples(world, wrong, most=4)
    lost = [one for one in report.verdicts if one.booking.truth and not one.right and not one.top]
    yield f"== Hoort bij een factuur, niet Zeker en niet in de top drie: {len(lost)}"
    yield from _examples(world, lost, most=_EXAMPLES)
    proposed = [one for one in report.verdicts if one.booking.truth and not one.sure and one.top]
    yield f"== Hoort bij een factuur, alleen Voorstel: {len(proposed)}"
    yield from _examples(world, proposed, most=_EXAMPLES)


def _examples(world: World, verdicts: list[Verdict], most: int) -> Iterator[str]:
    grouped: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        grouped.setdefault(" / ".join(verdict.booking.habits), []).append(verdict)
    for name, group in sorted(grouped.items(), key=lambda item: -len(item[1])):
        yield f"-- {name}: {len(group)}"
        for verdict in group[:most]:
            yield from _example(world, verdict)


def _example(world: World, verdict: Verdict) -> Iterator[str]:
    booking = verdict.booking
    yield (
        f"   {booking.transaction} {booking.day} {booking.cents / 100:.2f} naam={booking.name!r} "
        f"iban={booking.iban} tekst={booking.text!r} kenmerk={booking.reference!r} e2e={booking.end_to_end!r}"
    )
    yield f"     waarheid {booking.truth} | geboekt {dict(verdict.booked)}"
    numbers = {*booking.truth, *verdict.booked}
    concerned = {bill.person.debtor.number for bill in world.bills if bill.name in numbers}
    for person in world.persons:
        debtor = person.debtor
        if debtor.number not in concerned:
            continue
        yield f"     debiteur {debtor.number} {debtor.name!r} iban={debtor.iban or '(onbekend)'}"
        yield "     facturen " + ", ".join(
            f"{bill.name} {bill.cents / 100:.2f} ({bill.day:%d-%m})"
            for bill in world.bills
            if bill.person is person and abs((booking.day - bill.day).days) < _NEARBY
        )
    if verdict.state is not None:
        yield f"     {verdict.state.status.value}: {verdict.state.proposals} {verdict.state.why}"
