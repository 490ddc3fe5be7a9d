"""The workbook that is open in Excel, through xlwings: only this package knows it.

Every table is read in one block and every column written in one block, so the number of calls to Excel does
not depend on the number of rows. Never uses `.api`, so that Windows, macOS and the engine of our tests behave
alike. Imported only when a button needs it: xlwings alone takes longer to load than all of our rules.
"""

from debiteuren.book.live.selection import Selected
from debiteuren.book.live.tables import SheetChangedError
from debiteuren.book.live.taking_back import LastRun, last_run, take_back
from debiteuren.book.live.workbook import LiveWorkbook

__all__ = ["LastRun", "LiveWorkbook", "Selected", "SheetChangedError", "last_run", "take_back"]
