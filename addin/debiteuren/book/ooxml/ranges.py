"""The rules that stand in a worksheet after its cells, moved along with the tables they cover.

ECMA-376 part 1: 18.3.1.18 (conditionalFormatting), 18.3.1.32 (dataValidation), 18.3.1.72 (protectedRange),
18.3.1.55 (mergeCells), 18.3.1.51 (ignoredError), 18.2.10 (extLst); [MS-XLSX] 2.6.10 to 2.6.28 for what
newer Excels keep in the extension list (x14): conditional formats, validations and protected ranges with
xm:sqref, sparklines with xm:f.
"""

from collections.abc import Sequence

from .growth import Growth, moved_formula, moved_sqref
from .markup import attribute, change_elements, change_tags, change_texts, tag_pattern, with_attribute
from .references import Area, letters
from .refusals import Refused
from .sheet_cells import SheetCells

_PLAIN = ("conditionalFormatting", "dataValidation", "protectedRange", "ignoredError")
_RULES = ("conditionalFormatting", "dataValidation", "protectedRange")


def refuse_merged(sheet: str, tail: bytes, growths: Sequence[Growth]) -> None:
    """Refuse growth into merged cells: what is written in them cannot be seen."""
    for found in tag_pattern(("mergeCell",)).finditer(tail):
        merged = Area.parse((attribute(found[0], b"ref") or b"").decode())
        for growth in growths:
            new = Area(left=growth.left, top=growth.old + 1, right=growth.right, bottom=growth.new)
            if merged and new.top <= new.bottom and merged.meets(new):
                raise Refused(
                    f"Blad {sheet}: de samengevoegde cellen {merged} liggen in de weg van de nieuwe regels "
                    f"{new.top} tot en met {new.bottom}. Splits ze, of zet ze ergens anders."
                )


def refuse_hidden(sheet: str, tail: bytes, cells: SheetCells) -> None:
    """Refuse a value in a merged cell that is not its first one: nobody would see it."""
    for found in tag_pattern(("mergeCell",)).finditer(tail):
        merged = Area.parse((attribute(found[0], b"ref") or b"").decode())
        for row, column, value in cells.between(merged.top, merged.bottom) if merged else ():
            if value is None or merged is None or (row, column) == (merged.top, merged.left):
                continue
            if merged.left <= column <= merged.right:
                raise Refused(
                    f"Blad {sheet}, cel {letters(column)}{row}: deze cel is met andere samengevoegd "
                    f"({merged}); wat erin staat, ziet niemand. Schrijf in "
                    f"{letters(merged.left)}{merged.top}, of splits ze."
                )


def moved_rules(sheet: str, tail: bytes, growths: Sequence[Growth]) -> bytes:
    """The part of a worksheet after its cells, with its rules and sparklines following the tables."""
    here = [growth for growth in growths if growth.sheet == sheet]

    def list_of_areas(tag: bytes) -> bytes:
        old = attribute(tag, b"sqref")
        new = moved_sqref(old.decode(), here).encode() if old else old
        return tag if new is None or new == old else with_attribute(tag, b"sqref", new)

    def formula(text: str) -> str:
        return moved_formula(text, growths, home=sheet)

    def rule(element: bytes) -> bytes:
        changed = change_texts(element, ("sqref",), lambda text: moved_sqref(text, here))
        return change_texts(changed, ("f", "formula", "formula1", "formula2"), formula)

    def sparklines(element: bytes) -> bytes:
        if any(growth.gone for growth in here):  # they move along with the cells they stand in
            element = change_texts(element, ("sqref",), lambda text: moved_sqref(text, here))
        return change_texts(
            element, ("f",), lambda text: moved_formula(text, growths, home=sheet, relative=True)
        )

    tail = change_tags(tail, _PLAIN, list_of_areas)
    tail = change_elements(tail, _RULES, rule)
    return change_elements(tail, ("sparklineGroup",), sparklines)


def in_the_way(sheet: str, table: str, row: int, column: int) -> Refused:
    """The refusal when a cell below the table holds something."""
    return Refused(
        f"Blad {sheet}: in cel {letters(column)}{row}, onder tabel {table}, staat al iets; daar zouden "
        "de nieuwe regels overheen gaan. Zet het ergens anders, of verwijder het."
    )
