"""The columns of exports without a header row: which place holds what, and the shape of a first row.

Answers: what stands at which place in the TAB of ABN AMRO and the CSV of ASN, SNS, RegioBank and Triodos.
Source: docs/regels.md, "Bankbestanden".
Leaves to others: what a Layout means (csv_layouts.py).
"""

import re

from debiteuren.banks.csv_layouts import COMPACT, DASHED, Layout, Style
from debiteuren.domain.payment import FileFormat

_ANY = re.compile(r".*", re.DOTALL)
_DASHED_DAY = re.compile(r"\d{2}-\d{2}-\d{4}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z]{4}[A-Z0-9]{6,26}")
_DOT_AMOUNT = re.compile(r"-?\d+\.\d{2}")
_COMPACT_DAY = re.compile(r"\d{8}")
_COMMA_AMOUNT = re.compile(r"-?[\d.]+(?:,\d{2})?")

BARE_LAYOUTS = (
    Layout(
        name="ABN AMRO TAB",
        bank="ABN AMRO",
        format=FileFormat.TAB,
        delimiters="\t;,",
        places={
            "account": 0,
            "currency": 1,
            "booked": 2,
            "before": 3,
            "after": 4,
            "value": 5,
            "amount": 6,
            "text": 7,
        },
        shape=(
            re.compile(r"\d{9,10}"),
            re.compile(r"[A-Z]{3}"),
            _COMPACT_DAY,
            _COMMA_AMOUNT,
            _COMMA_AMOUNT,
            _COMPACT_DAY,
            _COMMA_AMOUNT,
            _ANY,
        ),
        days=(COMPACT,),
        style=Style.ABN_DETAILS,
    ),
    Layout(
        name="ASN, SNS of RegioBank CSV",
        bank="",
        delimiters=",;",
        places={
            "booked": 0,
            "account": 1,
            "counter": 2,
            "name": 3,
            "before": 8,
            "currency": 9,
            "amount": 10,
            "value": 12,
            "kind": 14,
            "reference": 16,
            "text": 17,
        },
        many_places={"bank_id": (11, 15)},
        shape=(
            _DASHED_DAY,
            _IBAN,
            *[_ANY] * 5,
            re.compile(r"[A-Z]{3}"),
            _DOT_AMOUNT,
            re.compile(r"[A-Z]{3}"),
            _DOT_AMOUNT,
            _DASHED_DAY,
            _DASHED_DAY,
            *[_ANY] * 6,
        ),
        days=(DASHED,),
        mark=".",
        single_quotes=True,
    ),
    Layout(
        name="Triodos CSV",
        bank="Triodos",
        delimiters=",;",
        places={
            "booked": 0,
            "account": 1,
            "amount": 2,
            "sign": 3,
            "name": 4,
            "counter": 5,
            "kind": 6,
            "text": 7,
        },
        shape=(
            _DASHED_DAY,
            re.compile(r"NL\d{2}TRIO\d{10}"),
            re.compile(r"[\d.]+,\d{2}"),
            re.compile(r"Debet|Credit"),
            *[_ANY] * 4,
        ),
        days=(DASHED,),
    ),
)
