"""From what was asked to the parts that change, made and compressed before anything is written.

ECMA-376 part 1: 12.3.1 and 18.6 (the calculation chain names the cells that hold a formula; it may be
left out, but may not name a cell that holds none), 18.2.2 (fullCalcOnLoad).
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from .ahead import Ahead
from .archive import Archive
from .deflate import Deflated, deflate
from .edits import Edits
from .followers import changed_followers, moved_names, tails
from .growth import Growth
from .readback import check_part, check_sheet
from .refusals import Refused
from .relationships import CONTENT_TYPES, rels_name, without_part
from .rows import SheetEdit, SheetRewriter
from .sheet_cells import SheetCells
from .stream import SheetStream
from .tables import begun, resized
from .totals import moved_totals
from .values import Encoder
from .widen import with_columns, with_names
from .workbook import Workbook, calculated_on_load

_PER_ROW = 60


@dataclass(frozen=True, slots=True)
class Built:
    """The changed parts by their name in the file, the dropped ones, and the tables as they must read."""

    changed: dict[str, Deflated]
    dropped: frozenset[str]
    tables: dict[str, str]


def build(archive: Archive, workbook: Workbook, edits: Edits) -> Built | None:
    """Everything that changes; None when nothing does."""
    if workbook.linked("revisionHeaders"):
        raise Refused(
            f"{archive.path.name} is een gedeelde werkmap die alle wijzigingen bijhoudt. Zet dat uit "
            "in Excel, bij Controleren > Werkmap delen (oude versie)."
        )
    growths = {
        name: growth for name, growth in edits.growths().items() if growth.new != growth.old or growth.gone
    }
    encoder = Encoder(date1904=workbook.date1904)
    touched = frozenset(edits.cells) | {growth.sheet for growth in growths.values()}
    others = Ahead(tails(archive, workbook, touched)) if growths else iter(())
    changed: dict[str, Deflated] = {}
    formulas_gone = False
    for sheet in [name for name in workbook.sheets if name in touched]:
        part = workbook.sheets[sheet]
        templates = tuple(
            edits.template(name, growth) for name, growth in growths.items() if growth.sheet == sheet
        )
        cells = _with_totals(archive, workbook, edits, sheet, growths)
        removals = tuple(each for each in edits.removals.values() if each.growth.sheet == sheet)
        edit = SheetEdit(sheet, cells, templates, tuple(growths.values()), removals)
        rewriter = SheetRewriter(edit, encoder, SheetStream.of(archive, part, sheet))
        deflated = deflate(
            rewriter.rewrite(),
            expected=archive.size(part) + _PER_ROW * len(edit.cells.rows()),
            check=partial(check_sheet, part, sheet),
        )
        if rewriter.changed:
            changed[archive.name(part)] = deflated
            formulas_gone |= rewriter.formulas_gone
    small = _tables_and_followers(archive, workbook, edits, growths, others)
    parts = {name: data for name, data in edits.parts.items() if data != archive.read(name)}
    if not changed and not small and not parts and not edits.names:
        return None
    dropped = frozenset[str]()
    if formulas_gone:
        dropped = _drop_calculation_chain(archive, workbook, small)
    data = archive.read(workbook.part)
    if growths:
        data = moved_names(workbook, data, tuple(growths.values()))
    if edits.names:
        data = with_names(workbook.part, data, edits.names)
    if changed or small or edits.names:
        small[workbook.part] = calculated_on_load(workbook.part, data)
    for part, new in (small | parts).items():
        if new != archive.read(part):
            changed[archive.name(part)] = deflate([new], expected=len(new), check=partial(check_part, part))
    tables = {name: str(edits.area(edits.tables[name])) for name in edits.tables}
    return Built(changed=changed, dropped=dropped, tables=tables)


def _with_totals(
    archive: Archive, workbook: Workbook, edits: Edits, sheet: str, growths: dict[str, Growth]
) -> SheetCells:
    """The cells to set on a sheet, with those of the totals rows that move."""
    cells = edits.cells.get(sheet) or SheetCells()
    moving = [name for name, growth in growths.items() if growth.sheet == sheet and growth.totals]
    if not moving:
        return cells
    cells = cells.copy()
    for name in moving:
        for row, column, value in moved_totals(archive, workbook, edits.tables[name], growths[name]):
            cells.put(row, column, value)
    return cells


def _tables_and_followers(
    archive: Archive,
    workbook: Workbook,
    edits: Edits,
    growths: dict[str, Growth],
    others: Iterator[tuple[str, str, bytes]],
) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    if growths:
        parts |= changed_followers(archive, workbook, tuple(growths.values()), others, growths)
    for name, columns in edits.columns.items():
        part = edits.tables[name].part
        parts[part] = with_columns(part, archive.read(part), columns)
    for name, growth in growths.items():
        part = edits.tables[name].part
        parts[part] = resized(part, parts.get(part) or archive.read(part), growth)
    for table in edits.tables.values():
        if table.waits and (table.name in growths or edits.fills(table)):
            parts[table.part] = begun(table.part, parts.get(table.part) or archive.read(table.part))
    return parts


def _drop_calculation_chain(archive: Archive, workbook: Workbook, small: dict[str, bytes]) -> frozenset[str]:
    """Leave the calculation chain out, with its relationship and its content type; Excel makes a new one."""
    chains = [part for part in workbook.linked("calcChain") if part in archive]
    folder = posixpath.dirname(workbook.part)
    for chain in chains:
        for name, base in ((rels_name(workbook.part), folder), (CONTENT_TYPES, "")):
            small[name] = without_part(name, small.get(name) or archive.read(name), chain, base)
    return frozenset(archive.name(chain) for chain in chains)
