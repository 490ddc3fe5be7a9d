"""xlwings' tables, filters and names on LibreOffice, which calls tables database ranges."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.base_classes import empty_autofilter_criteria

from live.uno_range import CONTENTS, Range

if TYPE_CHECKING:
    from live.uno_engine import Book, Sheet

# com.sun.star.sheet.FilterOperator2
_OPERATORS = {
    "equal_to": 2,
    "not_equal_to": 3,
    "greater_than": 4,
    "greater_than_or_equal": 5,
    "less_than": 6,
    "less_than_or_equal": 7,
}
_STRING, _NUMERIC = 1, 0  # com.sun.star.sheet.FilterFieldType


class Tables(base_classes.Tables):
    """The tables of one sheet."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    def _all(self) -> list["Table"]:
        sheet = self._sheet
        return [Table(sheet, native) for native in sheet.book.tables_on(sheet.index - 1)]

    def __iter__(self) -> Iterator["Table"]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: str | int) -> "Table":
        if isinstance(key, int):
            return self._all()[key - 1]
        return next(table for table in self._all() if table.name == key)


class Table(base_classes.Table):
    """A database range that came from an Excel table."""

    def __init__(self, sheet: "Sheet", native: Any) -> None:  # noqa: ANN401 - UNO has no types
        self._sheet = sheet
        self.native = native

    @property
    def parent(self) -> "Sheet":
        return self._sheet

    @property  # type: ignore[misc] # nobody renames a table here
    def name(self) -> str:
        return str(self.native.Name)

    @property
    def range(self) -> Range:
        return Range.of_address(self._sheet, self.native.DataArea)

    def resize(self, area: Any) -> None:  # noqa: ANN401 - xlwings passes its own Range
        self.native.DataArea = area.impl.cells.RangeAddress

    @property
    def show_totals(self) -> bool:
        return bool(self.native.TotalsRow)

    @show_totals.setter
    def show_totals(self, shown: bool) -> None:
        """As Excel: the row goes with its formulas, and comes back below the table as it then is."""
        kept = self._sheet.book.totals
        area = self.native.DataArea
        if self.show_totals and not shown:
            row = self._row(area.EndRow)
            kept[self.name] = row.getFormulaArray()
            row.clearContents(CONTENTS)
            area.EndRow -= 1
        elif shown and not self.show_totals:
            area.EndRow += 1
            self._row(area.EndRow).setFormulaArray(kept.pop(self.name))
        self.native.DataArea = area
        self.native.TotalsRow = shown

    def _row(self, row: int) -> Any:  # noqa: ANN401 - UNO has no types
        area = self.native.DataArea
        return self._sheet.native.getCellRangeByPosition(area.StartColumn, row, area.EndColumn, row)

    @property
    def autofilter(self) -> "AutoFilter":
        return AutoFilter(self)


class AutoFilter(base_classes.AutoFilter):
    """The filter buttons of a table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def _fields(self) -> list[Any]:
        return list(self._table.native.getFilterDescriptor().getFilterFields3())

    @property
    def criteria(self) -> list[dict[str, Any]]:
        width = self._table.range.shape[1]
        found = [empty_autofilter_criteria(field) for field in range(1, width + 1)]
        words = {number: word for word, number in _OPERATORS.items()}
        for native in self._fields:
            field = empty_autofilter_criteria(native.Field + 1, "unknown")
            texts = [value.StringValue or f"{value.NumericValue:g}" for value in native.Values]
            if native.Operator == _OPERATORS["equal_to"]:
                field.update(type="values", values=texts)
            elif native.Operator in words:
                field.update(type="comparison", operator=words[native.Operator], value1=texts[0])
            found[native.Field] = field
        return found

    def apply_values(self, field: int, values: list[str]) -> None:
        self._set(field, "equal_to", values)

    def apply_comparison(self, field: int, operator: str, value1: str, value2: str | None) -> None:
        if value2 is not None:
            raise NotImplementedError(operator)
        self._set(field, operator, [value1])

    def clear(self, field: int | None) -> None:
        self._apply([native for native in self._fields if field is not None and native.Field != field - 1])

    def set_top_items(self, field: int, count: int) -> None:
        """A filter that xlwings can't put back: its answer about it is "unknown"."""
        top_values = 8
        self._set(field, "equal_to", [str(count)])
        fields = self._fields
        fields[-1].Operator = top_values
        self._apply(fields)

    def _set(self, field: int, operator: str, values: list[str]) -> None:
        struct = self._table.parent.book.app.struct
        native = struct("com.sun.star.sheet.TableFilterField3")
        native.Field, native.Operator = field - 1, _OPERATORS[operator]
        given = []
        for text in values:
            value = struct("com.sun.star.sheet.FilterFieldValue")
            is_number = text.lstrip("-").isdigit()
            value.FilterType = _NUMERIC if is_number else _STRING
            value.NumericValue, value.StringValue = (float(text), "") if is_number else (0.0, text)
            given.append(value)
        native.Values = tuple(given)
        self._apply([*(other for other in self._fields if other.Field != field - 1), native])

    def _apply(self, fields: list[Any]) -> None:
        descriptor = self._table.native.getFilterDescriptor()
        descriptor.setFilterFields3(tuple(fields))
        self._table.native.refresh()


class Names(base_classes.Names):
    """The defined names of a book."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def contains(self, name: str) -> bool:
        return bool(self._book.document.NamedRanges.hasByName(name))

    def __call__(self, name: str) -> "Name":
        return Name(self._book, self._book.document.NamedRanges.getByName(name))


class Name(base_classes.Name):
    """One defined name."""

    def __init__(self, book: "Book", native: Any) -> None:  # noqa: ANN401 - UNO has no types
        self._book = book
        self._native = native

    @property
    def refers_to_range(self) -> Range:
        cells = self._native.getReferredCells()
        if cells is None:
            raise ValueError(f"{self._native.Name} refers to no cells")
        address = cells.RangeAddress
        return Range.of_address(self._book.sheets(address.Sheet + 1), address)
