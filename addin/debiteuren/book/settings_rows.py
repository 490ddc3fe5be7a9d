"""Instellingen → Settings: the named cells, the ladder (tblStappen); and Sjablonen → LetterTemplate.

Source: docs/handleiding.md, "Instellingen" and "De ladder".
An empty or vanished cell gives the default; what would falsify money or days is a fault.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from debiteuren.book.addresses import email_address, iban
from debiteuren.book.layout import SJABLONEN, STAPPEN
from debiteuren.book.layout_cells import SETTINGS_CELLS, YES
from debiteuren.book.layout_parts import NamedCell
from debiteuren.book.percents import percents
from debiteuren.book.reader import TableReader
from debiteuren.book.values import as_text, choices, tidy
from debiteuren.book.workbook import Cell, Contents, Grid
from debiteuren.domain.debtor import Form, Language, Tone
from debiteuren.domain.invoice import Action
from debiteuren.domain.money import ZERO, euro
from debiteuren.domain.problem import Problem, Severity
from debiteuren.domain.settings import (
    DEFAULT_LADDER,
    DUE_DATE,
    Company,
    DayCount,
    LadderStep,
    LetterTemplate,
    Settings,
    Step,
)

SHEET = STAPPEN.sheet
_STEP_ACTIONS = {step.step: step.action for step in DEFAULT_LADDER}


def read_settings(contents: Contents, problems: list[Problem]) -> Settings:
    """All settings; faults and doubts go to `problems`, with the name of the cell as column."""
    texts = {cell.name: as_text(contents.names.get(cell.name)) for cell in SETTINGS_CELLS}
    cells = {cell.name: cell for cell in SETTINGS_CELLS}
    defaults = Settings()

    def one(name: str) -> tuple[TableReader, list[Problem]]:
        found: list[Problem] = []
        value: Cell = contents.names.get(name)
        grid = Grid(table="", sheet=SHEET, first_row=1, columns=(name,), rows=((value,),))
        return TableReader(grid, (name,), found, contents.epoch), found

    def whole(name: str, least: int = 0) -> int | None:
        reader, found = one(name)
        values = reader.wholes(name, least=least)
        _keep(found, problems)
        return values[0] if values else None

    def amount(name: str) -> Decimal | None:
        reader, found = one(name)
        values = reader.amounts(name)
        _keep(found, problems)
        return values[0] if values else None

    def percent(name: str) -> Decimal | None:
        reader, found = one(name)
        values = percents(reader, name)
        _keep(found, problems)
        return values[0] if values else None

    def day(name: str) -> date | None:
        reader, found = one(name)
        values = reader.days(name)
        _keep(found, problems)
        return values[0] if values else None

    def number(name: str, default: int, least: int = 0) -> int:
        found = whole(name, least)
        return default if found is None else found

    floor, difference, joke_below = amount("Drempel"), amount("BetaalverschilMax"), amount("GrapTot")
    for name, limit in (("Drempel", floor), ("BetaalverschilMax", difference), ("GrapTot", joke_below)):
        if limit is not None and limit < ZERO:
            problems.append(_negative(name, limit))
    windows = tuple(texts[name] for name in ("Belvenster1", "Belvenster2") if texts[name])
    language = choices(Language).get(texts["Taal"].casefold())
    for name, check in (("EigenIBAN", iban), ("EigenEmail", email_address)):
        reader, found = one(name)
        texts[name] = check(reader, 0, name, texts[name])
        _keep(found, problems)
    for name in ("Taal", "ConceptDoel", "Rente", "RenteDagen", "RegelingBedankje", "ConceptenAanMijzelf"):
        if texts[name] and texts[name].casefold() not in cells[name].choices:
            problems.append(_doubt(cells[name], texts[name]))
            texts[name] = cells[name].default
    return Settings(
        company=_company(texts),
        as_of=day("Peildatum"),
        term_days=number("Betaaltermijn", defaults.term_days),
        discount_percent=percent("Kortingspercentage") or ZERO,
        discount_days=number("Kortingsdagen", defaults.discount_days),
        min_days_between_messages=number("MinDagenTussenBerichten", defaults.min_days_between_messages),
        floor=defaults.floor if floor is None else floor,
        difference_max=defaults.difference_max if difference is None else difference,
        bank_max_age=number("BankMaxOud", defaults.bank_max_age),
        call_attempts=number("BelPogingen", defaults.call_attempts, least=1),
        call_windows=windows or defaults.call_windows,
        grace_days=number("Respijtdagen", defaults.grace_days),
        broken_after_misses=number("VerbrokenNaMissers", defaults.broken_after_misses, least=1),
        broken_after_days=number("VerbrokenNaDagen", defaults.broken_after_days, least=1),
        arrangement_terms=texts["RegelingVoorwaarden"] or defaults.arrangement_terms,
        arrangement_consequence=texts["RegelingGevolg"] or defaults.arrangement_consequence,
        call_without_answer=number("BellenZonderAkkoord", defaults.call_without_answer),
        announce_days=number("TermijnAankondigen", defaults.announce_days),
        thank_when_kept=texts["RegelingBedankje"].casefold() == YES,
        drawn_arrangement=texts["RegelingInGrafiek"],
        draft_target=texts["ConceptDoel"].casefold() or defaults.draft_target,
        language=language or defaults.language,
        joke_below=defaults.joke_below if joke_below is None else joke_below,
        with_interest=texts["Rente"].casefold() == YES,
        day_count=choices(DayCount).get(texts["RenteDagen"].casefold()) or defaults.day_count,
        test_drafts=texts["ConceptenAanMijzelf"].casefold() == YES,
        invoice_folder=texts["MapFacturen"],
        draft_folder=texts["MapConcepten"],
        mailbox_server=texts["PostvakServer"],
        mailbox_user=texts["PostvakGebruiker"],
        graph_app=texts["PostvakApp"],
        ladder=_ladder(contents, problems),
    )


def _company(texts: Mapping[str, str]) -> Company:
    """Who we are; an IBAN or address that is none has been blanked, so no letter shows it."""
    return Company(
        name=texts["EigenNaam"],
        address=texts["EigenAdres"],
        postcode=texts["EigenPostcode"],
        city=texts["EigenPlaats"],
        phone=texts["EigenTelefoon"],
        email=texts["EigenEmail"],
        iban=texts["EigenIBAN"],
        kvk=texts["EigenKvK"],
        vat_number=texts["EigenBtw"],
        signature=texts["Ondertekening"],
    )


def _keep(found: list[Problem], problems: list[Problem]) -> None:
    """Settings have no rows the user counts: the place is the cell's name."""
    problems += [
        Problem(
            severity=problem.severity,
            sheet=problem.sheet,
            column=problem.column,
            found=problem.found,
            remedy=problem.remedy,
        )
        for problem in found
    ]


def _doubt(cell: NamedCell, text: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        sheet=SHEET,
        column=cell.name,
        found=f'Hier staat "{text}". Dat staat niet in de keuzelijst; nu geldt "{cell.default}".',
        remedy="kies een van: " + ", ".join(cell.choices) + ".",
    )


def _negative(name: str, amount: Decimal) -> Problem:
    return Problem(
        sheet=SHEET,
        column=name,
        found=f"Hier staat {euro(amount)}. Dit bedrag kan niet kleiner dan nul zijn.",
        remedy="vul 0,00 in of meer.",
    )


def _ladder(contents: Contents, problems: list[Problem]) -> tuple[LadderStep, ...]:
    """The rows of tblStappen; an unknown step or predecessor is doubt and the row does not count."""
    grid = contents.grids.get(STAPPEN.name)
    if grid is None:
        return DEFAULT_LADDER
    reader = TableReader(grid, STAPPEN.names(), problems, contents.epoch)
    steps: list[LadderStep] = []
    for index, (step, after, wait) in enumerate(
        zip(
            reader.choices("Stap", Step),
            reader.texts("Na"),
            reader.wholes("Wachtdagen"),
            strict=True,
        )
    ):
        if wait is None:
            if not as_text(reader.cells("Wachtdagen")[index]):
                reader.missing(index, "Wachtdagen", "7")
            continue
        if step is None:
            if not reader.texts("Stap")[index]:
                reader.doubt(
                    index, "Stap", "Deze cel is leeg; de rij telt niet mee.", "kies een stap of wis de rij."
                )
            continue
        before = _before(after)
        if before is None:
            reader.doubt(
                index,
                "Na",
                f'Hier staat "{after}". Dat is geen stap; de rij telt niet mee.',
                f'vul "{DUE_DATE}" in, of de stap die eraan voorafgaat.',
            )
            continue
        action = choices(Action).get(reader.texts("Soort actie")[index].casefold())
        if action is not _STEP_ACTIONS[step]:
            reader.doubt(
                index,
                "Soort actie",
                f'Bij de stap {step.value} hoort "{_STEP_ACTIONS[step].value}".',
                f'kies "{_STEP_ACTIONS[step].value}"; zo rekent het programma nu ook.',
            )
        steps.append(
            LadderStep(
                step=step, after=before, wait_days=wait, action=_STEP_ACTIONS[step], row=reader.rows[index]
            )
        )
    return tuple(steps) or DEFAULT_LADDER


def _before(text: str) -> tuple[Step, ...] | None:
    """The steps named in column Na; () for the due date; None when a word is no step."""
    words = [tidy(word) for word in text.replace(";", "/").replace(",", "/").split("/")]
    words = [word for word in words if word]
    if not words or [word.casefold() for word in words] == [DUE_DATE.casefold()]:
        return ()
    steps = [choices(Step).get(word.casefold()) for word in words]
    if any(step is None for step in steps):
        return None
    return tuple(step for step in steps if step is not None)


def read_templates(contents: Contents, problems: list[Problem]) -> tuple[LetterTemplate, ...]:
    """The user's own letters; a row without a step or text does not count."""
    grid = contents.grids.get(SJABLONEN.name)
    if grid is None:
        return ()
    reader = TableReader(grid, SJABLONEN.names(), problems, contents.epoch)
    steps = SJABLONEN.column("Stap").choices
    known = {step.casefold(): step for step in steps}
    found: list[LetterTemplate] = []
    for index, (step, language, form, tone, subject, text) in enumerate(
        zip(
            reader.texts("Stap"),
            reader.choices("Taal", Language),
            reader.choices("Aanspreekvorm", Form),
            reader.choices("Toon", Tone),
            reader.texts("Onderwerp"),
            reader.texts("Tekst"),
            strict=True,
        )
    ):
        if step.casefold() not in known:
            reader.doubt(
                index,
                "Stap",
                f'Hier staat "{step}". Dat is geen brief; de rij telt niet mee.',
                "kies een van: " + ", ".join(steps) + ".",
            )
        elif not text:
            reader.doubt(
                index,
                "Tekst",
                "Deze cel is leeg; nu geldt de standaardtekst.",
                "schrijf hier uw brief, of wis de rij.",
            )
        else:
            found.append(
                LetterTemplate(
                    step=known[step.casefold()],
                    language=language,
                    form=form,
                    tone=tone,
                    subject=subject,
                    text=text,
                    row=reader.rows[index],
                )
            )
    return tuple(found)
