"""What the workbook whispers: a sentence at a column's header or its cells, and beside a setting.

Source: docs/handleiding.md, "De bladen". Shown as the input message of a data validation (at most 255
characters).
Leaves to others: the names themselves (layout.py).
"""

from collections.abc import Mapping

Hints = Mapping[str, Mapping[str, str]]
"""Table → column → sentence."""

CELL_HINTS: Hints = {
    "tblFacturen": {
        "Blokkade": "Betwist: eerst het geschil oplossen. Pauze: even niets doen. Uit handen: een ander int. "
        "Leeg: de gewone stappen.",
        "Blokkade tot": "Tot en met deze dag. Bij Betwist: de dag waarop het opgelost hoort te zijn.",
    },
    "tblDebiteuren": {
        "Soort": "Een consument krijgt eerst de 14-dagenbrief. Leeg telt als consument waar de wet hem "
        "beschermt.",
        "Bellen tussen": "Bijvoorbeeld 09:30-11:30. Leeg: de tijden van Instellingen.",
    },
    "tblBetalingen": {
        "Uw keuze": "Factuurnummers met ; ertussen, of nee als het geen betaling van een factuur is. Uw keuze"
        " wint altijd.",
    },
    "tblRegelingen": {
        "Facturen": "Factuurnummers met ; ertussen, bijvoorbeeld 2026-0042; 2026-0043.",
        "Voorwaarden": "Wat precies is afgesproken. Dagen en bedragen per termijn staan op Termijnen.",
    },
    "tblTermijnen": {
        "Vervaldatum": "Een vaste dag, bijvoorbeeld 01-12-2026; geen 'begin december'.",
    },
    "tblContact": {
        "Facturen": "Factuurnummers met ; ertussen. Leeg: alle facturen die toen openstonden.",
        "Concept": "Gemaakt: staat klaar. Verstuurd: u hebt hem verzonden. Vervallen: telt niet mee als "
        "stap.",
    },
    "tblKolommen": {
        "Betekenis": "Kies wat deze kolom is. Betalingen: Boekdatum en Bedrag moeten erbij. Facturen: "
        "Factuurnummer, Debiteurnummer, Factuurdatum en Bedrag. Klanten: Debiteurnummer en Naam.",
    },
    "tblStappen": {
        "Na": "De stap ervoor; meer mogelijkheden met / ertussen. De eerste stap volgt op Vervaldatum.",
    },
}
"""At the header, and whenever one of its cells is selected."""

HEADER_HINTS: Hints = {
    "tblFacturen": {
        "Vervaldatum": "Leeg? Dan geldt de betaaltermijn van de debiteur, of anders die van Instellingen.",
        "Bedrag": "In euro's, inclusief btw. Een creditfactuur krijgt een min ervoor.",
        "Bestand": "De naam van de pdf in uw map met facturen; die gaat als bijlage mee.",
    },
    "tblDebiteuren": {
        "Voornaam": "Herinneringen beginnen met de voornaam: Beste Lotte.",
        "E-mail": "Precies één adres.",
        "Betaaltermijn": "Dagen. Leeg: de termijn van Instellingen.",
        "Kortingspercentage": "Korting voor snel betalen, in procenten. Leeg: die van Instellingen; 0: geen.",
        "Kortingsdagen": "Zoveel dagen na de factuurdatum. Leeg: die van Instellingen.",
        "Kanaal": "Hoe brieven gaan: Post op papier, anders per e-mail.",
        "Niet herinneren tot": "Tot en met deze dag gaat er geen herinnering uit.",
        "Voorwaarden akkoord": "Ging deze klant akkoord met uw voorwaarden? Ja of nee, en sinds wanneer.",
    },
    "tblRegelingen": {
        "Bevestigd op": "De dag waarop u de afspraak schriftelijk bevestigde.",
        "Akkoord op": "De dag waarop de klant schreef dat hij akkoord is.",
        "Waarvan kosten": "Afgesproken incassokosten, boven op de facturen; ze zitten in Bedrag.",
        "Waarvan rente": "Afgesproken rente, boven op de facturen; ze zit in Bedrag.",
        "Toen al binnen": "Geld van de dag van de afspraak dat er al was; het telt niet voor een termijn.",
        "Vervangt": "De regeling waarvan dit de nieuwe versie is.",
        "Vastgelegd op": "Wanneer u dit opschreef; de bevestiging hoort binnen een uur.",
    },
    "tblTermijnen": {
        "Regeling": "Dezelfde naam als op het blad Regelingen.",
        "Bedrag": "Een vast bedrag in euro's en centen.",
    },
    "tblContact": {
        "Toegezegd op": "Op welke dag is de betaling beloofd?",
    },
    "tblSjablonen": {
        "Tekst": "Leeg: de standaardtekst van het programma.",
    },
    "tblStappen": {
        "Wachtdagen": "Kalenderdagen sinds de vorige stap echt gedaan is.",
    },
    "tblSmoezen": {
        "Uiterlijk (dagen)": "De verste dag die u afspreekt, geteld vanaf het gesprek.",
    },
}
"""At the header only: a note at every cell would be in the way of who types a lot."""

COMPUTED_HINT = "Dit rekent het programma uit bij Bijwerken. Wat u hier typt, wordt overschreven."
SCREEN_ONLY_HINT = (
    "Staat op het scherm en niet op papier, dan blijft de afdruk leesbaar. Toch afdrukken: Pagina-indeling, "
    "Afdrukbereik, Afdrukbereik wissen."
)
REQUIRED_HINT = "Verplicht: vul dit in elke rij in."

SETTING_HINTS: Mapping[str, str] = {
    "EigenIBAN": "hierop betalen uw klanten",
    "Ondertekening": "uw naam onder de brieven",
    "Peildatum": "leeg = vandaag",
    "Betaaltermijn": "als factuur en debiteur niets anders zeggen",
    "Kortingspercentage": "0 = geen; wie op tijd precies dat minder betaalt, heeft alles betaald",
    "Kortingsdagen": "na de factuurdatum, die dag nog mee",
    "MinDagenTussenBerichten": "brieven aan dezelfde debiteur; bellen mag eerder",
    "Drempel": "wie in totaal minder schuldig is, krijgt geen herinnering",
    "BetaalverschilMax": "zoveel mag er ontbreken en toch is de factuur betaald",
    "BankMaxOud": "daarna wachten de herinneringen tot u de bank inleest",
    "BelPogingen": "op verschillende dagen; daarna gaat de volgende stap door",
    "Belvenster1": "van-tot, bijvoorbeeld 09:30-11:30",
    "Belvenster2": "van-tot, bijvoorbeeld 13:30-15:30",
    "Respijtdagen": "zoveel dagen na de termijn telt nog als op tijd",
    "VerbrokenNaMissers": "zoveel gemiste termijnen",
    "VerbrokenNaDagen": "of één gemiste termijn die zo oud is",
    "BellenZonderAkkoord": "na de bevestiging van een regeling; 0 = nooit",
    "TermijnAankondigen": "0 = niet aankondigen",
    "RegelingBedankje": "ja: als alle termijnen betaald zijn, komt een bedankje klaar",
    "RegelingInGrafiek": "leeg = de dringendste; klik daarna op Bijwerken",
    "RegelingVoorwaarden": "bij elke regeling nog te veranderen",
    "RegelingGevolg": "{missers} en {dagen} vult het programma in",
    "ConceptDoel": "auto = uw postvak als dat is ingesteld, anders bestanden (eml)",
    "Taal": "van brieven, als de debiteur niets anders heeft",
    "GrapTot": "boven dit bedrag nooit een luchtige eerste zin",
    "Rente": "alleen bij Zakelijk; het bedrag tot en met vandaag",
    "RenteDagen": "auto: 365 bij Zakelijk, het jaar van verzuim bij Consument",
    "ConceptenAanMijzelf": "ja: hooguit drie, aan uw eigen adres; niets telt als verstuurd",
    "MapFacturen": "pdf's hieruit gaan als bijlage mee",
    "MapConcepten": "leeg = map Concepten naast deze werkmap",
    "PostvakServer": "debiteuren postvak vult dit in; bijvoorbeeld imap.ziggo.nl",
    "PostvakGebruiker": "meestal uw e-mailadres; het wachtwoord staat hier nooit",
    "PostvakApp": "alleen voor Microsoft 365; van uw beheerder",
}
"""Named cell → what stands beside it; cells that explain themselves have none."""
