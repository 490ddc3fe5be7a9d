"""Booking details in free text: what banks wrote in MT940 before they wrote it between slashes.

Answers: which account and name such a text opens with, and what is left as description. Where a bank runs
name and description together (ING before 2014, Triodos), all of it is description and the name stays empty:
a guessed name is worse than none.
Source: samples of ING, Rabobank, SNS, ASN, Triodos, Van Lanschot and BNG.
"""

import re

from stdnum import iban

from debiteuren.banks.slash_fields import Info, end_to_end_of
from debiteuren.domain.account import tidy_account

_IBAN = r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}"
_DUTCH = re.compile(r"NL\d{2}[A-Z]{4}\d{10}")
_LEADING = re.compile(
    rf"({_IBAN}|\d{{7,10}})(?: +([A-Z]{{6}}[A-Z0-9]{{2}}(?:[A-Z0-9]{{3}})?))?(?: +(.*))?", re.DOTALL
)
_DIRECT_DEBIT = re.compile(
    rf"Europese Incasso,? ?\w* ({_IBAN}) ([A-Z]{{6}}\w{{2,5}}) (.{{1,70}}?)"
    r" ([A-Z]{2}\w{2}[A-Z0-9]{3}\w{3,28}) SEPA (\S{1,35}) (.*)",
    re.DOTALL,
)
_REFERENCE = re.compile(
    r"(?:SCOR/CUR/|BETALINGSKENM(?:ERK|\.)? *:? *)(\d{7}|\d{9,14}|\d{16})(?!\d)", re.IGNORECASE
)
_CODED = re.compile(r"SCOR/CUR/\d{7,16}")
_PIECE = re.compile(r">(\d{2})")
_ACCOUNT_LINE = re.compile(r"(?:REK: ?([A-Z0-9 ]*?)/?)?(?:NAAM: ?(.*))?")
_RETURN = re.compile(r"(?:terugboeking|storno)\b", re.IGNORECASE)
_PIECE_ACCOUNT, _PIECE_OWN = "10", "31"
_BIC = re.compile(r"[A-Z]{4}[A-Z0-9]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_ONLY_ZEROS = re.compile(r"0+")


def _leading(text: str) -> re.Match[str] | None:
    """Account, BIC and rest of a text that opens with an account; "EJ46GREENP100610T1456" is none."""
    found = _LEADING.fullmatch(text)
    if found is None:
        return None
    account = found[1]
    sure = account.isdigit() or _DUTCH.fullmatch(account) or _bic_of(found) or iban.is_valid(account)
    return found if sure else None


def _bic_of(found: re.Match[str]) -> str:
    """The BIC after the account, '' when that word is no BIC of its country ("BAKKERIJ")."""
    bic = found[2] or ""
    return bic if bic[4:6] == found[1][:2] else ""


def _after_account(found: re.Match[str]) -> str:
    """What follows account and BIC."""
    return (found[3] or "") if _bic_of(found) else " ".join(filter(None, [found[2], found[3]]))


def leading_account(text: str) -> Info:
    """Text that opens with the other side's account: "NL57ABNA0987654321 ABNANL2A J AAP NOTPROVIDED ...".

    ING puts the end-to-end id between name and description; only "NOTPROVIDED" can be told from a name.
    """
    clean = " ".join(text.split())
    incasso = _DIRECT_DEBIT.match(clean)
    if incasso:
        return Info(
            counter_account=incasso[1],
            name=incasso[3],
            mandate=incasso[5],
            description=incasso[6],
            reference=_reference(incasso[6]),
        )
    found = _leading(clean)
    if found is None:
        return Info(
            description=clean, reference=_reference(clean), is_return=_RETURN.match(clean) is not None
        )
    rest = _after_account(found)
    name, mark, description = rest.partition(" NOTPROVIDED ")
    return Info(
        counter_account=tidy_account(found[1]),
        name=name if mark else "",
        description=_without_reference(description if mark else rest),
        reference=_reference(rest),
    )


def _without_reference(text: str) -> str:
    """The text without ING's code for a payment reference, which is a field of its own."""
    return " ".join(_CODED.sub(" ", text).split())


def _reference(text: str) -> str:
    found = _REFERENCE.search(text)
    return found[1] if found else ""


def account_and_name(lines: list[str], text: str, name: str) -> Info:
    """SNS, ASN and RegioBank: the first line is account and name, the rest free text in lines of 65 signs."""
    first = _leading(" ".join(lines[0].split())) if lines else None
    if first is None:
        clean = " ".join(text.split())
        return Info(name=name, description=clean, reference=_reference(clean))
    rest = " ".join(text.split())
    lead = " ".join(lines[0].split())
    description = rest.removeprefix(lead).strip()
    return Info(
        counter_account=tidy_account(first[1]),
        name=name or _after_account(first),
        description=description,
        reference=_reference(description),
    )


def account_line_at(lines: list[str]) -> int | None:
    """Which line is Knab's "REK: NL65INGB0123456789/NAAM: PICQER"."""
    return next((at for at, line in enumerate(lines) if line.startswith(("REK:", "NAAM:"))), None)


def account_line(before: str, line: str) -> Info:
    """Knab before 2016: the description, and after it a line with account and name."""
    found = _ACCOUNT_LINE.fullmatch(" ".join(line.split()))
    description = " ".join(before.split())
    return Info(
        counter_account=tidy_account((found[1] if found else "") or ""),
        name=(found[2] if found else "") or "",
        description=description,
        reference=_reference(description),
    )


def numbered_pieces(text: str) -> Info:
    """Triodos before 2018: ">20" to ">29" are pieces of 27 signs, ">10" the account, ">31" the own one."""
    parts = _PIECE.split(text)
    account, pieces = "", []
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        if key == _PIECE_ACCOUNT:
            account = value.strip()
        elif key != _PIECE_OWN:
            pieces.append(value)
    if len(pieces) > 1 and _BIC.fullmatch(pieces[0].strip()) and re.fullmatch(_IBAN, pieces[1].strip()):
        account = pieces[1].strip()
        pieces = pieces[2:]
    description = " ".join("".join(pieces).split())
    return Info(
        counter_account="" if _ONLY_ZEROS.fullmatch(account) else tidy_account(account),
        description=description,
        reference=_reference(description),
    )


def account_in_supplement(text: str, supplement: str, reference: str) -> Info:
    """Rabobank before 2013: account and name stand on :61:, the text over several :86: lines."""
    clean = " ".join(text.split())
    account, _, name = reference.partition("  ")
    found = re.fullmatch(r"P?\d{7,10}", account.strip())
    return Info(
        counter_account=account.strip() if found else tidy_account(supplement),
        name=" ".join(name.split()),
        description=clean,
        reference=_reference(clean),
        end_to_end=end_to_end_of("") if found else "",
        is_return=_RETURN.match(clean) is not None,
    )
