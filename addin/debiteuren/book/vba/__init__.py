"""The VBA project of a workbook, read and renewed without Excel: which modules it has and what they say."""

from debiteuren.book.vba.project import Module, VbaProject, same_source

__all__ = ["Module", "VbaProject", "same_source"]
