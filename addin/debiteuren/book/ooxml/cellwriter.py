"""One row with other values in its meant cells, or a new row.

ECMA-376 part 1: 18.3.1.4 (c), 18.3.1.40 (f), 18.3.1.13 (col: the format of cells that are not there).
"""

from collections.abc import Mapping

from .cells import Span, Words, formula_tag, is_empty, placed, split_cells, style_of
from .markup import attribute, tag_pattern
from .ranges import in_the_way
from .references import MAX_ROW, Area, has_relative_rows, letters, moved_down
from .refusals import Refused
from .templates import Template
from .values import Encoder, Formula, Raw, formula_payload


def column_styles(head: bytes) -> tuple[tuple[int, int, bytes], ...]:
    """First column, last column and style of each <col> that has one."""
    found = []
    for tag in tag_pattern(("col",)).findall(head):
        style = attribute(tag, b"style")
        if style is not None:
            first, last = int(attribute(tag, b"min") or 0), int(attribute(tag, b"max") or 0)
            found.append((first, last, b' s="%b"' % style))
    return tuple(found)


class CellWriter:
    """Writes the rows of one worksheet; formulas_gone says whether a formula was overwritten."""

    def __init__(
        self, sheet: str, spelling: Words, encoder: Encoder, templates: tuple[Template, ...]
    ) -> None:
        self.sheet = sheet
        self.spelling = spelling
        self.encoder = encoder
        self.templates = templates
        self.columns: tuple[tuple[int, int, bytes], ...] = ()
        self.arrays: list[Area] = []
        self.formulas_gone = False
        self._first_new = min((t.growth.old for t in templates), default=MAX_ROW) + 1

    def values(self, number: int, given: Mapping[int, object]) -> Mapping[int, object]:
        """The meant cells of a row: what was set, and in a table's new rows every column of it."""
        if number < self._first_new:
            return given
        growing = [t.growth for t in self.templates if t.growth.old < number <= t.growth.new]
        if not growing:
            return given
        values: dict[int, object] = {}
        for growth in growing:
            values |= dict.fromkeys(range(growth.left, growth.right + 1))
        values.update(given)
        return values

    def learn(self, number: int, attributes: bytes, body: bytes) -> None:
        """Keep what new rows below this row will need of it."""
        for template in self.templates:
            growth = template.growth
            if growth.old == number >= growth.first:
                absent = {c: self.absent_style(attributes, c) for c in range(growth.left, growth.right + 1)}
                template.learn(self.spelling, attributes, body, self.sheet, absent)

    def absent_style(self, row_attributes: bytes, column: int) -> bytes:
        """The format in which a cell shows that is not in the file: its row's, else its column's."""
        if attribute(row_attributes, b"customFormat") in (b"1", b"true"):
            return style_of(row_attributes)
        return next((style for first, last, style in self.columns if first <= column <= last), b"")

    def new_style(self, template: Template, column: int) -> bytes:
        """The format of a cell in a table's new rows."""
        return template.styles[column] if template.styles else self.absent_style(b"", column)

    def new_row(self, number: int, given: Mapping[int, object]) -> bytes:
        """A whole row that was not there; nothing when it would be empty."""
        values = self.values(number, given)
        cells = [self._new_cell(number, column, values[column], b"") for column in sorted(values)]
        written = b"".join(cells)
        if not written:
            return b""
        template = next((t for t in self.templates if t.growth.old < number <= t.growth.new), None)
        attributes = template.attributes if template else b""
        prefix = self.spelling.prefix
        return b'<%brow r="%d"%b>%b</%brow>' % (prefix, number, attributes, written, prefix)

    def edited(self, number: int, attributes: bytes, body: bytes, values: Mapping[int, object]) -> bytes:
        """The body of a row with these values in their cells."""
        spans = split_cells(self.spelling, body, number, self.sheet)
        out: list[bytes] = []
        position = index = 0
        for column in sorted(values):
            while index < len(spans) and spans[index].column < column:
                index += 1
            if index < len(spans) and spans[index].column == column:
                span = spans[index]
                out += (body[position : span.start], self._replaced(number, span, body, values[column]))
                position = span.end
            else:
                place = spans[index].start if index < len(spans) else spans[-1].end if spans else 0
                out += (body[position:place], self._new_cell(number, column, values[column], attributes))
                position = place
        out.append(body[position:])
        return b"".join(out)

    def payload(self, number: int, column: int, value: object) -> bytes:
        """What stands behind the style of a cell."""
        try:
            if isinstance(value, Formula):
                return self._formula(number, column, value)
            return self.encoder.payload(value)
        except Refused as refusal:
            raise Refused(f"Blad {self.sheet}, cel {letters(column)}{number}: {refusal}") from None

    def _formula(self, number: int, column: int, formula: Formula) -> bytes:
        reference = f"{letters(column)}{number}".encode()
        if formula.array:
            return formula_payload(formula.text, array_reference=reference)
        if not has_relative_rows(formula.text):
            return formula_payload(formula.text)
        template = next((t for t in self.templates if t.covers(number, column)), None)
        if template is None or column not in template.formulas:
            raise Refused(
                "de formule van deze berekende kolom verwijst naar losse cellen en is niet over te nemen. "
                "Schrijf haar met kolomnamen, zoals [@Bedrag]."
            )
        return formula_payload(moved_down(template.formulas[column], number - template.growth.old))

    def cell(self, number: int, column: int, style: bytes, payload: bytes) -> bytes:
        """A whole <c> element."""
        return placed(number, column, style, payload, self.spelling.prefix)

    def _new_cell(self, number: int, column: int, value: object, row_attributes: bytes) -> bytes:
        template = next((t for t in self.templates if t.covers(number, column)), None)
        if template:
            style = self.new_style(template, column)
        elif value is None:
            return b""
        else:
            style = self.absent_style(row_attributes, column)
        if value is None and not style:
            return b""
        if isinstance(value, Raw):
            return self.cell(number, column, value.style, value.payload)
        return self.cell(number, column, style, self.payload(number, column, value))

    def _replaced(self, number: int, span: Span, body: bytes, value: object) -> bytes:
        text = body[span.start : span.end]
        template = next((t for t in self.templates if t.covers(number, span.column)), None)
        in_way = template or self._moving_totals(number, span.column)
        if in_way and number != in_way.totals_row and not is_empty(text):
            raise in_the_way(self.sheet, in_way.table, number, span.column)
        tag = formula_tag(text)
        if (isinstance(value, Formula) and tag) or (value is None and not template and is_empty(text)):
            return text
        if not isinstance(value, Raw):  # who moves cells has looked at this (removal.py, totals.py)
            self._refuse_masters(number, span.column, tag)
        self.formulas_gone |= tag is not None
        if isinstance(value, Raw):
            return self.cell(number, span.column, value.style, value.payload)
        style = style_of(body[span.start : span.tag_end])
        if template and template.styles:
            style = template.styles[span.column]
        return self.cell(number, span.column, style, self.payload(number, span.column, value))

    def _moving_totals(self, number: int, column: int) -> Template | None:
        """The table that grows and whose totals row comes to stand here."""
        for template in self.templates:
            growth = template.growth
            down = growth.totals and growth.new > growth.old and number == growth.new + growth.totals
            if down and growth.left <= column <= growth.right:
                return template
        return None

    def _refuse_masters(self, number: int, column: int, tag: bytes | None) -> None:
        place = f"Blad {self.sheet}, cel {letters(column)}{number}"
        master = attribute(tag, b"ref") if tag is not None else None
        if master is not None:
            raise Refused(
                f"{place}: hier begint een formule die voor {master.decode()} samen geldt; "
                "die overschrijven wij niet. Haal de formule in Excel weg."
            )
        here = Area(left=column, top=number, right=column, bottom=number)
        area = next((area for area in self.arrays if area.meets(here)), None)
        if area:
            raise Refused(
                f"{place}: deze cel hoort bij de matrixformule voor {area}; die overschrijven wij niet. "
                "Haal de formule in Excel weg."
            )
