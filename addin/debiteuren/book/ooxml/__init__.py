"""The lossless part editor: changes the meant cells of a workbook and leaves every other byte as it is.

Knows nothing of invoices; standard library only. Package is the whole surface, Refused says why not.
"""

from .backups import FOLDER, back_up, backups, discard, prune
from .notes import Note, Place, Told, fingerprint
from .owners import refuse_open_elsewhere
from .package import Package
from .references import Area
from .refusals import InUse, NotAWorkbook, Refused, Unwritable
from .tables import TableInfo
from .undo import Change, changes, take_back
from .values import CellValue

__all__ = [
    "FOLDER",
    "Area",
    "CellValue",
    "Change",
    "InUse",
    "NotAWorkbook",
    "Note",
    "Package",
    "Place",
    "Refused",
    "TableInfo",
    "Told",
    "Unwritable",
    "back_up",
    "backups",
    "changes",
    "discard",
    "fingerprint",
    "prune",
    "refuse_open_elsewhere",
    "take_back",
]
