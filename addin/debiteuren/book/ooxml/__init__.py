"""The lossless part editor: changes the meant cells of a workbook and leaves every other byte as it is.

Knows nothing of invoices; standard library only. Package is the whole surface, Refused says why not.
"""

from .backups import backups
from .owners import refuse_open_elsewhere
from .package import Package
from .refusals import InUse, NotAWorkbook, Refused, Unwritable
from .tables import TableInfo
from .values import CellValue

__all__ = [
    "CellValue",
    "InUse",
    "NotAWorkbook",
    "Package",
    "Refused",
    "TableInfo",
    "Unwritable",
    "backups",
    "refuse_open_elsewhere",
]
