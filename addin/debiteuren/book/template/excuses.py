"""The starter list of tblSmoezen: what customers often say, what we answer and ask, how long we wait.

Source: rules A14-A17, A20, B08, C03, D23 (docs/regels.md). Seven days is the usual promise; longer stands
only where the answer itself gives the reason. No answer doubts the customer's word or asks whether the
invoice arrived.
Leaves to others: the call card that shows them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Excuse:
    """One row of tblSmoezen; `latest_days`: the furthest promise to accept, in calendar days."""

    says: str
    answer: str
    question: str
    latest_days: int


STARTER_LIST = (
    Excuse(
        "De factuur nooit ontvangen",
        "Vervelend; ik mail u nu meteen een kopie.",
        "Naar welk adres mag hij, en op welke dag betaalt u?",
        7,
    ),
    Excuse(
        "De boekhouder is met vakantie",
        "Goed dat u het zegt; dan stem ik het daarop af.",
        "Wanneer is hij terug, en wie kan tot dan betalen?",
        7,
    ),
    Excuse(
        "Er is een storing bij de bank",
        "Dat komt voor; meestal is het dezelfde dag verholpen.",
        "Op welke dag deze week zet u het opnieuw klaar?",
        3,
    ),
    Excuse(
        "Dat is al betaald",
        "Dank u wel; dan zoek ik de betaling meteen voor u op.",
        "Op welke dag en van welke rekening is het overgemaakt?",
        3,
    ),
    Excuse(
        "Wacht nog op goedkeuring",
        "Dan help ik graag met wat daarvoor nodig is.",
        "Bij wie ligt hij, en op welke dag wordt erover beslist?",
        7,
    ),
    Excuse(
        "Degene die erover gaat is er niet",
        "Geen probleem; dan bel ik diegene graag zelf.",
        "Wanneer is hij of zij te bereiken, en op welk nummer?",
        3,
    ),
    Excuse(
        "Wij betalen op vaste dagen",
        "Prettig, dan weten we allebei waar we aan toe zijn.",
        "Op welke dag is de eerstvolgende, en zit deze erbij?",
        14,
    ),
    Excuse(
        "Ik wacht zelf op geld van een klant",
        "Begrijpelijk; een deel nu en de rest als uw geld er is, kan ook.",
        "Welk bedrag lukt vandaag, en op welke dag de rest?",
        14,
    ),
    Excuse(
        "Het geld is er nu niet",
        "Fijn dat u dat vertelt; we kunnen het in termijnen verdelen.",
        "Welk bedrag past per maand, en vanaf welke dag?",
        7,
    ),
    Excuse(
        "De factuur klopt niet",
        "Dan zoeken we dat eerst samen uit.",
        "Wat klopt er niet, en welk deel kunt u wel vast betalen?",
        7,
    ),
    Excuse(
        "Ik betaal zo snel mogelijk",
        "Fijn; dan zet ik er een dag bij, zodat ik u niet nodeloos bel.",
        "Welke dag mag ik noteren?",
        7,
    ),
)
"""Enough to start with; the user adds his own."""
