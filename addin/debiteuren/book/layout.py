"""The surface of the workbook: sheets, tables, columns, and the words in their drop-downs.

Data only. The Dutch names are fixed; nothing may be renamed, only added (docs/regels.md, "Werkmap").
Leaves to others: how rows become domain types (tables.py), what the sheets look like (template.py).
"""

from debiteuren.book import layout_agreements
from debiteuren.book.layout_choice import KOLOMMEN
from debiteuren.book.layout_parts import Column, Kind, Role, TableLayout
from debiteuren.book.layout_parts import words as _words
from debiteuren.domain.contact import ContactKind, DraftState, Outcome
from debiteuren.domain.debtor import Channel, DebtorKind, Form, Language, Tone
from debiteuren.domain.invoice import Action, Age, Block, InvoiceStatus
from debiteuren.domain.ledger import AllocationKind
from debiteuren.domain.payment import MatchStatus
from debiteuren.domain.problem import Severity
from debiteuren.domain.settings import Step

_MUST, _SUM = Role.REQUIRED, Role.COMPUTED

FACTUREN = TableLayout(
    "Facturen",
    "tblFacturen",
    (
        Column("Factuurnummer", role=_MUST, width=15),
        Column("Debiteurnummer", role=_MUST, width=15),
        Column("Factuurdatum", Kind.DAY, _MUST, width=13),
        Column("Vervaldatum", Kind.DAY, width=13),
        Column("Bedrag", Kind.MONEY, _MUST, width=14),
        Column("Btw", Kind.MONEY, width=12),
        Column("Omschrijving", width=46),
        Column("Leverdatum", Kind.DAY, width=13),
        Column("Betalingskenmerk", width=19),
        Column("Bestand", width=16),
        Column("Blokkade", choices=_words(Block), width=12),
        Column("Blokkade tot", Kind.DAY, width=13),
        Column("Blokkadereden", width=46),
        Column("Betaald", Kind.MONEY, _SUM, width=14),
        Column("Openstaand", Kind.MONEY, _SUM, width=14),
        Column("Dagen te laat", Kind.WHOLE, _SUM, width=9),
        Column("Ouderdom", role=_SUM, choices=_words(Age), width=14),
        Column("Status", role=_SUM, choices=_words(InvoiceStatus), width=14),
        Column("Volgende actie", role=_SUM, choices=_words(Action), width=25),
        Column("Actie op", Kind.DAY, _SUM, width=13),
        Column("Waarom", Kind.LONG_TEXT, _SUM, width=138),
    ),
    "Uw facturen. De donkere koppen vult u in; de grijze rekent het programma uit bij Bijwerken.",
)

DEBITEUREN = TableLayout(
    "Debiteuren",
    "tblDebiteuren",
    (
        Column("Debiteurnummer", role=_MUST, width=15),
        Column("Naam", role=_MUST, width=31),
        Column("Soort", choices=_words(DebtorKind), width=12),
        Column("Voornaam", width=14),
        Column("Achternaam", width=18),
        Column("Aanspreekvorm", choices=_words(Form), width=14),
        Column("E-mail", width=38),
        Column("Telefoon", width=16),
        Column("IBAN", width=22),
        Column("Adres", width=24),
        Column("Postcode", width=10),
        Column("Plaats", width=18),
        Column("KvK-nummer", width=12),
        Column("Btw-nummer", width=17),
        Column("Betaaltermijn", Kind.WHOLE, width=13),
        Column("Kortingspercentage", Kind.PERCENT, width=13, added=True),
        Column("Kortingsdagen", Kind.WHOLE, width=13, added=True),
        Column("Taal", choices=_words(Language), width=7),
        Column("Toon", choices=_words(Tone), width=12),
        Column("Kanaal", choices=_words(Channel), width=11),
        Column("Bellen tussen", width=13),
        Column("Niet herinneren tot", Kind.DAY, width=14),
        Column("Voorwaarden akkoord", width=14),
        Column("Notitie", width=42),
        Column("Openstaand", Kind.MONEY, _SUM, width=14),
        Column("Te laat", Kind.MONEY, _SUM, width=14),
        Column("Gemiddeld te laat", Kind.WHOLE, _SUM, width=11),
        Column("Betaalgedrag", role=_SUM, width=22),
        Column("Advies", Kind.LONG_TEXT, _SUM, width=90),
    ),
    "Uw klanten. Wat u hier weet, maakt elke herinnering persoonlijk.",
)

BETALINGEN = TableLayout(
    "Betalingen",
    "tblBetalingen",
    (
        Column("Transactie", role=_MUST, width=24),
        Column("Rekening", width=22),
        Column("Boekdatum", Kind.DAY, _MUST, width=13),
        Column("Bedrag", Kind.MONEY, _MUST, width=14),
        Column("Tegenrekening", width=22),
        Column("Naam", width=31),
        Column("Omschrijving", width=40),
        Column("Kenmerk", width=20),
        Column("Retourcode", width=12, added=True),
        Column("Bron", width=20),
        Column("Uw keuze", width=18),
        Column("Gekoppeld", Kind.MONEY, _SUM, width=14),
        Column("Rest", Kind.MONEY, _SUM, width=14),
        Column("Koppelstatus", role=_SUM, choices=_words(MatchStatus), width=13),
        Column("Facturen", role=_SUM, width=31),
        Column("Waarom", Kind.LONG_TEXT, _SUM, width=138),
    ),
    "Wat de bank meldde. Bank importeren vult dit; alleen in Uw keuze beslist u zelf (nummers, of nee).",
)

AFSCHRIFTEN = TableLayout(
    "Afschriften",
    "tblAfschriften",
    (
        Column("Rekening", role=_SUM, width=22),
        Column("Begin", Kind.DAY, _SUM, width=13),
        Column("Eind", Kind.DAY, _SUM, width=13),
        Column("Beginsaldo", Kind.MONEY, _SUM, width=15),
        Column("Eindsaldo", Kind.MONEY, _SUM, width=15),
        Column("Regels", Kind.WHOLE, _SUM, width=9),
        Column("Bestand", role=_SUM, width=40),
        Column("Ingelezen op", Kind.DAY, _SUM, width=14),
    ),
    "Welke bankbestanden zijn ingelezen, en tot welke dag de bank bekend is.",
)

KOPPELINGEN = TableLayout(
    "Koppelingen",
    "tblKoppelingen",
    (
        Column("Transactie", role=_SUM, width=24),
        Column("Factuurnummer", role=_SUM, width=16),
        Column("Bedrag", Kind.MONEY, _SUM, width=14),
        Column("Soort", role=_SUM, choices=_words(AllocationKind), width=14),
        Column("Door", role=_SUM, width=14),
        Column("Op", Kind.DAY, _SUM, width=13),
    ),
    "Het grootboek van wat wat betaalde. Openstaand = Bedrag min wat hier staat.",
)

REGELINGEN = layout_agreements.REGELINGEN
TERMIJNEN = layout_agreements.TERMIJNEN

CONTACT = TableLayout(
    "Contact",
    "tblContact",
    (
        Column("Moment", Kind.MOMENT, _MUST, width=17),
        Column("Debiteurnummer", role=_MUST, width=15),
        Column("Facturen", width=22),
        Column("Kanaal", role=_MUST, choices=_words(Channel), width=11),
        Column("Soort", role=_MUST, choices=_words(ContactKind), width=19),
        Column("Uitkomst", choices=_words(Outcome), width=24),
        Column("Toegezegd op", Kind.DAY, width=13),
        Column("Toegezegd bedrag", Kind.MONEY, width=14),
        Column("Reden", width=34),
        Column("Notitie", width=54),
        Column("Concept", choices=_words(DraftState), width=12),
        Column("Sleutel", width=44),
    ),
    "Elke brief en elk gesprek. Het programma schrijft zijn concepten erbij; de rest vult u aan.",
)

ACTIES = TableLayout(
    "Acties",
    "tblActies",
    (
        Column("Volgorde", Kind.WHOLE, _SUM, width=9),
        Column("Debiteurnummer", role=_SUM, width=15),
        Column("Naam", role=_SUM, width=31),
        Column("Actie", role=_SUM, choices=_words(Action), width=25),
        Column("Facturen", role=_SUM, width=22),
        Column("Bedrag", Kind.MONEY, _SUM, width=14),
        Column("Wanneer", role=_SUM, width=14),
        Column("Telefoon", role=_SUM, width=16),
        Column("Waarom", Kind.LONG_TEXT, _SUM, width=138),
    ),
    "Wat er vandaag te doen is, het belangrijkste bovenaan. Bijwerken maakt deze lijst opnieuw.",
)

CONTROLE = TableLayout(
    "Controle",
    "tblControle",
    (
        Column("Ernst", role=_SUM, choices=_words(Severity), width=14),
        Column("Blad", role=_SUM, width=16),
        Column("Rij", Kind.WHOLE, _SUM, width=8),
        Column("Kolom", role=_SUM, width=20),
        Column("Wat er staat", Kind.LONG_TEXT, _SUM, width=60),
        Column("Wat te doen", Kind.LONG_TEXT, _SUM, width=70),
    ),
    "Wat bij de laatste keer opviel: waar, wat er staat en wat u kunt doen.",
)

SJABLONEN = TableLayout(
    "Sjablonen",
    "tblSjablonen",
    (
        Column(
            "Stap",
            choices=("Herinnering", "Tweede herinnering", "14-dagenbrief", "Laatste aanmaning"),
            width=19,
        ),
        Column("Taal", choices=_words(Language), width=7),
        Column("Aanspreekvorm", choices=_words(Form), width=14),
        Column("Toon", choices=_words(Tone), width=12),
        Column("Onderwerp", width=44),
        Column("Tekst", Kind.LONG_TEXT, width=100),
    ),
    "Uw eigen brieven. Zolang hier niets staat, schrijft het programma zijn standaardtekst.",
)

STAPPEN = TableLayout(
    "Instellingen",
    "tblStappen",
    (
        Column("Stap", role=_MUST, choices=_words(Step), width=20),
        Column("Na", role=_MUST, width=34),
        Column("Wachtdagen", Kind.WHOLE, _MUST, width=12),
        Column("Soort actie", role=_MUST, choices=_words(Action), width=26),
    ),
    "De ladder: welke stap volgt op welke, en na hoeveel dagen.",
)

SMOEZEN = TableLayout(
    "Instellingen",
    "tblSmoezen",
    (
        Column("Smoes", role=_MUST, width=34),
        Column("Antwoord", width=60),
        Column("Tegenvraag", width=50),
        Column("Uiterlijk (dagen)", Kind.WHOLE, width=12),
    ),
    "Wat klanten vaak zeggen, en wat u dan vraagt. Vul aan met uw eigen ervaring.",
)

TABLES = (
    ACTIES,
    FACTUREN,
    DEBITEUREN,
    BETALINGEN,
    REGELINGEN,
    TERMIJNEN,
    CONTACT,
    KOPPELINGEN,
    AFSCHRIFTEN,
    CONTROLE,
    SJABLONEN,
    KOLOMMEN,
    STAPPEN,
    SMOEZEN,
)
"""Every table of the workbook, in the order of their sheets."""

BY_NAME = {table.name: table for table in TABLES}

SHEETS = ("Start", *dict.fromkeys(table.sheet for table in TABLES))
"""Sheets in order of use."""
