"""A small Excel behind stub pywin32 modules, so that xlwings' real Windows code runs here.

It counts every call over the border, and behaves as Excel does where that matters to us: it reads text as
something else unless the cell has the text format, gives Decimal for currency, wants dates with a zone, and
writes beside a filter.
"""

import contextlib
import ctypes
import importlib
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timezone, tzinfo
from decimal import Decimal
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar
from unittest import mock

from live.uno_values import as_currency, excel_keeps, from_serial, to_serial

NOT_THERE = -2147352567
BUSY = -2147418111
_CURRENCY, _DAY = "€", "yy"


class ComError(Exception):
    """pywintypes.com_error."""

    def __init__(self, hresult: int, message: str = "") -> None:
        super().__init__(hresult, message, None, None)
        self.hresult = hresult


class Dispatch:
    """win32com's CDispatch: every capitalised attribute goes over the border, and is counted."""

    calls: ClassVar[int] = 0
    busy: ClassVar[int] = 0
    busy_after: ClassVar[int | None] = None

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - COM has no types
        if name[0].isupper():
            _cross()
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        if name[0].isupper():
            _cross()
        object.__setattr__(self, name, value)


def _cross() -> None:
    if sys._getframe(2).f_globals is globals():
        return  # Excel to itself
    Dispatch.calls += 1
    if Dispatch.busy_after is not None:
        Dispatch.busy_after = max(Dispatch.busy_after - 1, 0)
    if Dispatch.busy_after == 0:
        raise ComError(BUSY, "Call was rejected by callee.")
    if Dispatch.busy:
        Dispatch.busy -= 1
        raise ComError(BUSY, "Call was rejected by callee.")


class Excel(Dispatch):
    """The application, with one workbook."""

    def __init__(self) -> None:
        self.ScreenUpdating = True
        self.EnableEvents = True
        self.DisplayAlerts = True
        self.Calculation = -4105
        self.StatusBar: object = False
        self.Hwnd = 1
        self.Version = "16.0"
        self.Workbook = Workbook(self)
        self.Workbooks = Many([self.Workbook])

    def Calculate(self) -> None:  # noqa: N802 - Excel's own name
        """Nothing here is a formula."""


class Many(Dispatch):
    """A collection."""

    def __init__(self, items: Sequence[Any]) -> None:
        self.items = list(items)

    def __iter__(self) -> Iterator[Any]:
        yield from self.items

    @property
    def Count(self) -> int:  # noqa: N802 - Excel's own name
        return len(self.items)

    def Item(self, key: str | int) -> Any:  # noqa: ANN401, N802 - Excel's own name
        for place, item in enumerate(self.items, 1):
            if key in {place, item.Name}:
                return item
        raise ComError(NOT_THERE, "Subscript out of range")

    def __call__(self, key: str | int) -> Any:  # noqa: ANN401 - COM has no types
        return self.Item(key)


class Workbook(Dispatch):
    """A workbook that was saved before."""

    def __init__(self, excel: Excel) -> None:
        self.Application = excel
        self.Name = "boek.xlsm"
        self.Path = "C:\\"
        self.FullName = "C:\\boek.xlsm"
        self.FileFormat = 52
        self.Worksheets = Many([])
        self.Names = Many([])
        self.saved = 0

    def Save(self) -> None:  # noqa: N802 - Excel's own name
        self.saved += 1


class Worksheet(Dispatch):
    """A sheet: values as Excel keeps them (days as numbers) and number formats, by row and column."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.Parent = book
        self.Name = name
        self.ListObjects = Many([])
        self.values: dict[tuple[int, int], object] = {}
        self.formats: dict[tuple[int, int], str] = {}

    def Cells(self, row: int, column: int) -> "Area":  # noqa: N802 - Excel's own name
        return Area(self, row, column, 1, 1)

    def Range(self, first: "Area", last: "Area") -> "Area":  # noqa: N802 - Excel's own name
        height, width = last.place[0] - first.place[0] + 1, last.place[1] - first.place[1] + 1
        return Area(self, *first.place[:2], height, width)


class Area(Dispatch):
    """Excel's Range."""

    def __init__(self, sheet: Worksheet, row: int, column: int, height: int, width: int) -> None:
        self.Worksheet = sheet
        self.place = (row, column, height, width)
        self.Row, self.Column, self.Count = row, column, height * width
        self.Rows, self.Columns = SimpleNamespace(Count=height), SimpleNamespace(Count=width)

    def __call__(self, row: int, column: int = 1) -> "Area":
        return Area(self.Worksheet, self.place[0] + row - 1, self.place[1] + column - 1, 1, 1)

    def _places(self) -> list[list[tuple[int, int]]]:
        row, column, height, width = self.place
        return [[(row + down, column + across) for across in range(width)] for down in range(height)]

    @property
    def Value(self) -> object:  # noqa: N802 - Excel's own name
        sheet = object.__getattribute__(self, "Worksheet")
        rows = tuple(
            tuple(_as_com(sheet.values.get(place), sheet.formats.get(place, "General")) for place in line)
            for line in self._places()
        )
        return rows[0][0] if self.Count == 1 else rows

    @Value.setter
    def Value(self, data: object) -> None:  # noqa: N802 - Excel's own name
        sheet = object.__getattribute__(self, "Worksheet")
        lines = data if isinstance(data, list | tuple) else [[data]]
        filtered = any(table.criteria for table in sheet.ListObjects.items)
        for line, row in zip(self._places(), lines, strict=True):
            for place, value in zip(line, row, strict=True):
                given = lines[0][0] if filtered else value
                sheet.values[place] = _as_kept(given, sheet.formats.get(place, "General"))

    @property
    def Formula(self) -> object:  # noqa: N802 - Excel's own name
        rows = tuple(tuple("" for _ in line) for line in self._places())
        return rows[0][0] if self.Count == 1 else rows

    @property
    def NumberFormat(self) -> str | None:  # noqa: N802 - Excel's own name
        sheet = object.__getattribute__(self, "Worksheet")
        found = {sheet.formats.get(place, "General") for line in self._places() for place in line}
        return found.pop() if len(found) == 1 else None

    @NumberFormat.setter
    def NumberFormat(self, code: str) -> None:  # noqa: N802 - Excel's own name
        sheet = object.__getattribute__(self, "Worksheet")
        sheet.formats.update(dict.fromkeys((place for line in self._places() for place in line), code))


class ListObject(Dispatch):
    """A table; `criteria` are the filters on it, by column from 1."""

    def __init__(self, sheet: Worksheet, name: str, area: Area) -> None:
        self.Parent = sheet
        self.Name = name
        self.Range = area
        self.ShowTotals = False
        self.AutoFilter = None
        self.criteria: dict[int, str] = {}

    def Resize(self, area: Area) -> None:  # noqa: N802 - Excel's own name
        self.Range = area


class Name(Dispatch):
    """A defined name."""

    def __init__(self, name: str, area: Area) -> None:
        self.Name = name
        self.RefersToRange = area


def _as_com(value: object, code: str) -> object:
    if isinstance(value, float) and _CURRENCY in code:
        return as_currency(value)
    if isinstance(value, float) and _DAY in code:
        return from_serial(value).replace(tzinfo=UTC)
    return value


def _as_kept(value: object, code: str) -> object:
    """What Excel makes of what it is given."""
    if value is None or isinstance(value, Decimal):
        raise TypeError(f"Excel would not take {value!r} as we mean it")
    if value == "":
        return None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("pywin32 would take this moment for local time")
        value = to_serial(value)
    if code == "@":
        return value if isinstance(value, str) else f"{value:g}"
    if isinstance(value, str) and not excel_keeps(value):
        return 0.0
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


class _Utc(tzinfo):
    @staticmethod
    def utc() -> timezone:
        """win32timezone's own way to say it."""
        return UTC


def _stubs() -> Mapping[str, ModuleType]:
    """The modules of pywin32, as far as xlwings touches them on import."""
    contents: dict[str, dict[str, object]] = {
        "pywintypes": {"TimeType": datetime, "com_error": ComError, "error": OSError, "IID": str},
        "pythoncom": {"CoInitialize": lambda: None, "ole_error": ComError, "__file__": "pythoncom"},
        "win32api": {},
        "win32con": {},
        "win32gui": {},
        "win32process": {"GetWindowThreadProcessId": lambda _: (0, 4242)},
        "win32timezone": {"TimeZoneInfo": _Utc},
        "win32com.client": dict.fromkeys(("Dispatch", "DispatchEx"))
        | dict.fromkeys(("CDispatch", "DispatchBaseClass", "CoClassBaseClass"), Dispatch),
        "xlwings._win32patch": {"CoClassBaseClass": Dispatch},
    }
    modules = {name: ModuleType(name) for name in contents}
    for name, members in contents.items():
        vars(modules[name]).update(members)
    modules["win32com"] = ModuleType("win32com")
    vars(modules["win32com"])["client"] = modules["win32com.client"]
    return modules


@contextlib.contextmanager
def windows() -> Iterator[ModuleType]:
    """Xlwings' module for Windows, imported here; gone again afterwards."""
    library = mock.MagicMock()
    with (
        mock.patch.dict(sys.modules, _stubs()),
        mock.patch.object(ctypes, "oledll", library, create=True),
        mock.patch.object(ctypes, "windll", library, create=True),
        mock.patch.object(ctypes, "PyDLL", library),
        mock.patch.object(subprocess, "CREATE_NO_WINDOW", 0, create=True),
        mock.patch("atexit.register"),
    ):
        yield importlib.import_module("xlwings._xlwindows")
        del sys.modules["xlwings._xlwindows"]
