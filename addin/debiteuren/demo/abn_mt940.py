"""The demo's ABN AMRO account as an MT940 file, as that bank writes it.

Source: the bank's own form, with `/TRTP/` keys in :86: cut at 65 characters.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from debiteuren.demo.facts import Means
from debiteuren.demo.people import OWN_IBANS, OwnBank
from debiteuren.demo.statements import Line, MonthStatement

_WIDTH = 65
_CODES = {
    Means.TRANSFER: "N654",
    Means.OWN_COLLECTION: "N247",
    Means.RETURNED: "N248",
    Means.COLLECTED: "N246",
    Means.CARD: "N426",
    Means.CASH: "N426",
    Means.FEE: "N192",
}


def write_mt940(statements: Iterable[MonthStatement]) -> bytes:
    """The statements as one .sta file."""
    account = OWN_IBANS[OwnBank.ABN][-9:]
    blocks: list[str] = []
    for statement in statements:
        blocks += ["ABNANL2A", "940", "ABNANL2A", ":20:ABN AMRO BANK NV", f":25:{account}"]
        blocks.append(f":28:{statement.sequence:03d}01/1")
        blocks.append(f":60F:{_balance(statement.begin, statement.opening)}")
        for line in statement.lines:
            blocks += _booking(line)
        blocks.append(f":62F:{_balance(statement.end, statement.closing)}")
        blocks.append("-")
    return ("\r\n".join(blocks) + "\r\n").encode("ascii")


def _balance(day: date, amount: Decimal) -> str:
    return f"{_side(amount)}{day:%y%m%d}EUR{_digits(amount)}"


def _booking(line: Line) -> list[str]:
    text = _information(line)
    pieces = [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)]
    head = f":61:{line.day:%y%m%d}{line.day:%m%d}{_side(line.amount)}{_digits(line.amount)}"
    return [f"{head}{_CODES[line.means]}NONREF", f":86:{pieces[0]}", *pieces[1:]]


def _information(line: Line) -> str:
    if line.means is Means.FEE:
        return f"ABN AMRO BANK N.V.               {line.text}"
    if line.means in {Means.CARD, Means.CASH}:
        kind = "BEA" if line.means is Means.CARD else "GEA"
        return f"{kind}   NR:DL0231   {line.day:%d.%m.%y}/11.42 {line.name},PAS018"
    where = f"/IBAN/{line.iban}/BIC/{line.bic}/NAME/{line.name}"
    if line.means is Means.COLLECTED:
        return (
            f"/TRTP/SEPA INCASSO ALGEMEEN DOORLOPEND/CSID/NL55ZZZ301234560000/MARF/{line.mandate}"
            f"/REMI/{line.text}{where}/EREF/{line.end_to_end}"
        )
    remittance = f"Issuer: CUR Ref: {line.reference}" if line.reference else line.text
    return f"/TRTP/SEPA OVERBOEKING{where}/REMI/{remittance}/EREF/{line.end_to_end or 'NOTPROVIDED'}"


def _side(amount: Decimal) -> str:
    return "D" if amount < 0 else "C"


def _digits(amount: Decimal) -> str:
    return f"{abs(amount):.2f}".replace(".", ",")
