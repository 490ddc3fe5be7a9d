"""The sheet Kolommen: which column of an unknown file is what, chosen once and remembered.

Data only. Source: docs/regels.md, "Kolommen kiezen".
Leaves to others: reading the choice (column_maps.py), proposing one (column_proposals.py).
"""

from debiteuren.book.layout_parts import Column, Role, TableLayout

NOT_USED = "Niet gebruiken"
MEANINGS = (
    *("Boekdatum", "Bedrag", "Bedrag af", "Bedrag bij", "Af of bij", "Rekening", "Tegenrekening", "Kenmerk"),
    *("Saldo", "Factuurnummer", "Debiteurnummer", "Factuurdatum", "Vervaldatum", "Betalingskenmerk", "Naam"),
    *("Omschrijving", "E-mail", "Telefoon", "IBAN", "Adres", "Postcode", "Plaats", "Betaaltermijn", NOT_USED),
)
"""The usual ones, for Excel at most 255 characters; any column of Facturen or Debiteuren may be typed."""


KOLOMMEN = TableLayout(
    "Kolommen",
    "tblKolommen",
    (
        Column("Bestand", role=Role.REQUIRED, width=34),
        Column("Kolom", role=Role.REQUIRED, width=30),
        Column("Voorbeeld", width=50),
        Column("Voorstel", width=20),
        Column("Betekenis", choices=MEANINGS, width=20),
    ),
    "Bestanden met kolommen die het programma niet kent: kies één keer bij Betekenis wat elke kolom is.",
    added=True,
)
