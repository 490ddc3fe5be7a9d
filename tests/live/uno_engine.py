"""An xlwings engine on LibreOffice over UNO: our real xlwings code, against a real spreadsheet program.

Only what the product uses, and stricter than Excel where Excel would silently change a value (uno_values.py)
or write beside a filter. Every exception of UNO becomes one of xlwings.
"""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any, ClassVar

import xlwings
from xlwings import base_classes

from libreoffice import Office, load_uno
from live.uno_range import Range
from live.uno_tables import AutoFilter, Name, Names, Table, Tables


class Engine:
    """What xlwings asks of an engine."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.app: App | None = None

    @property
    def apps(self) -> "Apps":
        return Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: object, _options: object) -> object:
        """A value on its way to the cells."""
        return "" if value is None else value


class Apps(base_classes.Apps):
    """The one LibreOffice there is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __iter__(self) -> Iterator["App"]:
        return iter([self._engine.app] if self._engine.app else [])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __getitem__(self, _pid: int) -> "App":
        return next(iter(self))

    def keys(self) -> list[int]:
        return [app.pid for app in self]


class App(base_classes.App):
    """LibreOffice, with the settings that only Excel has kept as plain values."""

    status_bar: object = False
    screen_updating = True
    enable_events = True
    display_alerts = True
    calculation = "automatic"

    def __init__(self, engine: Engine, office: Office) -> None:
        self._engine = engine
        self.office = office
        self.desktop: Any = office.service("com.sun.star.frame.Desktop")

    @property
    def engine(self) -> Engine:
        return self._engine

    @property
    def pid(self) -> int:
        return self.office.port

    @property
    def books(self) -> "Books":
        return Books(self)

    @property
    def selection(self) -> Range | None:
        """The selected cells of the window in front; of several blocks the first."""
        book = Books(self).active
        found = book.document.CurrentController.Selection
        if found.supportsService("com.sun.star.sheet.SheetCellRanges"):
            found = found.getByIndex(0)
        if not found.supportsService("com.sun.star.sheet.SheetCellRange"):
            return None
        return Range.of_address(book.sheets(found.RangeAddress.Sheet + 1), found.RangeAddress)

    def struct(self, name: str) -> Any:  # noqa: ANN401 - UNO has no types
        """A new struct of that name."""
        return load_uno().createUnoStruct(name)

    def calculate(self) -> None:
        for book in self.books:
            book.document.calculateAll()


class Books(base_classes.Books):
    """The open workbooks."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __iter__(self) -> Iterator["Book"]:
        components = self.app.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                yield Book(self.app, document)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __call__(self, name: str) -> "Book":
        for book in self:
            if book.name == name:
                return book
        raise KeyError(name)

    @property
    def active(self) -> "Book":
        return next(iter(self))

    def open(self, fullname: str, *_: object, **__: object) -> "Book":
        """Open a file, with its formulas calculated, as Excel does when a file asks for it."""
        properties = []
        for name, value in (("Hidden", True), ("MacroExecutionMode", 0), ("UpdateDocMode", 0)):
            given = self.app.struct("com.sun.star.beans.PropertyValue")
            given.Name, given.Value = name, value
            properties.append(given)
        url = Path(fullname).absolute().as_uri()
        document = self.app.desktop.loadComponentFromURL(url, "_blank", 0, tuple(properties))
        if document is None:
            raise xlwings.XlwingsError(f"LibreOffice could not open {fullname}")
        document.UndoManager.lock()
        document.calculateAll()
        return Book(self.app, document)


class Book(base_classes.Book):
    """One workbook; never saved by LibreOffice over an .xlsm that matters, which would damage it."""

    # Kept per document, because xlwings makes a Book anew at every turn.
    _totals: ClassVar[dict[str, dict[str, Any]]] = {}
    _kinds: ClassVar[dict[tuple[str, int], int]] = {}
    _sheets: ClassVar[dict[tuple[str, str | int], Any]] = {}
    _tables: ClassVar[dict[str, dict[int, list[Any]]]] = {}

    def __init__(self, app: App, document: Any) -> None:  # noqa: ANN401 - UNO has no types
        self._app = app
        self.document = document

    @property
    def app(self) -> App:
        return self._app

    @property
    def fullname(self) -> str:
        return str(load_uno().fileUrlToSystemPath(self.document.URL))

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def sheets(self) -> "Sheets":
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def totals(self) -> dict[str, Any]:
        """The formulas of rows of totals that are switched off."""
        return self._totals.setdefault(self.document.RuntimeUID, {})

    def native_sheet(self, key: str | int) -> Any:  # noqa: ANN401 - UNO has no types
        """A sheet by its name or number (from 1); asked of LibreOffice once, because none comes or goes."""
        known = (self.document.RuntimeUID, key)
        if known not in self._sheets:
            sheets = self.document.Sheets
            self._sheets[known] = (
                sheets.getByIndex(key - 1) if isinstance(key, int) else sheets.getByName(key)
            )
        return self._sheets[known]

    def tables_on(self, sheet: int) -> list[Any]:
        """The database ranges on a sheet (from 0); asked of LibreOffice once, because none comes or goes."""
        uid = self.document.RuntimeUID
        if uid not in self._tables:
            found: dict[int, list[Any]] = {}
            ranges = self.document.DatabaseRanges
            for native in (ranges.getByIndex(index) for index in range(ranges.Count)):
                if native.IsUserDefined:
                    found.setdefault(native.DataArea.Sheet, []).append(native)
            self._tables[uid] = found
        return self._tables[uid].get(sheet, [])

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if path is not None or password is not None:
            raise NotImplementedError
        self.document.store()

    def close(self) -> None:
        self.document.close(True)

    def format_key(self, code: str) -> int:
        """LibreOffice's number of an Excel format code."""
        formats, locale = self.document.NumberFormats, self.app.struct("com.sun.star.lang.Locale")
        if code == "General":
            return int(formats.getStandardIndex(locale))
        key = formats.queryKey(code, locale, False)
        return int(key if key >= 0 else formats.addNew(code, locale))

    def format_code(self, key: int) -> str:
        """The code of a format, as far as our own formats go in Excel's spelling."""
        code: str = self.document.NumberFormats.getByKey(key).FormatString
        known = {"DD-MM-YYYY": "dd-mm-yyyy", "DD-MM-YYYY HH:MM": "dd-mm-yyyy hh:mm"}
        return known.get(code, code)

    def format_kind(self, key: int) -> int:
        """The com.sun.star.util.NumberFormat flags of a format."""
        known = (self.document.RuntimeUID, key)
        if known not in self._kinds:
            self._kinds[known] = int(self.document.NumberFormats.getByKey(key).Type)
        return self._kinds[known]


class Sheets(base_classes.Sheets):
    """The sheets of a book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def __iter__(self) -> Iterator["Sheet"]:
        return (self(index + 1) for index in range(len(self)))

    def __len__(self) -> int:
        return int(self._book.document.Sheets.Count)

    def __call__(self, key: str | int) -> "Sheet":
        return Sheet(self._book, self._book.native_sheet(key))

    @property
    def active(self) -> "Sheet":
        return Sheet(self._book, self._book.document.CurrentController.ActiveSheet)


class Sheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, book: Book, native: Any) -> None:  # noqa: ANN401 - UNO has no types
        self._book = book
        self.native = native

    @property
    def book(self) -> Book:
        return self._book

    @property  # type: ignore[misc] # nobody renames a sheet here
    def name(self) -> str:
        return str(self.native.Name)

    @property
    def index(self) -> int:
        return int(self.native.RangeAddress.Sheet) + 1

    @property
    def tables(self) -> Tables:
        return Tables(self)

    def range(self, first: Any, last: Any = None) -> Range:  # noqa: ANN401 - a Range, an address or a tuple
        """Cells by Range, (row, column), (row, column, height, width) or an address such as "A1:B2"."""
        if isinstance(first, str):
            return Range.of_address(self, self.native.getCellRangeByName(first).RangeAddress)
        if isinstance(first, tuple) and last is None and len(first) == 4:
            return Range(self, *first)
        row, column = first if isinstance(first, tuple) else (first.row, first.column)
        last = last or first
        end_row, end_column = last if isinstance(last, tuple) else (last.row, last.column)
        return Range(self, row, column, end_row - row + 1, end_column - column + 1)

    def activate(self) -> None:
        self.book.document.CurrentController.ActiveSheet = self.native

    def refuse_filtered(self, area: Range) -> None:
        """Excel would skip rows that a filter hides and repeat the first value (xlwings issue #747)."""
        for table in self.tables:
            where = table.range
            meets = area.row < where.row + where.shape[0] and where.row < area.row + area.shape[0]
            if meets and any(field["type"] != "none" for field in table.autofilter.criteria):
                raise xlwings.XlwingsError(f"{area.address} is written while {table.name} is filtered")


def install(office: Office) -> xlwings.App:
    """Make this engine the one xlwings uses, on a running LibreOffice."""
    name = Engine.name
    if name not in xlwings.engines.engines_by_name:
        xlwings.engines.add(xlwings.main.Engine(impl=Engine()))
    engine = xlwings.engines[name]
    engine.impl.app = App(engine.impl, office)
    engine.activate()
    return xlwings.apps[office.port]


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """UNO's exceptions can't pass a contextlib context manager: their traceback can't be set."""
    refused = load_uno().getClass("com.sun.star.uno.Exception")

    @functools.wraps(function)
    def guarded(*args: Any, **keywords: Any) -> Any:  # noqa: ANN401 - any method of the engine
        text = ""
        try:
            return function(*args, **keywords)
        except refused as error:
            text = f"{function.__qualname__}: {error}"
        raise xlwings.XlwingsError(text)

    return guarded


for _part in (App, Apps, AutoFilter, Book, Books, Name, Names, Range, Sheet, Sheets, Table, Tables):
    for _name, _member in list(vars(_part).items()):
        if isinstance(_member, property):
            _get, _set = (one and _guarded(one) for one in (_member.fget, _member.fset))
            setattr(_part, _name, property(_get, _set))
        elif isinstance(_member, FunctionType) and not _name.startswith("_"):
            setattr(_part, _name, _guarded(_member))
