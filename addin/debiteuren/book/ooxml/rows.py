"""The rows of one worksheet, written once more with other values in the meant cells.

ECMA-376 part 1: 18.3.1.73 (row), 18.3.1.35 (dimension). Rows that are not meant go through as the bytes they
are; of the others only the meant cells are replaced. The attributes of a row stay as they are, its spans too,
a hint that need not be there nor be exact; a new row has none.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from .cells import checked_order, first_number, formula_range, last_number, row_number
from .cellwriter import CellWriter, column_styles
from .fastblocks import MAX_ROWS, FastBlocks, FastNewBlocks
from .fastrows import FastRows
from .growth import Growth
from .markup import attribute, tag_pattern, with_attribute
from .moving import MovingRows
from .ranges import moved_rules, refuse_hidden, refuse_merged
from .references import MAX_ROW, Area
from .refusals import Refused
from .removal import Removal
from .sheet_cells import SheetCells
from .stream import SheetStream
from .templates import Template
from .values import Encoder

_ARRAYS = (b"array", b"dataTable")


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """What is to become of one worksheet; growths are of all sheets, since rules here may look there."""

    sheet: str
    cells: SheetCells
    templates: tuple[Template, ...]
    growths: tuple[Growth, ...]
    removals: tuple[Removal, ...] = ()


class SheetRewriter:
    """Writes one worksheet; afterwards changed and formulas_gone say what came of it."""

    def __init__(self, edit: SheetEdit, encoder: Encoder, stream: SheetStream) -> None:
        self._edit = edit
        self._stream = stream
        self._writer = CellWriter(edit.sheet, stream.words, encoder, edit.templates)
        self._writer.columns = column_styles(stream.head)
        self._fast = FastRows(self._writer)
        self._fast_blocks = FastBlocks(encoder)
        self._new_blocks: dict[str, FastNewBlocks] = {}
        self._careful_until = 0
        self._stretches = edit.cells.stretches()
        self._meant = self._meant_rows()
        self._at = 0
        self._previous = 0
        self._learns_from = min((t.growth.old for t in edit.templates), default=MAX_ROW + 1)
        self._usual = not stream.words.prefix  # and no array formulas
        self._moving = [MovingRows(removal, stream.words, edit.sheet) for removal in edit.removals]
        self.changed = bool(self._moving)

    @property
    def formulas_gone(self) -> bool:
        """Whether a cell lost its formula, or a formula its cell."""
        return self._writer.formulas_gone or any(moving.formulas for moving in self._moving)

    @property
    def _goal(self) -> int:
        """The next row to write or to learn from; zero after the last."""
        return self._meant[self._at]

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
        refuse_hidden(self._edit.sheet, stream.tail, self._edit.cells)
        tail = moved_rules(self._edit.sheet, stream.tail, self._edit.growths)
        self.changed |= tail != stream.tail
        yield tail

    def _meant_rows(self) -> list[int]:
        """The rows to write, and those to learn from, ascending; then zero."""
        rows = self._edit.cells.rows()
        for template in self._edit.templates:
            rows.update(range(template.growth.old, template.growth.new + 1))
        return [*sorted(rows - {0}), 0]

    def _rows(self) -> Iterator[bytes]:
        blocks = self._stream.blocks()
        for moving in self._moving:
            blocks = moving.blocks(blocks)
        for block in blocks:
            if b"ref" in block and any(word in block for word in _ARRAYS):
                self._note_arrays(block)
            last = last_number(block)
            if not self._goal or self._goal > last:
                yield block
                self._previous = checked_order(block, self._previous, self._edit.sheet)
            elif (new := self._whole_block(block, last)) is not None:
                yield new
            else:
                yield b"".join(self._block(block))
        yield from self._new_rows_before(MAX_ROW + 1)

    def _whole_block(self, block: bytes, last: int) -> bytes | None:
        """The block with all its rows edited at once; None when they are not all written in the same way."""
        first = first_number(block)
        if not self._usual or not self._previous < first == self._goal or last >= self._learns_from:
            return None
        values = self._stretches.values(first, last)
        new = self._fast_blocks.edited(block, first, last, values) if values else None
        if new is not None:
            self.changed |= new != block
            self._at = bisect_right(self._meant, last, self._at, len(self._meant) - 1)
            self._previous = last
        return new

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
                out += self._new_rows_before(number)
            if self._goal == number:
                body = block[content:end]
                new = self._edited(number, found[1], body)
                self._at += 1
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
        values = self._edit.cells.row(number)
        usual = body and self._usual and b"customF" not in attributes
        if number >= self._learns_from:
            self._writer.learn(number, attributes, body)
            given, values = values, self._writer.values(number, values)
            usual = usual and values is given
        if not values:
            return body
        new = self._fast.edited(number, body, values) if usual else None
        return self._writer.edited(number, attributes, body, values) if new is None else new

    def _new_rows_before(self, end: int) -> Iterator[bytes]:
        """The rows that the sheet does not have yet, as far as they come before that one."""
        while 0 < self._goal < end:
            number = self._goal
            written = self._growing_rows(number, end)
            if written is None:
                written = self._writer.new_row(number, self._edit.cells.row(number))
                self._at += 1
            self.changed |= bool(written)
            yield written

    def _growing_rows(self, number: int, end: int) -> bytes | None:
        """As many new rows of a table as can be written at once; None when this row needs care."""
        last = min(number + MAX_ROWS, end) - 1
        growing = [t for t in self._edit.templates if t.growth.old < last and number <= t.growth.new]
        if number < self._careful_until or len(growing) != 1 or self._stream.words.prefix:
            return None
        template = growing[0]
        last = min(last, template.growth.new)
        if template.table not in self._new_blocks:
            self._new_blocks[template.table] = FastNewBlocks(self._writer, template)
        values = self._stretches.values(number, last) if template.growth.old < number else None
        written = self._new_blocks[template.table].rows(number, last, values) if values else None
        if written is None:
            self._careful_until = last + 1
        else:
            self._at += last - number + 1
        return written

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
        for column, first, last in self._edit.cells.filled():
            left, top, right, bottom = (
                min(left, column),
                min(top, first),
                max(right, column),
                max(bottom, last),
            )
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
