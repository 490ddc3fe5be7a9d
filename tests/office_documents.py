"""A workbook open in LibreOffice, and what the user would see there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from libreoffice import Office, load_uno

_EXECUTE_WITHOUT_ASKING = 4


def _property(name: str, value: object) -> object:
    made = load_uno().createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


@contextmanager
def opened(office: Office, path: Path, seconds: float = 60, *, hidden: bool = True) -> Iterator[Any]:
    """The document, open for at most so long; closed unsaved."""
    how = (_property("Hidden", hidden), _property("MacroExecutionMode", _EXECUTE_WITHOUT_ASKING))
    with office.deadline(seconds):
        document = office.service("com.sun.star.frame.Desktop").loadComponentFromURL(
            path.as_uri(), "_blank", 0, how
        )
        try:
            yield document
        finally:
            document.close(True)


def values(document: Any, sheet: str, area: str) -> list[list[Any]]:  # noqa: ANN401 - UNO has no types
    """The values of a range, row by row; a date is a serial number, an empty cell ''."""
    return [list(row) for row in document.Sheets.getByName(sheet).getCellRangeByName(area).getDataArray()]


def call(document: Any, macro: str) -> object:  # noqa: ANN401 - UNO has no types
    """What the function Module.Name of the document's VBA answers."""
    address = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
    answer: object = document.getScriptProvider().getScript(address).invoke((), (), ())[0]
    return answer


def macros_of_shapes(document: Any, sheet: str) -> dict[str, str]:  # noqa: ANN401 - UNO has no types
    """Shape → the macro that a click on it runs."""
    page = document.Sheets.getByName(sheet).DrawPage
    found: dict[str, str] = {}
    for index in range(page.Count):
        shape = page.getByIndex(index)
        if not hasattr(shape, "Events"):
            continue
        for event in shape.Events.getByName("OnClick") or ():
            if event.Name == "Script":
                found[shape.Name] = event.Value
    return found


def to_pdf(document: Any, path: Path) -> None:  # noqa: ANN401 - UNO has no types
    """The document on paper."""
    document.storeToURL(path.as_uri(), (_property("FilterName", "calc_pdf_Export"),))
