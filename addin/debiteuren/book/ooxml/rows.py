"""The rows of one worksheet, written once more with other values in the meant cells.

ECMA-376 part 1: 18.3.1.73 (row), 18.3.1.35 (dimension). Rows that are not meant go through as the bytes they
are; of the others only the meant cells are replaced.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .cells import checked_order, formula_range, last_number, row_number
from .cellwriter import CellWriter, column_styles
from .fastrows import FastNewRows, FastRows
from .growth import Growth
from .markup import attribute, tag_pattern, with_attribute
from .ranges import moved_rules, refuse_merged
from .references import MAX_ROW, Area
from .refusals import Refused
from .stream import SheetStream
from .templates import Template
from .values import Encoder

_NOTHING: Mapping[int, object] = {}
_ARRAYS = (b"array", b"dataTable")


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """What is to become of one worksheet; growths are of all sheets, since rules here may look there."""

    sheet: str
    cells: Mapping[int, Mapping[int, object]]
    templates: tuple[Template, ...]
    growths: tuple[Growth, ...]


class SheetRewriter:
    """Writes one worksheet; afterwards changed and formulas_gone say what came of it."""

    def __init__(self, edit: SheetEdit, encoder: Encoder, stream: SheetStream) -> None:
        self._edit = edit
        self._stream = stream
        self._writer = CellWriter(edit.sheet, stream.words, encoder, edit.templates)
        self._writer.columns = column_styles(stream.head)
        self._fast = FastRows(self._writer)
        self._new_rows: dict[str, FastNewRows] = {}
        self._meant = self._meant_rows()
        self._goal = next(self._meant)
        self._previous = 0
        self._learns_from = min((t.growth.old for t in edit.templates), default=MAX_ROW + 1)
        self._usual = not stream.words.prefix  # and no array formulas
        self.changed = False

    @property
    def formulas_gone(self) -> bool:
        """Whether a cell lost its formula."""
        return self._writer.formulas_gone

    def rewrite(self) -> Iterator[bytes]:
        """The whole part, in pieces."""
        stream, prefix = self._stream, self._stream.words.prefix
        yield self._with_dimension(stream.head)
        if stream.closed:
            rows = b"".join(self._rows())
            yield b"<%bsheetData>%b</%bsheetData>" % (prefix, rows, prefix) if rows else stream.opening
        else:
            yield stream.opening
            yield from self._rows()
        refuse_merged(self._edit.sheet, stream.tail, [template.growth for template in self._edit.templates])
        tail = moved_rules(self._edit.sheet, stream.tail, self._edit.growths)
        self.changed |= tail != stream.tail
        yield tail

    def _meant_rows(self) -> Iterator[int]:
        """The rows to write, and those to learn from, ascending; zero after the last."""
        rows = set(self._edit.cells)
        for template in self._edit.templates:
            rows.update(range(template.growth.old, template.growth.new + 1))
        yield from sorted(rows - {0})
        yield 0

    def _rows(self) -> Iterator[bytes]:
        for block in self._stream.blocks():
            if any(word in block for word in _ARRAYS):
                self._note_arrays(block)
            if self._goal and self._goal <= last_number(block):
                yield b"".join(self._block(block))
            else:
                yield block
                self._previous = checked_order(block, self._previous, self._edit.sheet)
        while self._goal:
            yield self._new_row()

    def _block(self, block: bytes) -> list[bytes]:
        """One block of whole rows; what is not meant stays in slices of the block itself."""
        spelling, sheet = self._stream.words, self._edit.sheet
        out: list[bytes] = []
        flushed = position = 0
        while self._goal and (found := spelling.row.match(block, position)):
            number = row_number(found[1], self._previous, sheet)
            start, content = position, found.end()
            closed = bool(found[2])
            end = content if closed else block.find(spelling.row_end, content)
            if end < 0:
                raise Refused(f"Blad {sheet}: rij {number} is niet te lezen; het onderdeel is beschadigd.")
            if self._goal < number:
                out.append(block[flushed:start])
                flushed = start
                while 0 < self._goal < number:
                    out.append(self._new_row())
            if self._goal == number:
                body = block[content:end]
                new = self._edited(number, found[1], body)
                self._goal = next(self._meant)
                if new != body:
                    self.changed = True
                    tag = block[start:content]
                    out += (block[flushed:start], tag[:-2].rstrip() + b">" if closed else tag, new)
                    if closed:
                        out.append(spelling.row_end)
                    flushed = end
            position = end if closed else end + len(spelling.row_end)
            self._previous = number
        if self._goal and block[position:].strip():
            raise Refused(
                f"Blad {sheet}: na rij {self._previous} staat iets anders dan rijen. "
                "Sla de werkmap in Excel op."
            )
        out.append(block[flushed:])
        return out

    def _edited(self, number: int, attributes: bytes, body: bytes) -> bytes:
        values = self._edit.cells.get(number, _NOTHING)
        usual = body and self._usual and b"customF" not in attributes
        if number >= self._learns_from:
            self._writer.learn(number, attributes, body)
            given, values = values, self._writer.values(number, values)
            usual = usual and values is given
        if not values:
            return body
        new = self._fast.edited(number, body, values) if usual else None
        return self._writer.edited(number, attributes, body, values) if new is None else new

    def _new_row(self) -> bytes:
        number = self._goal
        self._goal = next(self._meant)
        given = self._edit.cells.get(number, {})
        row = self._fast_new_row(number, given)
        if row is None:
            row = self._writer.new_row(number, given)
        self.changed |= bool(row)
        return row

    def _fast_new_row(self, number: int, given: Mapping[int, object]) -> bytes | None:
        growing = [t for t in self._edit.templates if t.growth.old < number <= t.growth.new]
        if len(growing) != 1 or self._stream.words.prefix:
            return None
        name = growing[0].table
        if name not in self._new_rows:
            self._new_rows[name] = FastNewRows(self._writer, growing[0])
        return self._new_rows[name].row(number, given)

    def _note_arrays(self, block: bytes) -> None:
        for found in tag_pattern(("f",)).finditer(block):
            if attribute(found[0], b"t") in (b"array", b"dataTable") and (area := formula_range(found[0])):
                self._writer.arrays.append(area)
                self._usual = False

    def _with_dimension(self, head: bytes) -> bytes:
        """The part before the rows, its dimension wide enough for what is added."""
        found = tag_pattern(("dimension",)).search(head)
        old = Area.parse((attribute(found[0], b"ref") or b"").decode()) if found else None
        if not found or not old:
            return head
        left, top, right, bottom = old.left, old.top, old.right, old.bottom
        for number, cells in self._edit.cells.items():
            if not cells or (top <= number <= bottom and left <= min(cells) and max(cells) <= right):
                continue
            columns = [column for column, value in cells.items() if value is not None]
            if columns:
                left, right = min(left, *columns), max(right, *columns)
                top, bottom = min(top, number), max(bottom, number)
        for growth in (template.growth for template in self._edit.templates):
            if growth.new > growth.old:
                left, right, bottom = (
                    min(left, growth.left),
                    max(right, growth.right),
                    max(bottom, growth.new),
                )
        new = Area(left=left, top=top, right=right, bottom=bottom)
        if new == old:
            return head
        return (
            head[: found.start()] + with_attribute(found[0], b"ref", str(new).encode()) + head[found.end() :]
        )
