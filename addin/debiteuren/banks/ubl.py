"""E-invoices: UBL 2.1 as NLCIUS, SI-UBL 2.0 and Peppol BIS 3 write it, invoices and credit notes.

Answers: what is owed, by whom and since when. XML from outside is hostile: a DOCTYPE refuses it, nothing is
fetched, and it may be no larger than an invoice with its PDF inside; that PDF is not looked at.
Source: EN 16931 with the Dutch rules (NLCIUS), UBL 2.1; docs/regels.md, "E-facturen".
Leaves to others: which debtor of the workbook it is and what is new (book/list_invoices.py).
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from lxml import etree

from debiteuren.banks.events import fault, shown
from debiteuren.banks.text import decoded_head
from debiteuren.domain.electronic_invoice import ElectronicInvoice, Party
from debiteuren.domain.money import LARGEST, to_cents
from debiteuren.domain.payment import BankFile
from debiteuren.domain.problem import Problem

LARGEST_FILE = 60_000_000
_HEAD = re.compile(r"oasis:names:specification:ubl:schema:xsd:(?:Invoice|CreditNote)-2")
_NAMES = {
    kind: f"urn:oasis:names:specification:ubl:schema:xsd:Common{kind}Components-2"
    for kind in ("Aggregate", "Basic")
}
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_KINDS = frozenset({"Invoice", "CreditNote"})
_KVK = frozenset({"0106", "NL:KVK"})
_KVK_SHAPE = re.compile(r"\d{8}", re.ASCII)
_CREDIT_TYPES = frozenset({"381", "396", "261", "308"})
_OURS = frozenset({"", "EUR"})
_LONGEST = 500
_UNSAFE = "Dit XML-bestand bevat een DOCTYPE of entiteit. Een factuur heeft die nooit; dat kan onveilig zijn."
_ONLY_EUROS = "Wij tellen alleen in euro's."
_IN_EUROS = "Laat dit bestand weg en zet de factuur zelf op Facturen, met het bedrag in euro's."
_ORIGINAL = "Vraag het bestand opnieuw op bij het programma dat de factuur maakte."


def is_invoice(head: bytes) -> bool:
    """Whether a file that begins like this is a UBL invoice or credit note."""
    words = decoded_head(head).lstrip()
    return words.startswith("<") and _HEAD.search(words) is not None


class _InvoiceError(ValueError):
    """Something in the invoice that cannot be trusted; its text is the Dutch sentence."""

    def __init__(self, line: int | None, found: str, remedy: str = _ORIGINAL) -> None:
        super().__init__(found)
        self.line, self.remedy = line, remedy


def read_invoice(name: str, stream: BinaryIO) -> BankFile:
    """The one invoice in this file, or why it is refused."""
    data = stream.read(LARGEST_FILE + 1)
    problems: list[Problem] = []
    invoices: list[ElectronicInvoice] = []
    try:
        if len(data) > LARGEST_FILE:
            raise _InvoiceError(None, "Dit bestand is veel te groot voor een factuur.")  # noqa: TRY301 - one place to say it
        invoices.append(_invoice(_tree(data)))
    except _InvoiceError as error:
        problems.append(fault(name, error.line, str(error), error.remedy))
    return BankFile(name=name, format=None, bank="", invoices=tuple(invoices), problems=tuple(problems))


def _tree(data: bytes) -> etree._Element:
    # huge_tree: a PDF inside may be longer than libxml2's ten million signs; the size is limited above.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise _InvoiceError(line, "Vanaf hier is dit geen XML die klopt.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _InvoiceError(None, _UNSAFE)
    if etree.QName(root).localname in _KINDS:
        return root
    # Peppol sends an invoice in an envelope (StandardBusinessDocument).
    inside = [one for one in root.iterdescendants() if etree.QName(one).localname in _KINDS]
    if len(inside) != 1:
        raise _InvoiceError(None, f"In dit bestand staan {len(inside)} facturen in plaats van een.")
    return inside[0]


def _all(element: etree._Element | None, path: str) -> list[etree._Element]:
    """The elements at a path as "Party/PartyName/Name": the last one basic, the others aggregate."""
    found = [] if element is None else [element]
    *between, last = path.split("/")
    for step in between:
        found = [child for one in found for child in one.findall(f"{{{_NAMES['Aggregate']}}}{step}")]
    kinds = ("Basic", "Aggregate")
    return [child for one in found for kind in kinds for child in one.findall(f"{{{_NAMES[kind]}}}{last}")]


def _first(element: etree._Element | None, path: str) -> etree._Element | None:
    return next(iter(_all(element, path)), None)


def _text(element: etree._Element | None, *paths: str) -> str:
    """The first of these paths with text in it."""
    for path in paths:
        for found in _all(element, path):
            if text := " ".join((found.text or "").split()):
                return text[:_LONGEST]
    return ""


def _line(element: etree._Element | None) -> int | None:
    line = None if element is None else element.sourceline
    return line if isinstance(line, int) else None


def _day(root: etree._Element, what: str, *paths: str) -> date | None:
    text = _text(root, *paths)
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise _InvoiceError(
            _line(_first(root, paths[0])), f'{what} is "{shown(text)}". Die datum bestaat niet.'
        ) from None


def _money(root: etree._Element, what: str, path: str) -> Decimal | None:
    """An amount in whole cents; other decimals than zeros would be guessed away."""
    written = _all(root, path)
    # The btw is there a second time when the tax office wants it in another currency.
    element = next((one for one in written if one.get("currencyID", "") in _OURS), next(iter(written), None))
    text = "" if element is None else " ".join((element.text or "").split())[:_LONGEST]
    if element is None or not text:
        return None
    try:
        amount = Decimal(text) if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text, re.ASCII) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) > LARGEST or to_cents(amount) != amount:
        raise _InvoiceError(_line(element), f'{what} is "{shown(text)}". Dat is geen bedrag in hele centen.')
    currency = element.get("currencyID", "")
    if currency not in _OURS:
        raise _InvoiceError(_line(element), f"{what} is in {shown(currency)}. {_ONLY_EUROS}", _IN_EUROS)
    return to_cents(amount)


def _invoice(root: etree._Element) -> ElectronicInvoice:
    kind = etree.QName(root).localname
    currency = _text(root, "DocumentCurrencyCode")
    if currency not in _OURS:
        raise _InvoiceError(_line(root), f"De factuur is in {shown(currency)}. {_ONLY_EUROS}", _IN_EUROS)
    total = _money(root, "Het totaal met btw", "LegalMonetaryTotal/TaxInclusiveAmount")
    payable = _money(root, "Het te betalen bedrag", "LegalMonetaryTotal/PayableAmount")
    vat = _money(root, "De btw", "TaxTotal/TaxAmount")
    amount = total if payable is None else payable
    number, issued = _text(root, "ID"), _day(root, "De factuurdatum", "IssueDate")
    missing = [
        what
        for what, value in (("factuurnummer", number), ("factuurdatum", issued), ("totaalbedrag", amount))
        if value is None or value == ""
    ]
    if missing or amount is None or issued is None:
        raise _InvoiceError(_line(root), f"In deze factuur ontbreekt: {', '.join(missing)}.")
    if kind == "CreditNote" or _text(root, "InvoiceTypeCode") in _CREDIT_TYPES:
        if amount < 0 or (total or 0) < 0:
            raise _InvoiceError(
                _line(root),
                "Deze creditfactuur heeft een bedrag met een min: wie wie betaalt, is niet zeker.",
            )
        amount, total, vat = -amount, _minus(total), _minus(vat)
    reference = _text(root, "PaymentMeans/PaymentID")
    return ElectronicInvoice(
        number=number,
        issued=issued,
        due=_day(
            root, "De vervaldatum", "DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate"
        ),
        amount=amount,
        total=total,
        vat=vat,
        description=_text(root, "Note", "InvoiceLine/Item/Name", "CreditNoteLine/Item/Name"),
        delivered=_day(root, "De leverdatum", "Delivery/ActualDeliveryDate"),
        reference="" if reference == number else reference,
        customer=_party(_first(root, "AccountingCustomerParty")),
        supplier=_party(_first(root, "AccountingSupplierParty")),
        line=_line(root),
    )


def _minus(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else -amount


def _party(role: etree._Element | None) -> Party:
    """The party in a role. Its own number is what the sender calls it, not the address it is reached on."""
    legal = _all(role, "Party/PartyLegalEntity/CompanyID")
    ids = [*_all(role, "Party/PartyIdentification/ID"), *_all(role, "Party/EndpointID"), *legal]
    numbers = [_text(role, "CustomerAssignedAccountID", "SupplierAssignedAccountID")]
    numbers += [" ".join((one.text or "").split())[:_LONGEST] for one in ids]
    street = _text(role, "Party/PostalAddress/StreetName", "Party/PostalAddress/AddressLine/Line")
    house = _text(role, "Party/PostalAddress/BuildingNumber")
    return Party(
        name=_text(role, "Party/PartyName/Name", "Party/PartyLegalEntity/RegistrationName"),
        numbers=tuple(dict.fromkeys(filter(None, numbers))),
        kvk=_kvk(ids),
        vat_number=_text(role, "Party/PartyTaxScheme/CompanyID").replace(" ", "").replace(".", ""),
        email=_text(role, "Party/Contact/ElectronicMail"),
        phone=_text(role, "Party/Contact/Telephone"),
        address=" ".join(filter(None, [street, house])),
        postcode=_text(role, "Party/PostalAddress/PostalZone"),
        city=_text(role, "Party/PostalAddress/CityName"),
    )


def _kvk(ids: Sequence[etree._Element]) -> str:
    for one in ids:
        text = (one.text or "").strip()
        if one.get("schemeID", "") in _KVK and _KVK_SHAPE.fullmatch(text):
            return text
    return ""
