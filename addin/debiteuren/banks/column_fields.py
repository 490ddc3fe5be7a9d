"""Booking details in columns with labels: ABN AMRO's older MT940 and its TAB files.

Answers: who, why and under which references. ABN AMRO writes two columns of 32 signs on a line of 65 and cuts
words at the edge ("CONSU LTING"): a full column goes on in the next without a space.
Source: docs/regels.md, "Bankbestanden"; ABN AMRO samples of 2009 to 2023.
Leaves to others: details between slashes (slash_fields.py).
"""

import re
from collections.abc import Iterable

from debiteuren.banks.slash_fields import Info, end_to_end_of
from debiteuren.domain.account import tidy_account

WIDTH = 32
LINE = 65
_EDGE = "\x1f"
_LABELS = {
    "IBAN": "account",
    "REK": "account",
    "BIC": "",
    "NAAM": "name",
    "OMSCHRIJVING": "text",
    "KENMERK": "end_to_end",
    "BETALINGSKENM.": "reference",
    "BETALINGSKENMERK": "reference",
    "MACHTIGING": "mandate",
    "INCASSANT": "creditor",
    "ID DEBITEUR": "",
    "VOOR": "",
    "EREF": "end_to_end",
}
_LABEL = re.compile(
    r"(?:^|(?<=[^A-Za-z]))("
    + "|".join(re.escape(label) for label in sorted(_LABELS, key=len, reverse=True))
    + r"):",
    re.IGNORECASE,
)
_GIRO = re.compile(r"GIRO +(\d{3,9}) +(\S.*?)(?: {2,}.*)?", re.ASCII)
_BBAN = re.compile(r"(\d{2}\.\d{2}\.\d{2}\.\d{3})(?: +(\S.*?))?(?: {2,}.*)?", re.ASCII)
_OLD_REFERENCE = re.compile(
    r"BETALINGSKENM(?:ERK|\.) *:? *((?:\d ?){6,15}\d)(?! ?\d)", re.ASCII | re.IGNORECASE
)
_LENGTHS = frozenset({7, 9, 10, 11, 12, 13, 14, 16})


def columns_of(lines: Iterable[str]) -> list[str]:
    """The columns of 32 signs on these lines of 65, two to a line; a line out of step is one column."""
    columns = []
    for line in lines:
        for at in range(0, len(line), LINE):
            piece = line[at : at + LINE]
            in_step = len(piece) <= WIDTH or piece[WIDTH] == " "
            columns += [piece[:WIDTH], piece[WIDTH + 1 :]] if in_step else [piece]
    return [column for column in columns if column.strip()]


def glue(columns: Iterable[str]) -> str:
    """One text of the columns; a full one goes on without a space."""
    text = ""
    for column in columns:
        text += column.rstrip() + (_EDGE if len(column.rstrip()) == WIDTH else " ")
    return text.strip(_EDGE + " ")


def _plain(text: str) -> str:
    return " ".join(text.replace(_EDGE, "").split()).strip("/ ")


def has_labels(text: str) -> bool:
    """Whether these details name account or party with a label."""
    return any(
        found[1].upper() in {"IBAN", "REK", "NAAM", "BETALINGSKENM."} for found in _LABEL.finditer(text)
    )


def _in_columns(lines: Iterable[str]) -> bool:
    """Whether the first label opens a column; in a text with single spaces ("SEPA IBAN: ..") it does not."""
    for line in lines:
        found = _LABEL.search(line)
        if found:
            return found.start() % LINE in {0, WIDTH + 1}
    return True


def column_info(lines: list[str]) -> Info:
    """The details of one booking, with labels or as ABN AMRO wrote them before IBAN."""
    columns = columns_of(lines) if _in_columns(lines) else [" ".join(" ".join(lines).split())]
    text = glue(columns) if len(columns) > 1 else columns[0] if columns else ""
    return labelled_info(text) if has_labels(text) else _before_iban(columns)


def labelled_info(text: str) -> Info:
    """Details with labels. A label that comes twice counts the first time: the bank's own come first."""
    found = list(_LABEL.finditer(text))
    values: dict[str, str] = {}
    lead = _plain(text[: found[0].start()]) if found else _plain(text)
    for mark, following in zip(found, [*found[1:], None], strict=True):
        role = _LABELS[mark[1].upper()]
        values.setdefault(role, _plain(text[mark.end() : following.start() if following else None]))
    account = values.get("account", "").split(" ")[0].split("/")[0]
    return Info(
        counter_account=tidy_account(account),
        name=values.get("name", ""),
        description=values.get("text", "") or ("" if _is_kind(lead) else lead),
        reference=values.get("reference", "").replace(" ", ""),
        end_to_end=end_to_end_of(values.get("end_to_end", "")),
        mandate=values.get("mandate", ""),
        is_return=_is_return(lead),
        kind=lead if _is_kind(lead) else "",
    )


def _is_kind(lead: str) -> bool:
    """Whether the words before the first label only say what kind of booking it is."""
    return lead.upper().startswith("SEPA ")


def _is_return(lead: str) -> bool:
    words = lead.upper()
    return words.startswith("SEPA") and ("STORNO" in words or "RETOUR" in words)


def _before_iban(columns: list[str]) -> Info:
    """Columns without labels: each is a phrase of its own."""
    first = columns[0].strip() if columns else ""
    text = " ".join(" ".join(columns).split())
    account, name = "", ""
    found = _GIRO.fullmatch(first) or _BBAN.fullmatch(first)
    if found:
        account, name = (
            found[1].replace(".", ""),
            found[2] or (columns[1].strip() if len(columns) > 1 else ""),
        )
    written = _OLD_REFERENCE.search(text)
    reference = written[1].replace(" ", "") if written else ""
    return Info(
        counter_account=account,
        name=_plain(name),
        description=text,
        reference=reference if len(reference) in _LENGTHS else "",
    )
