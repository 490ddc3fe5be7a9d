"""Names and addresses made to slip in a second recipient, and what became of the drafts to them.

The suite tries thousands; `PYTHONPATH=tests python -m mail.hostile_names 100000` as many as you like.
"""

import random
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.parser import BytesHeaderParser

from debiteuren.domain.reminder import Letter
from debiteuren.mail.address import AddressRefusedError, display_name
from debiteuren.mail.message import message_of, recipients_in
from debiteuren.mail.wording import plain_words
from reminder_examples import COMPANY, LOTTE, reminder

MOMENT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SMALL = Letter(subject="Dag", text="Dag\n", html="<p>Dag</p>")
PIECES = (
    "Jansen", "de Vries", "van 't Hoff", "Brïnk", "Ünlü-Øster", "B.V.", "& Zn.", '"Piet"', "(Café)", "<info>",
    "Stichting Coöperatieve Woningbouwvereniging", ",", ";", "t.a.v.", "€", "Zoë", "J.P.", "🙂", "@", "\\",
    ":", "Administratiekantoor", "–", "=?utf-8?q?a=40b=2Ccc?=", "x@y.example", "<x@y.example>,", "[]", "..",
    "\r\nBcc: x@y.example", "\u202e", "\x00", "\t", "ﷺ", "\ud83d", "a" * 90, "é" * 90, "=0A",
    "undisclosed-recipients:;", "\n\nTo: x@y.example", "\x85", "\u2028Cc: x@y.example", "＠", "，", "=?",
)  # fmt: skip
PLACES = (
    "lotte", "bakker", "@", "@", ".", "x.example", "y.example", ".example", "bäckerei", "пример", ",", ";",
    " ", "<", ">", '"', "\r\nBcc: ", "(", ")", "+", "'", "=?", "\\", "[127.0.0.1]", "%", "!", "ß",
    "\u3002", "\u200d",
)  # fmt: skip
_HEADERS = BytesHeaderParser(policy=policy.default)
_SECOND = re.compile(rb"^(?:b?cc|resent-\w+|to:.*\r\nto):", re.MULTILINE | re.IGNORECASE)


def wrong_drafts(count: int, seed: int) -> list[tuple[str, str]]:
    """Of so many hostile names and addresses the ones whose draft has not exactly its own recipient."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    return [pair for pair in (_pair(dice) for _ in range(count)) if not _goes_right(*pair)]


def _pair(dice: random.Random) -> tuple[str, str]:
    name = dice.choice(("", " ")).join(dice.choices(PIECES, k=dice.randint(1, 9)))
    if dice.random() < 0.5:
        return name, "lotte@bakker.example"
    return name, "".join(dice.choices(PLACES, k=dice.randint(1, 6)))


def _goes_right(name: str, address: str) -> bool:
    letter = replace(SMALL, subject=plain_words(name, 150))
    company = replace(COMPANY, iban="", name=name)
    try:
        content = message_of(
            letter, reminder(debtor=replace(LOTTE, name=name, email=address)), company, MOMENT
        )
    except AddressRefusedError:
        return address != "lotte@bakker.example"
    local, _, domain = address.partition("@")
    wanted = f"{local}@{domain.lower().encode('idna').decode()}"
    parsed = _HEADERS.parsebytes(content.partition(b"\r\n\r\n")[0])
    return (
        recipients_in(content) == (wanted,)
        and [each.addr_spec for each in parsed["To"].addresses] == [wanted]
        and [each.addr_spec for each in parsed["From"].addresses] == [COMPANY.email]
        # Python's own parser, unlike mail programs (RFC 2047, 6.2), puts a space between two encoded words.
        and _tight(parsed["To"].addresses[0].display_name) in {"", _tight(display_name(name))}
        and parsed["Subject"] == letter.subject
        and not _SECOND.search(content.partition(b"\r\n\r\n")[0])
    )


def _tight(text: str) -> str:
    return "".join(text.split())


if __name__ == "__main__":
    wrong = wrong_drafts(int(sys.argv[1]), seed=int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    sys.stdout.write(f"{sys.argv[1]} concepten, {len(wrong)} fout\n")
    for each in wrong[:20]:
        sys.stdout.write(f"{each!r}\n")
