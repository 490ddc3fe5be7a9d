"""The usual row, edited without taking it apart: the cells of a table stand in the same order on every row.

The layout found on one row (which piece of it is which column) is tried on the next and checked there piece
by piece; a row that is otherwise goes the careful way of cellwriter. ECMA-376 part 1, 18.3.1.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .cells import split_cells, style_of
from .cellwriter import CellWriter
from .references import letters

_CELL = b'<c r="'
_STYLES = 4_096


@dataclass(frozen=True, slots=True)
class _Layout:
    pieces: int
    anchors: tuple[tuple[int, bytes], ...]  # pieces that must be of these columns, beside the meant ones
    meant: tuple[tuple[int, bool, bytes, int], ...]  # piece, whether the cell is there, letters, column


class FastRows:
    """Edits rows of one worksheet as long as they look like the row before."""

    def __init__(self, writer: CellWriter) -> None:
        self._writer = writer
        self._layouts: dict[tuple[int, ...], _Layout] = {}
        self._styles: dict[bytes, bytes] = {}

    def edited(self, number: int, body: bytes, values: Mapping[int, object]) -> bytes | None:
        """The body with these values, None when this row needs care."""
        key = tuple(values)
        layout = self._layouts.get(key)
        pieces = body.split(_CELL)
        if layout is None or len(pieces) != layout.pieces:
            layout = self._layouts[key] = self._learn(number, body, key)
            if len(pieces) != layout.pieces:
                return None
        row = b'%d"' % number
        for index, name in layout.anchors:
            piece = pieces[index]
            if not piece.startswith(name + row) or not _whole(piece):
                return None
        return self._written(number, row, pieces, layout, values)

    def _written(
        self, number: int, row: bytes, pieces: list[bytes], layout: _Layout, values: Mapping[int, object]
    ) -> bytes | None:
        payload, styles = self._writer.payload, self._styles
        for index, there, name, column in layout.meant:
            cell = name + row
            if not there:
                value = values[column]
                if value is None:
                    continue
                style = self._writer.absent_style(b"", column)
                pieces[index] += b"".join((_CELL, cell, style, payload(number, column, value)))
                continue
            piece = pieces[index]
            end = piece.find(b">")
            if not piece.startswith(cell) or piece.find(b"<f", end) >= 0:
                return None
            if piece[end - 1] == 47:  # an empty element
                attributes = piece[len(cell) : end - 1]
                if end != len(piece) - 1:
                    return None
            else:
                attributes = piece[len(cell) : end]
                if not piece.endswith(b"</c>"):
                    return None
            style = styles.get(attributes)
            if style is None:
                if len(styles) > _STYLES:
                    styles.clear()
                style = styles[attributes] = style_of(attributes)
            pieces[index] = cell + style + payload(number, column, values[column])
        return _CELL.join(pieces)

    def _learn(self, number: int, body: bytes, key: tuple[int, ...]) -> _Layout:
        spans = split_cells(self._writer.spelling, body, number, self._writer.sheet)
        places = {span.column: index for index, span in enumerate(spans, 1)}
        anchors: set[int] = set()
        meant = []
        for column in sorted(key):
            if column in places:
                meant.append((places[column], True, letters(column).encode(), column))
                continue
            before = sum(span.column < column for span in spans)
            anchors |= {before, before + 1}
            meant.append((before, False, letters(column).encode(), column))
        names = [
            (index, letters(spans[index - 1].column).encode())
            for index in anchors
            if 1 <= index <= len(spans)
        ]
        return _Layout(pieces=len(spans) + 1, anchors=tuple(names), meant=tuple(meant))


def _whole(piece: bytes) -> bool:
    """Whether a piece ends where its cell ends."""
    return piece.endswith(b"</c>") or piece.find(b">") == len(piece) - 1
