"""Which version of xlwings the buttons need: that of the module inside the workbook we ship."""

from functools import cache

from debiteuren.book.macros import MODULE_VERSION, shipped_parts
from debiteuren.book.vba import VbaProject


@cache
def shipped_xlwings() -> str:
    """The version that the shipped workbook's module says it is, such as 0.37.8."""
    project, _ = shipped_parts()
    found = MODULE_VERSION.search(VbaProject.of(project).modules["xlwings"].source)
    return found[1] if found else ""
