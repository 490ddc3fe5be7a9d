"""What was said and written before, as a letter's template may use it (rule E11).

Source: docs/handleiding.md, "Eigen brieven"; docs/regels.md, "Brieven".
Leaves to others: which contacts count (jobs/reminder_facts.py), the sentences (templates/).
"""

from collections.abc import Mapping

from debiteuren.domain.contact import LETTERS, ContactKind
from debiteuren.domain.debtor import Language
from debiteuren.domain.reminder import EarlierContact, Reminder
from debiteuren.mail.wording import listed, money, said, said_with_weekday

_MOST = 6
"""Contacts that one sentence can hold; of more the last."""
_LETTER_NAMES: Mapping[Language, Mapping[ContactKind, str]] = {
    Language.NL: {
        ContactKind.REMINDER: "een herinnering",
        ContactKind.SECOND_REMINDER: "een tweede herinnering",
        ContactKind.FOURTEEN_DAY_LETTER: "een brief",
        ContactKind.FINAL_DEMAND: "een aanmaning",
    },
    Language.EN: {
        ContactKind.REMINDER: "a reminder",
        ContactKind.SECOND_REMINDER: "a second reminder",
        ContactKind.FOURTEEN_DAY_LETTER: "a letter",
        ContactKind.FINAL_DEMAND: "a demand",
    },
    Language.DE: {
        ContactKind.REMINDER: "eine Erinnerung",
        ContactKind.SECOND_REMINDER: "eine zweite Erinnerung",
        ContactKind.FOURTEEN_DAY_LETTER: "einen Brief",
        ContactKind.FINAL_DEMAND: "eine Mahnung",
    },
}
_TALK = {Language.NL: "een gesprek", Language.EN: "a phone call", Language.DE: "ein Gespräch"}
_ON = {Language.NL: "op", Language.EN: "on", Language.DE: "am"}
_SENT = {Language.DE: {"einen Brief": "ein Brief"}}
"""In a list of what there was German takes the nominative."""


def earlier_facts(reminder: Reminder) -> dict[str, str | int]:
    """The last thing said ("regeling", "toezegging", "gesprek", "brief" or nothing), and all of it."""
    last, language, on = reminder.earlier, reminder.debtor.language, reminder.on
    return {
        "eerder_soort": _kind(last) if last else "",
        "eerder_dag": said_with_weekday(last.day, on, language) if last else "",
        "eerder_brief": _LETTER_NAMES[language].get(last.kind, "") if last else "",
        "toezegging_dag": (
            said_with_weekday(last.promised_on, on, language) if last and last.promised_on else ""
        ),
        "toezegging_bedrag": money(last.promised_amount, language) if last and last.promised_amount else "",
        "gemist_dag": said(last.missed_on, on, language) if last and last.missed_on else "",
        "gemist_bedrag": money(last.missed_amount, language) if last and last.missed_amount else "",
        "contacten": _contacts(reminder),
        "aantal_contacten": len(reminder.history),
    }


def _kind(last: EarlierContact) -> str:
    if last.arrangement:
        return "regeling"
    if last.kind in LETTERS:
        return "brief"
    if last.promised_on is not None:
        return "toezegging"
    return "gesprek" if last.kind is ContactKind.CONVERSATION else ""


def _contacts(reminder: Reminder) -> str:
    """As a list in a sentence: een herinnering op 4 november en een gesprek op 12 november."""
    language = reminder.debtor.language
    names = {**_LETTER_NAMES[language], ContactKind.CONVERSATION: _TALK[language]}
    renamed = _SENT.get(language, {})
    return listed(
        [
            f"{renamed.get(name, name)} {_ON[language]} {said(each.day, reminder.on, language)}"
            for each in reminder.history[-_MOST:]
            if (name := names.get(each.kind, ""))
        ],
        language,
    )
