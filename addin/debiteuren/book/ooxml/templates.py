"""What the new rows of a table look like: like the last data row above them.

ECMA-376 part 1: 18.3.1.73 (row: s, customFormat, ht, customHeight), 18.5.1.1 (calculatedColumnFormula).
"""

from dataclasses import dataclass, field

from .cells import Words, formula_tag, split_cells, style_of
from .growth import Growth
from .markup import attribute, unescape

_KEPT = (b"s", b"customFormat", b"x14ac:dyDescent")
_KEPT_HEIGHT = (b"ht", b"customHeight")


@dataclass(slots=True)
class Template:
    """One table that grows on a worksheet; growth.old is its last row once rows have gone."""

    table: str
    growth: Growth
    totals_row: int = 0  # where the file has the totals, if it has any
    attributes: bytes = b""
    styles: dict[int, bytes] = field(default_factory=dict)
    formulas: dict[int, str] = field(default_factory=dict)

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell is one of the new ones."""
        growth = self.growth
        return growth.old < row <= growth.new and growth.left <= column <= growth.right

    def learn(
        self, spelling: Words, attributes: bytes, body: bytes, sheet: str, styles: dict[int, bytes]
    ) -> None:
        """Take over height, formats and formulas of the last data row; styles: those of absent cells."""
        fixed = attribute(attributes, b"customHeight") in (b"1", b"true")
        kept = [(name, attribute(attributes, name)) for name in _KEPT + (_KEPT_HEIGHT if fixed else ())]
        self.attributes = b"".join(b' %b="%b"' % (name, value) for name, value in kept if value is not None)
        self.styles = dict(styles)
        for span in split_cells(spelling, body, self.growth.old, sheet):
            if span.column not in self.styles:
                continue
            text = body[span.start : span.end]
            self.styles[span.column] = style_of(body[span.start : span.tag_end])
            tag = formula_tag(text)
            if tag and not tag.endswith(b"/>") and attribute(tag, b"t") in (None, b"normal"):
                inner = text[text.index(tag) + len(tag) :]
                self.formulas[span.column] = unescape(inner[: inner.index(b"<")])
