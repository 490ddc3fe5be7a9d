"""Debiteuren: get paid without losing customers, from one Excel workbook."""

__version__ = "0.1.0"
