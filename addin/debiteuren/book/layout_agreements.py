"""The surface of the sheets Regelingen and Termijnen. Data only, like layout.py, through which it is reached.

Columns that the first version did not have are `added`: an older workbook need not have them.
"""

from debiteuren.book.layout_parts import Column, Kind, Role, TableLayout, words
from debiteuren.domain.arrangement import ArrangementStatus, InstalmentStatus
from debiteuren.domain.debtor import Channel

REGELINGEN = TableLayout(
    "Regelingen",
    "tblRegelingen",
    (
        Column("Regeling", role=Role.REQUIRED, width=10),
        Column("Debiteurnummer", role=Role.REQUIRED, width=15),
        Column("Facturen", role=Role.REQUIRED, width=21),
        Column("Bedrag", Kind.MONEY, Role.REQUIRED, width=14),
        Column("Afgesproken op", Kind.DAY, Role.REQUIRED, width=13),
        Column("Afgesproken met", width=17),
        Column("Kanaal", choices=words(Channel), width=11),
        Column("Voorwaarden", role=Role.REQUIRED, width=44),
        Column("Gevolg bij niet nakomen", width=53),
        Column("Bevestigd op", Kind.DAY, width=12),
        Column("Akkoord op", Kind.DAY, width=12, added=True),
        Column("Waarvan kosten", Kind.MONEY, width=12, added=True),
        Column("Waarvan rente", Kind.MONEY, width=12, added=True),
        Column("Toen al binnen", Kind.MONEY, width=12, added=True),
        Column("Vervangt", width=12, added=True),
        Column("Vastgelegd op", Kind.MOMENT, width=17, added=True),
        Column("Status", role=Role.COMPUTED, choices=words(ArrangementStatus), width=14),
        Column("Volgende termijn", Kind.DAY, Role.COMPUTED, width=13),
        Column("Waarom", Kind.LONG_TEXT, Role.COMPUTED, width=138),
    ),
    "Betalingsregelingen: wat is afgesproken, en houdt de klant zich eraan? De termijnen staan op Termijnen.",
)

TERMIJNEN = TableLayout(
    "Termijnen",
    "tblTermijnen",
    (
        Column("Regeling", role=Role.REQUIRED, width=12),
        Column("Termijn", role=Role.REQUIRED, width=10),
        Column("Vervaldatum", Kind.DAY, Role.REQUIRED, width=13),
        Column("Bedrag", Kind.MONEY, Role.REQUIRED, width=14),
        Column("Betaald", Kind.MONEY, Role.COMPUTED, width=14),
        Column("Betaald op", Kind.DAY, Role.COMPUTED, width=13),
        Column("Dagen te laat", Kind.WHOLE, Role.COMPUTED, width=9),
        Column("Status", role=Role.COMPUTED, choices=words(InstalmentStatus), width=19),
        Column("Bewijs", Kind.LONG_TEXT, Role.COMPUTED, width=40),
    ),
    "Elke termijn een dag en een bedrag, getoetst aan de bank. Bewijs noemt de boeking.",
)
