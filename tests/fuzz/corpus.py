"""What is damaged: own samples of every format, the demo's files, a small made-up company, lists and zips."""

import io
import zipfile
from datetime import date
from pathlib import Path

import xlsxwriter

from debiteuren.demo.company import demo_bank_files
from matching_world import make_world
from matching_world.lists import bank_files, debtors_csv, invoices_csv

_BANKS = Path(__file__).parents[1] / "banks"
SAMPLES = (_BANKS / "samples", _BANKS / "invoices")
_BOOKINGS = 24
_LARGEST = 30_000


def corpus() -> dict[str, bytes]:
    """Name → contents of everything we can read."""
    found = {path.name: path.read_bytes() for folder in SAMPLES for path in sorted(folder.iterdir())}
    found |= {
        name: data for name, data in demo_bank_files(date(2026, 11, 20)).items() if len(data) <= _LARGEST
    }
    for style in range(3):
        world = make_world(style, _BOOKINGS, style=style)
        found |= {f"{name} {style}": data for name, data in bank_files(world).items()}
        found[f"facturen {style}.csv"] = invoices_csv(world)
        found[f"debiteuren {style}.csv"] = debtors_csv(world)
    lists = [found["facturen 0.csv"], found["debiteuren 1.csv"]]
    found |= {f"lijst {at}.xlsx": _workbook(data.decode()) for at, data in enumerate(lists)}
    found["drie.zip"] = _zip(
        [found["ing_mt940.sta"], found["rabobank_camt053_08.xml"], found["knab_csv.csv"]]
    )
    return found


def _workbook(text: str) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(text.splitlines()):
            sheet.write_row(row, 0, line.split(";"))
    return stream.getvalue()


def _zip(members: list[bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for at, data in enumerate(members):
            package.writestr(f"{at}.txt", data)
    return stream.getvalue()
