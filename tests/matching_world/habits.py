"""How payers behave, in proportions: the settings of a made-up world.

Nobody publishes labelled payments, so the proportions are estimates of ours; another world may have others.
The words are those of the report.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Text(StrEnum):
    """What a payer of one invoice writes."""

    REFERENCE = "kenmerk van ons"
    RIGHT = "nummer goed, met woorden"
    BARE = "alleen het nummer"
    OTHER_SEPARATOR = "ander scheidingsteken"
    NO_PREFIX = "zonder voorvoegsel"
    NO_YEAR = "zonder jaar"
    NO_ZEROS = "zonder nullen"
    SHORT_YEAR = "jaar kort of lang"
    LETTER_O = "letter O voor nul"
    LETTER_L = "letter l voor een"
    SPLIT = "gebroken over regels"
    SPACES = "spaties ertussen"
    GLUED = "vast aan een woord"
    TRANSPOSED = "cijfers verwisseld"
    WRONG_DIGIT = "een cijfer fout"
    STALE = "oud nummer in een vaste opdracht"
    OWN_ID = "nummer in het eigen kenmerk"
    WITH_NOISE = "nummer tussen andere getallen"
    ORDER = "ordernummer dat op een factuur lijkt"
    CUSTOMER = "alleen klantnummer"
    PERIOD = "alleen de maand"
    WORDS = "alleen woorden"
    NOTHING = "geen tekst"

    @property
    def names_nothing(self) -> bool:
        """No number of the invoice stands there: by law the oldest of equal ones is paid (BW 6:43)."""
        return self in {Text.ORDER, Text.CUSTOMER, Text.WORDS, Text.NOTHING, Text.STALE}


class Several(StrEnum):
    """What a payer of several invoices writes."""

    LISTED = "alle nummers voluit"
    SUFFIXES = "eerste voluit, rest kort"
    SEQUENCES = "alleen volgnummers"
    DASHED = "streepje en laatste cijfers"
    RANGE = "van t/m"
    SPACED = "spaties ertussen, meer"
    SUM_ONLY = "som zonder nummers"


class Amount(StrEnum):
    """What he pays."""

    EXACT = "precies"
    PART = "in delen"
    ROUNDED = "afgerond"
    CENTS = "centen verschil"
    BANK_COSTS = "bankkosten eraf"
    DISCOUNT = "korting voor snel betalen"
    TYPO = "tikfout in bedrag"
    OVER = "te veel"
    COSTS = "met kosten of rente"
    NETTED = "creditfactuur verrekend"
    TWICE = "dubbel betaald"
    COLLECTED = "incasso"
    INSTALMENT = "termijn van een regeling"
    PAID_OUT = "creditfactuur uitbetaald"


class Payer(StrEnum):
    """From whose account it comes."""

    OWN = "eigen rekening"
    SECOND = "tweede rekening"
    SPOUSE = "naam van de partner"
    HOLDING = "holding betaalt"
    THIRD = "boekhouder of familie betaalt"
    PROVIDER = "via een betaaldienst"


class Nobody(StrEnum):
    """Money that belongs to no invoice."""

    SUPPLIER = "leverancier betaald"
    SALARY = "loon"
    TAX = "belasting"
    RENT = "huur"
    CARD = "pin"
    FEES = "bankkosten"
    OWN_OUT = "naar eigen rekening"
    OWN_IN = "van eigen rekening"
    PAYOUT = "uitbetaling betaaldienst"
    CASH = "contant gestort"
    TAX_BACK = "belasting terug"
    WRONG_FIRM = "geld voor een ander bedrijf"
    PRIVATE = "privé gestort"
    INSURER = "verzekeraar of subsidie"
    SUPPLIER_BACK = "leverancier betaalt terug"
    OWN_BOUNCED = "eigen betaling kwam terug"
    REFUND = "terugbetaling aan klant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Proportions; weights need not add up to one. Shares are of one."""

    text: Mapping[Text, float] = field(
        default_factory=lambda: {
            Text.REFERENCE: 10,
            Text.RIGHT: 42,
            Text.BARE: 12,
            Text.OTHER_SEPARATOR: 4,
            Text.NO_PREFIX: 2,
            Text.NO_YEAR: 2,
            Text.NO_ZEROS: 2,
            Text.SHORT_YEAR: 1,
            Text.LETTER_O: 0.4,
            Text.LETTER_L: 0.1,
            Text.SPLIT: 2,
            Text.SPACES: 1,
            Text.GLUED: 2,
            Text.TRANSPOSED: 0.7,
            Text.WRONG_DIGIT: 0.7,
            Text.STALE: 0.7,
            Text.OWN_ID: 1.5,
            Text.WITH_NOISE: 5,
            Text.ORDER: 0.6,
            Text.CUSTOMER: 2,
            Text.PERIOD: 2,
            Text.WORDS: 4,
            Text.NOTHING: 3,
        }
    )
    several: Mapping[Several, float] = field(
        default_factory=lambda: {
            Several.LISTED: 45,
            Several.SUFFIXES: 20,
            Several.SEQUENCES: 8,
            Several.DASHED: 6,
            Several.RANGE: 5,
            Several.SPACED: 8,
            Several.SUM_ONLY: 8,
        }
    )
    amount: Mapping[Amount, float] = field(
        default_factory=lambda: {
            Amount.EXACT: 90,
            Amount.PART: 2,
            Amount.ROUNDED: 1,
            Amount.CENTS: 1,
            Amount.BANK_COSTS: 0.4,
            Amount.TYPO: 0.4,
            Amount.OVER: 0.8,
            Amount.COSTS: 0.5,
            Amount.TWICE: 0.6,
        }
    )
    payer: Mapping[Payer, float] = field(
        default_factory=lambda: {
            Payer.OWN: 86,
            Payer.SECOND: 4,
            Payer.SPOUSE: 3,
            Payer.HOLDING: 3,
            Payer.THIRD: 2,
            Payer.PROVIDER: 2,
        }
    )
    nobody: Mapping[Nobody, float] = field(
        default_factory=lambda: {
            Nobody.SUPPLIER: 30,
            Nobody.SALARY: 6,
            Nobody.TAX: 3,
            Nobody.RENT: 3,
            Nobody.CARD: 15,
            Nobody.FEES: 3,
            Nobody.OWN_OUT: 3,
            Nobody.OWN_IN: 3,
            Nobody.PAYOUT: 6,
            Nobody.CASH: 2,
            Nobody.TAX_BACK: 2,
            Nobody.WRONG_FIRM: 4,
            Nobody.PRIVATE: 3,
            Nobody.INSURER: 2,
            Nobody.SUPPLIER_BACK: 3,
            Nobody.OWN_BOUNCED: 1,
            Nobody.REFUND: 2,
        }
    )
    nobody_share: float = 0.28
    one_short: float = 0.04
    """Of the payments for several invoices: a little less than all of it."""
    together: float = 0.09
    """Of the moments at which somebody pays: for several invoices at once."""
    unpaid: float = 0.04
    known_accounts: float = 0.7
    """Of the debtors: their IBAN stands on Debiteuren."""
    consumers: float = 0.4
    sisters: float = 0.08
    """Of the companies after another company: they share its account."""
    subscribers: float = 0.12
    collected: float = 0.06
    """Of the debtors: we collect from them (incasso)."""
    storno: float = 0.08
    """Of what we collect: it comes back."""
    discount: float = 0.4
    """Of what those with an agreed discount pay: in time, and so with it."""
    arrangements: float = 0.02
    credit_notes: float = 0.03
    usual_prices: float = 0.4
    """Of the invoices: an amount from the price list, so that amounts recur."""


def messy() -> Habits:
    """Payers who write less well, from accounts we know less often."""
    usual = Habits()
    well = {Text.RIGHT, Text.BARE, Text.REFERENCE}
    return Habits(
        text={how: weight if how in well else 3 * weight for how, weight in usual.text.items()},
        payer={who: weight if who is Payer.OWN else 2.5 * weight for who, weight in usual.payer.items()},
        amount={how: weight if how is Amount.EXACT else 3 * weight for how, weight in usual.amount.items()},
        together=0.15,
        known_accounts=0.35,
        nobody_share=0.4,
        sisters=0.15,
    )
