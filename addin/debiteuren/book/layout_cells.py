"""The named cells of Instellingen and the blocks of Start. Their names are fixed.

Data only, like layout.py; the tables stand there.
"""

from debiteuren.book.layout_parts import Kind, NamedCell, StartBlock
from debiteuren.domain.debtor import Language
from debiteuren.domain.settings import ARRANGEMENT_CONSEQUENCE, ARRANGEMENT_TERMS, DayCount, DraftPlace

YES, NO = "ja", "nee"
NOTHING_DRAWN = "Nog geen regeling"
"""In the chart on Termijnen, until there is one."""

SETTINGS_CELLS = (
    NamedCell("EigenNaam", "Bedrijfsnaam"),
    NamedCell("EigenAdres", "Adres"),
    NamedCell("EigenPostcode", "Postcode"),
    NamedCell("EigenPlaats", "Plaats"),
    NamedCell("EigenTelefoon", "Telefoon"),
    NamedCell("EigenEmail", "E-mail"),
    NamedCell("EigenIBAN", "IBAN", hint="hierop betalen uw klanten"),
    NamedCell("EigenKvK", "KvK-nummer"),
    NamedCell("EigenBtw", "Btw-nummer"),
    NamedCell("Ondertekening", "Ondertekening", hint="uw naam onder de brieven"),
    NamedCell("Peildatum", "Peildatum", Kind.DAY, hint="leeg = vandaag"),
    NamedCell("Betaaltermijn", "Betaaltermijn (dagen)", Kind.WHOLE, "30"),
    NamedCell("Kortingspercentage", "Korting voor snel betalen (%)", Kind.PERCENT, "0"),
    NamedCell("Kortingsdagen", "Die korting geldt tot (dagen)", Kind.WHOLE, "7"),
    NamedCell("MinDagenTussenBerichten", "Minstens dagen tussen twee brieven", Kind.WHOLE, "5"),
    NamedCell("Drempel", "Kleine bedragen laten rusten tot", Kind.MONEY, "5,00"),
    NamedCell("BetaalverschilMax", "Betaalverschil dat u laat zitten", Kind.MONEY, "0,05"),
    NamedCell("BankMaxOud", "Bank hooguit oud (werkdagen)", Kind.WHOLE, "3"),
    NamedCell("BelPogingen", "Belpogingen per stap", Kind.WHOLE, "3"),
    NamedCell("Belvenster1", "Bellen tussen (ochtend)", default="09:30-11:30"),
    NamedCell("Belvenster2", "Bellen tussen (middag)", default="13:30-15:30"),
    NamedCell("Respijtdagen", "Respijt per termijn (dagen)", Kind.WHOLE, "0"),
    NamedCell("VerbrokenNaMissers", "Regeling verbroken na missers", Kind.WHOLE, "2"),
    NamedCell("VerbrokenNaDagen", "Regeling verbroken na dagen", Kind.WHOLE, "14"),
    NamedCell("BellenZonderAkkoord", "Bellen zonder akkoord na (werkdagen)", Kind.WHOLE, "3"),
    NamedCell("TermijnAankondigen", "Termijn aankondigen (dagen ervoor)", Kind.WHOLE, "0"),
    NamedCell("RegelingBedankje", "Bedanken na de laatste termijn", default=NO, choices=(YES, NO)),
    NamedCell("RegelingInGrafiek", "Regeling in de grafiek op Termijnen"),
    NamedCell("RegelingVoorwaarden", "Voorwaarden van een nieuwe regeling", default=ARRANGEMENT_TERMS),
    NamedCell("RegelingGevolg", "Gevolg als die niet wordt nagekomen", default=ARRANGEMENT_CONSEQUENCE),
    NamedCell(
        "ConceptDoel", "Concepten in", default="auto", choices=tuple(place.value for place in DraftPlace)
    ),
    NamedCell("Taal", "Taal", default="nl", choices=tuple(language.value for language in Language)),
    NamedCell("GrapTot", "Luchtige zin tot een bedrag van", Kind.MONEY, "1.000,00"),
    NamedCell("Rente", "Rente noemen in de laatste aanmaning", default=NO, choices=(YES, NO)),
    NamedCell(
        "RenteDagen", "Dagen in een rentejaar", default="auto", choices=tuple(way.value for way in DayCount)
    ),
    NamedCell("ConceptenAanMijzelf", "Proef: concepten aan mijzelf", default=NO, choices=(YES, NO)),
    NamedCell("MapFacturen", "Map met facturen (pdf)"),
    NamedCell("MapConcepten", "Map voor concepten", hint="leeg = map Concepten naast deze werkmap"),
    NamedCell("PostvakServer", "Postvak: mailserver (IMAP)"),
    NamedCell("PostvakGebruiker", "Postvak: gebruikersnaam"),
    NamedCell("PostvakApp", "Postvak: app-id van Microsoft 365"),
)
"""Contract, "Named cells in Instellingen and their defaults"."""

START_BLOCKS = (
    StartBlock("StartBedrijf", 1, 1),  # own company's name
    StartBlock("StartDatum", 1, 1),  # "zaterdag 21 november 2026"
    StartBlock("StartBank", 1, 1),  # "Bank ingelezen t/m do 19-11 (ING), vr 20-11 (Rabobank)"
    StartBlock("StartOpenstaand", 1, 1),  # amount, a number
    StartBlock("StartOpenstaandTekst", 1, 1),  # "61 facturen, 34 debiteuren"
    StartBlock("StartTeLaat", 1, 1),
    StartBlock("StartTeLaatTekst", 1, 1),  # "23 facturen, oudste 74 dagen"
    StartBlock("StartVerwacht", 1, 1),
    StartBlock("StartVerwachtTekst", 1, 1),  # "waarvan € 3.150,00 uit regelingen"
    StartBlock("StartGemiddeld", 1, 1),  # whole days
    StartBlock("StartGemiddeldTekst", 1, 1),  # "vorige maand 14"
    StartBlock("StartVandaag", 10, 5),  # Nr, Debiteur, Actie, Bedrag, Wanneer
    StartBlock("StartLetOp", 6, 1),  # sentences
    StartBlock("StartRekeningen", 6, 2),  # account, last bank day (a date)
    StartBlock("StartOuderdom", 5, 2),  # label, amount: feeds the ageing chart
    StartBlock("StartWeken", 8, 3),  # label "wk 48", invoices, arrangements: feeds the cash chart
    StartBlock("StartTijdlijnNaam", 1, 1),  # "Ontvangen: R-003, Villa Groen (Achter)"
    StartBlock("StartTijdlijn", 80, 4),  # day, expected, day, received: feeds the chart on Termijnen
)
