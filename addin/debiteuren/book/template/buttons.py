"""The buttons of this version: which word, which macro, which Python function.

Source: docs/handleiding.md, "Opdrachten".
Leaves to others: what a button does (debiteuren.buttons), the VBA itself (macros/).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """One button: its word, the VBA Sub behind it, the function of debiteuren.buttons, and what it does."""

    label: str
    macro: str
    function: str
    tip: str


BUTTONS = (
    Button(
        "Bank importeren",
        "BankImporteren",
        "bank_importeren",
        "Leest bestanden van uw bank in en koppelt de betalingen aan uw facturen.",
    ),
    Button(
        "Bijwerken",
        "Bijwerken",
        "bijwerken",
        "Rekent alles na: wat openstaat, wat te laat is en wat er vandaag te doen is.",
    ),
    Button(
        "Genereer herinneringen",
        "GenereerHerinneringen",
        "genereer_herinneringen",
        "Zet voor iedereen die vandaag aan de beurt is een concept klaar; u verstuurt zelf.",
    ),
    Button(
        "Regeling vastleggen",
        "RegelingVastleggen",
        "regeling_vastleggen",
        "Legt vast wat u met een klant afsprak: exacte dagen en bedragen, getoetst voor het erin staat.",
    ),
    Button(
        "Controleer regelingen",
        "ControleerRegelingen",
        "controleer_regelingen",
        "Legt elke termijn naast de bank: betaald, te laat, gemist of nog niet bekend.",
    ),
    Button(
        "Ongedaan maken",
        "OngedaanMaken",
        "ongedaan_maken",
        "Zet terug wat de laatste knop schreef, behalve als u er daarna iets aan veranderde.",
    ),
)
"""In order of use."""
