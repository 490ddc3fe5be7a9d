"""What Instellingen holds: the own company, the knobs, the ladder; and the user's letters of Sjablonen."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from debiteuren.domain.debtor import Form, Language, Tone
from debiteuren.domain.invoice import Action


class Step(StrEnum):
    """A step of the ladder; the words of tblStappen."""

    REMINDER = "Herinnering"
    CALL = "Bellen"
    SECOND_REMINDER = "Tweede herinnering"
    CALL_AGAIN = "Opnieuw bellen"
    FOURTEEN_DAY_LETTER = "14-dagenbrief"
    FINAL_DEMAND = "Laatste aanmaning"
    HAND_OVER = "Uit handen geven"


class DraftPlace(StrEnum):
    """Where drafts go; the words of ConceptDoel and `--naar`. mail/drafts holds what makes them there."""

    AUTO = "auto"
    EML = "eml"
    OUTLOOK = "outlook"
    IMAP = "imap"
    GRAPH = "graph"


class DayCount(StrEnum):
    """How days become a part of a year for interest; the words of RenteDagen.

    AUTO: by the year of default for a consumer, 365 between businesses.
    """

    AUTO = "auto"
    FIXED = "365"
    DEFAULT_YEAR = "verzuimjaar"


DUE_DATE = "Vervaldatum"
"""What the first step of the ladder follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """One row of tblStappen: `step` comes `wait_days` calendar days after one of `after` was done.

    `after` empty: after the due date.
    """

    step: Step
    after: tuple[Step, ...]
    wait_days: int
    action: Action
    row: int = 0


DEFAULT_LADDER = (
    LadderStep(step=Step.REMINDER, after=(), wait_days=2, action=Action.REMINDER),
    LadderStep(step=Step.CALL, after=(Step.REMINDER,), wait_days=7, action=Action.CALL),
    LadderStep(step=Step.SECOND_REMINDER, after=(Step.CALL,), wait_days=3, action=Action.SECOND_REMINDER),
    LadderStep(step=Step.CALL_AGAIN, after=(Step.SECOND_REMINDER,), wait_days=4, action=Action.CALL_AGAIN),
    LadderStep(
        step=Step.FOURTEEN_DAY_LETTER,
        after=(Step.CALL_AGAIN,),
        wait_days=3,
        action=Action.FOURTEEN_DAY_LETTER,
    ),
    LadderStep(step=Step.FINAL_DEMAND, after=(Step.CALL_AGAIN,), wait_days=3, action=Action.FINAL_DEMAND),
    LadderStep(
        step=Step.HAND_OVER,
        after=(Step.FOURTEEN_DAY_LETTER, Step.FINAL_DEMAND),
        wait_days=0,
        action=Action.HAND_OVER,
    ),
)
"""Contract, "Default ladder". Uit handen geven waits for the letter's own deadline, then `wait_days` more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Who we are, in letters."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    iban: str = ""
    kvk: str = ""
    vat_number: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """One row of Sjablonen; empty choices (None) fit all."""

    step: str
    language: Language | None = None
    form: Form | None = None
    tone: Tone | None = None
    subject: str = ""
    text: str = ""
    row: int = 0


ARRANGEMENT_TERMS = (
    "De genoemde dagen zijn uiterste betaaldagen: dan staat het bedrag op onze rekening. Bij betaling op "
    "tijd komen er geen rente en kosten bij."
)
"""Voorwaarden of a new arrangement."""
ARRANGEMENT_CONSEQUENCE = (
    "Bij {missers}, of als een termijn {dagen} te laat is, vervalt deze regeling: wat nog openstaat is dan "
    "in één keer opeisbaar, de erkenning van de schuld blijft gelden en wij behouden onze rechten."
)
"""Gevolg bij niet nakomen of a new one: the lapse clause. {missers} and {dagen} are VerbrokenNaMissers and
VerbrokenNaDagen in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The named cells of Instellingen (docs/handleiding.md, "Instellingen").

    `call_without_answer`: working days after a confirmation without an answer; `announce_days`: days before
    an instalment that it is announced. Of both 0 is never. `thank_when_kept`: a letter after the last money.
    `drawn_arrangement`: the Regeling in the chart, '' for the most urgent one.
    """

    company: Company = field(default_factory=Company)
    as_of: date | None = None
    term_days: int = 30
    min_days_between_messages: int = 5
    floor: Decimal = Decimal("5.00")
    difference_max: Decimal = Decimal("0.05")
    discount_percent: Decimal = Decimal(0)
    discount_days: int = 7
    bank_max_age: int = 3
    call_attempts: int = 3
    call_windows: tuple[str, ...] = ("09:30-11:30", "13:30-15:30")
    grace_days: int = 0
    broken_after_misses: int = 2
    broken_after_days: int = 14
    arrangement_terms: str = ARRANGEMENT_TERMS
    arrangement_consequence: str = ARRANGEMENT_CONSEQUENCE
    call_without_answer: int = 3
    announce_days: int = 0
    thank_when_kept: bool = False
    drawn_arrangement: str = ""
    draft_target: str = DraftPlace.AUTO
    language: Language = Language.NL
    joke_below: Decimal = Decimal("1000.00")
    with_interest: bool = False
    day_count: DayCount = DayCount.AUTO
    test_drafts: bool = False
    invoice_folder: str = ""
    draft_folder: str = ""
    mailbox_server: str = ""
    mailbox_user: str = ""
    graph_app: str = ""
    ladder: tuple[LadderStep, ...] = DEFAULT_LADDER
