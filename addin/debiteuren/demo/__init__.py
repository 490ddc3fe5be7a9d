"""A fictional company to try everything on: its sheets and its bank files as of any day.

Source: docs/regels.md, "Werkmap"; the people, firms, addresses and account numbers are made up.
Leaves to others: putting the rows in a workbook (book/), importing the files (banks/, tasks).
"""
