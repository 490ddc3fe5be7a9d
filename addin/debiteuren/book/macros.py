"""The macros and the ribbon in a workbook, beside those that this version of the program ships.

Answers: which version are they, are they ours, and what would the part be with ours renewed.
The version stamp of a workbook is what its function DebiteurenVersie says: it survives everything that the
user does to the sheets, and whoever removes the macros has no buttons to be out of date.
Leaves to others: the form of a VBA project (vba/), writing the workbook (renewal.py).
"""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass

from debiteuren import __version__
from debiteuren.book.ooxml import Package
from debiteuren.book.shipped import template_bytes
from debiteuren.book.vba import VbaProject, same_source
from debiteuren.domain.problem import Problem

_PLACE = "Macro's"
_PROJECT, _RIBBON = "vbaProject", "extensibility"
_VERSION = re.compile(r'\bDebiteurenVersie\s*=\s*"([\d.]+)"', re.IGNORECASE)
MODULE_VERSION = re.compile(r'\bXLWINGS_VERSION\s+As\s+String\s*=\s*"([\d.]+)"', re.IGNORECASE)
"""How xlwings' module says which version it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Macros:
    """What the macros of a workbook say of themselves; '' where they don't."""

    version: str
    xlwings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParts:
    """Parts that would be replaced, with what changes in words, and what stands in the way."""

    parts: dict[str, bytes]
    changes: tuple[str, ...]
    problems: tuple[Problem, ...]


def shipped_parts() -> tuple[bytes, bytes]:
    """The VBA project and the ribbon of the workbook that this version ships."""
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as package:
        return package.read("xl/vbaProject.bin"), package.read("customUI/customUI14.xml")


def macros_of(package: Package) -> Macros | None:
    """What the macros of this workbook are; None when it has none, or none that can be read."""
    part = package.linked_part(_PROJECT)
    try:
        modules = VbaProject.of(package.part(part) or b"").modules if part else {}
    except ValueError:
        return None
    if not modules:
        return None
    sources = {name: module.source for name, module in modules.items()}
    return Macros(
        version=_first(_VERSION, sources.get("Knoppen", "")),
        xlwings=_first(MODULE_VERSION, sources.get("xlwings", "")),
    )


def new_parts(package: Package) -> NewParts:
    """What must be replaced to have this version's macros and ribbon; modules of the user's own stay."""
    project, ribbon = shipped_parts()
    parts: dict[str, bytes] = {}
    changes: list[str] = []
    problems: list[Problem] = []
    part = package.linked_part(_PROJECT)
    if part is None:
        problems.append(
            _problem(
                "In deze werkmap staan geen macro's; zij is zonder macro's opgeslagen (.xlsx).",
                'maak een nieuwe werkmap met "debiteuren nieuw" en neem uw rijen daarheen over.',
            )
        )
    else:
        try:
            data = _renewed(package, part, project)
        except _CannotRenewError as reason:
            problems.append(reason.problem)
        else:
            if data is not None:
                parts[part] = data
                changes.append(f"macro's van versie {__version__}")
    part = package.linked_part(_RIBBON)
    if part is None:
        problems.append(
            _problem(
                "Het tabblad Debiteuren ontbreekt in het lint van deze werkmap.",
                "gebruik de knoppen op het blad Start; die doen hetzelfde.",
            )
        )
    elif package.part(part) != ribbon:
        parts[part] = ribbon
        changes.append("het tabblad Debiteuren in het lint")
    return NewParts(parts=parts, changes=tuple(changes), problems=tuple(problems))


class _CannotRenewError(Exception):
    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(found)
        self.problem = _problem(found, remedy)


def _problem(found: str, remedy: str) -> Problem:
    return Problem(sheet=_PLACE, found=found, remedy=remedy)


def _renewed(package: Package, part: str, shipped: bytes) -> bytes | None:
    """The project with our modules as this version has them; None when they are already.

    Raises:
        _CannotRenewError: that can't be done without losing something.
    """
    data = package.part(part) or b""
    try:
        there = VbaProject.of(data)
    except ValueError as error:
        raise _CannotRenewError(
            "De macro's van deze werkmap zijn niet te lezen.",
            "zet een reservekopie terug, of sla de werkmap op in Excel en probeer het opnieuw.",
        ) from error
    ours = VbaProject.of(shipped)
    own = tuple(name for name, module in ours.modules.items() if module.has_code)
    missing = [name for name in own if name not in there.modules]
    # With nothing of the user's in it, and a module for every sheet and no other, it is exchanged whole.
    theirs = there.modules.keys() - set(own)
    untouched = theirs == ours.modules.keys() - set(own) and not any(
        there.modules[name].has_code for name in theirs
    )
    if missing and not untouched:
        raise _CannotRenewError(
            f"De macro's van het programma ontbreken of zijn hernoemd: {', '.join(missing)}.",
            'maak een nieuwe werkmap met "debiteuren nieuw" en neem uw rijen daarheen over.',
        )
    if not missing and all(
        same_source(there.modules[name].source, ours.modules[name].source) for name in own
    ):
        return None
    version = _first(_VERSION, there.modules["Knoppen"].source) if "Knoppen" in there.modules else ""
    if _numbers(version) > _numbers(__version__):
        raise _CannotRenewError(
            f"Deze werkmap hoort bij versie {version}; dit programma is versie {__version__}.",
            "werk het programma bij: py -m pip install --upgrade debiteuren",
        )
    folder, name = posixpath.split(part)
    links = package.part(posixpath.join(folder, "_rels", f"{name}.rels")) or b""
    if b"vbaProjectSignature" in links:
        raise _CannotRenewError(
            "De macro's zijn ondertekend; na vernieuwen klopt de handtekening niet meer.",
            "verwijder in Excel de handtekening: Visual Basic, Extra, Digitale handtekening.",
        )
    return shipped if untouched else there.renewed(ours, own)


def _first(pattern: re.Pattern[str], source: str) -> str:
    found = pattern.search(source)
    return found[1] if found else ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split(".") if number)
