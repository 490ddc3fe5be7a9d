"""The columns of every CSV and TAB export we know: data, no code per bank where only columns differ.

Answers: under which header (or at which place) stands what, how are days, amounts and signs written.
Source: docs/regels.md, "Bankbestanden".
Leaves to others: rows out of text (csv_rows.py), rows into bookings (csv_bank.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from debiteuren.domain.payment import FileFormat


class Style(Enum):
    """How the description column is built."""

    PLAIN = auto()
    ING_NOTES = auto()
    ABN_DETAILS = auto()


ISO, COMPACT, DASHED, SLASHED = "%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d/%m/%Y"
MONTH_FIRST = "%m/%d/%Y"
ISO_MOMENT = "%Y-%m-%d %H:%M:%S"

SIGN_TITLES = (
    *("Af Bij", "Af/Bij", "Af of bij", "Bij/Af", "Bij Af", "Debit/credit", "Credit/debit", "CreditDebet"),
    *("DebetCredit", "Debet/Credit", "Credit/Debet", "D/C", "C/D", "DC", "CD", "Debet of credit"),
)
"""Titles of a column that says which way the money went; an export without one has it in the amount."""
MINUS = frozenset({"af", "debit", "debet", "d", "dt"})
PLUS = frozenset({"bij", "credit", "c", "ct"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One export.

    `columns` maps our field to the headers it may have; without a header row `places` maps it to an index.
    `mark` is the decimal mark, '' where it depends on the user's language and is decided per file. Fields:
    account, booked, value, amount, sign, currency, counter, name, text, reference, end_to_end, mandate, kind,
    sort (the kind in words), return, bank_id, after, before, fee, total (amount with fee), state. text,
    bank_id, counter and name may be several columns; of the last two the first that is filled counts.
    With `booked_states` a row of another state is no booking (yet). `without_account`: the bank does not give
    the IBAN, so the account is called by the bank and the name it has there. `id_shape`: how the bank writes
    its own id; Excel makes "7213" or "1E+17" of a number with zeros in front. `header`: exactly these titles,
    folded, for an export whose columns the user chose; `account` is then his account, where no column is.
    `entities`: the bank writes "&amp;" where "&" is meant. `one_account`: names of an account in several
    languages and the one we use, so that it is one account in whichever language it was exported.
    """

    name: str
    bank: str
    format: FileFormat = FileFormat.CSV
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    places: Mapping[str, int] = field(default_factory=dict)
    many_places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    shape: tuple[re.Pattern[str], ...] = ()
    days: tuple[str, ...] = (ISO,)
    mark: str = ","
    style: Style = Style.PLAIN
    delimiters: str = ",;"
    single_quotes: bool = False
    title: str = ""
    booked_states: frozenset[str] = frozenset()
    without_account: bool = False
    id_shape: re.Pattern[str] | None = None
    header: frozenset[str] = frozenset()
    account: str = ""
    entities: bool = False
    one_account: Mapping[str, str] = field(default_factory=dict)


_ING_OPTIONAL = frozenset({"after", "sort", "tag", "counter", "kind"})
_ING_AMOUNT = ("Bedrag (EUR)", "Amount (EUR)")
_AFTER = ("Saldo na mutatie", "Saldo na trn", "Resulting balance")
_ING_NOTES = ("Mededelingen", "Notifications")
_ING_SIGN = ("Af Bij", "Af/Bij", "Debit/credit", "Debit/Credit")
_ING_SORT = ("Mutatiesoort", "Transactietype", "Transaction type")

_KNAB = Layout(
    name="Knab CSV",
    bank="Knab",
    title="KNAB EXPORT",
    columns={
        "account": ("Rekeningnummer",),
        "booked": ("Boekdatum", "Transactiedatum"),
        "currency": ("Valutacode",),
        "sign": ("CreditDebet",),
        "amount": ("Bedrag",),
        "counter": ("Tegenrekeningnummer",),
        "name": ("Tegenrekeninghouder",),
        "value": ("Valutadatum",),
        "kind": ("Betaalwijze",),
        "mandate": ("Machtigingsnummer",),
    },
    many={"text": ("Omschrijving",), "bank_id": ("Referentie",)},
    days=(DASHED, ISO),
    mark="",
    optional=frozenset({"bank_id", "mandate", "kind"}),
)

LAYOUTS = (
    Layout(
        name="ING CSV",
        bank="ING",
        columns={
            "booked": ("Datum", "Date"),
            "name": ("Naam / Omschrijving", "Name / Description"),
            "account": ("Rekening", "Account"),
            "counter": ("Tegenrekening", "Counterparty"),
            "kind": ("Code",),
            "sign": _ING_SIGN,
            "amount": _ING_AMOUNT,
            "sort": _ING_SORT,
            "text": _ING_NOTES,
            "after": _AFTER,
            "tag": ("Tag",),
        },
        optional=_ING_OPTIONAL,
        days=(COMPACT, ISO, DASHED),
        mark="",
        style=Style.ING_NOTES,
    ),
    Layout(
        name="ING spaarrekening CSV",
        bank="ING",
        columns={
            "booked": ("Datum", "Date"),
            "name": ("Omschrijving", "Description"),
            "account": ("Rekening", "Account"),
            "counter": ("Tegenrekening", "Counterparty"),
            "sign": _ING_SIGN,
            "amount": ("Bedrag", "Amount"),
            "currency": ("Valuta", "Currency"),
            "sort": _ING_SORT,
            "text": _ING_NOTES,
            "after": _AFTER,
        },
        days=(ISO, COMPACT, DASHED),
        mark="",
        style=Style.ING_NOTES,
    ),
    Layout(
        name="ING kaart CSV",
        bank="ING",
        columns={
            "booked": ("Datum", "Date"),
            "name": ("Naam / Omschrijving", "Name / Description"),
            "account": ("Kaartnummer", "Card number"),
            "sign": _ING_SIGN,
            "amount": _ING_AMOUNT,
            "sort": _ING_SORT,
            "text": _ING_NOTES,
        },
        days=(COMPACT, ISO, DASHED),
        mark="",
        style=Style.ING_NOTES,
    ),
    Layout(
        name="Rabobank CSV",
        bank="Rabobank",
        columns={
            "account": ("IBAN/BBAN",),
            "currency": ("Munt",),
            "booked": ("Datum",),
            "value": ("Rentedatum",),
            "amount": ("Bedrag",),
            "after": ("Saldo na trn",),
            "counter": ("Tegenrekening IBAN/BBAN",),
            "name": ("Naam tegenpartij",),
            "kind": ("Code",),
            "end_to_end": ("Transactiereferentie",),
            "mandate": ("Machtigingskenmerk",),
            "reference": ("Betalingskenmerk",),
            "return": ("Reden retour",),
        },
        many={"text": ("Omschrijving-1", "Omschrijving-2", "Omschrijving-3"), "bank_id": ("Volgnr",)},
        days=(ISO, DASHED),
        mark="",
        id_shape=re.compile(r"\d{18}", re.ASCII),
    ),
    _KNAB,
    replace(_KNAB, title=""),
    Layout(
        name="ASN, SNS of RegioBank CSV met kopregel",
        bank="",
        columns={
            "booked": ("Datum",),
            "account": ("Je rekening", "Rekening"),
            "counter": ("Van / naar", "Tegenrekening"),
            "name": ("Naam",),
            "before": ("Saldo voor boeking",),
            "currency": ("Valuta", "Valuta boeking", "Valutasoort mutatie"),
            "amount": ("Bedrag bij / af", "Bedrag"),
            "value": ("Valutadatum",),
            "kind": ("Type", "Batchnummer"),
            "reference": ("Betalingskenmerk",),
            "text": ("Omschrijving",),
        },
        many={"bank_id": ("Verwerkingsdatum", "Volgnummer")},
        days=(DASHED,),
        mark="",
        single_quotes=True,
    ),
    Layout(
        name="bunq CSV",
        bank="bunq",
        columns={
            "booked": ("Date", "Datum"),
            "value": ("Interest Date", "Rentedatum"),
            "amount": ("Amount", "Bedrag"),
            "account": ("Account", "Rekening"),
            "counter": ("Counterparty", "Tegenrekening"),
            "name": ("Name", "Naam"),
            "text": ("Description", "Omschrijving"),
        },
        optional=frozenset({"value"}),
        days=(ISO, SLASHED, DASHED),
        mark="",
        entities=True,
    ),
)
"""Tried in this order, before those of csv_layouts_bare.py; the first that fits the head of the file."""
