"""A debtor as the sheet Debiteuren holds him, and what we work out about him."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class DebtorKind(StrEnum):
    """Soort: the law protects a consumer."""

    BUSINESS = "Zakelijk"
    CONSUMER = "Consument"


class Form(StrEnum):
    """Aanspreekvorm."""

    U = "u"
    JE = "je"


class Language(StrEnum):
    """Taal of letters to this debtor."""

    NL = "nl"
    EN = "en"
    DE = "de"


class Tone(StrEnum):
    """Toon of letters to this debtor."""

    BUSINESSLIKE = "Zakelijk"
    FRIENDLY = "Vriendelijk"
    LIGHT = "Luchtig"


class Channel(StrEnum):
    """Kanaal: how we reach him."""

    EMAIL = "E-mail"
    PHONE = "Telefoon"
    POST = "Post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """One row of Debiteuren. `email` is one valid address or empty; `kind` None where Soort is empty."""

    number: str
    name: str
    kind: DebtorKind | None = None
    first_name: str = ""
    last_name: str = ""
    form: Form = Form.U
    email: str = ""
    phone: str = ""
    iban: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    kvk: str = ""
    vat_number: str = ""
    term_days: int | None = None
    discount_percent: Decimal | None = None
    discount_days: int | None = None
    language: Language = Language.NL
    tone: Tone = Tone.FRIENDLY
    channel: Channel = Channel.EMAIL
    call_between: str = ""
    no_reminders_until: date | None = None
    terms_accepted: str = ""
    note: str = ""
    row: int = 0

    @property
    def is_protected(self) -> bool:
        """The law protects him as a consumer; an empty Soort is treated so (docs/regels.md, "Brieven")."""
        return self.kind is not DebtorKind.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorState:
    """The computed columns of one debtor, as of a day; `average_late`: whole days over his paid invoices."""

    debtor: Debtor
    unpaid: Decimal
    overdue: Decimal
    average_late: int | None
    behaviour: str
    advice: str
