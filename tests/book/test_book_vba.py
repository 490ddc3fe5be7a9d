"""VBA projects read, and renewed with the user's own modules kept, checked by readers that are not ours."""

import contextlib
import io
import zipfile
from pathlib import Path

import olefile
import pytest
import xlwings
from hypothesis import given
from hypothesis import strategies as st
from pyopenvba import ExcelFile

from debiteuren import __version__
from debiteuren.book.shipped import template_bytes
from debiteuren.book.vba import VbaProject, same_source
from debiteuren.book.vba.compound import read_streams
from debiteuren.book.vba.compound_writer import write_streams
from debiteuren.book.vba.compression import unpacked

MADE_BY_EXCEL = Path(xlwings.__file__).parent / "quickstart_standalone.xlsm"


def project_of(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read("xl/vbaProject.bin")


def shipped() -> bytes:
    with zipfile.ZipFile(io.BytesIO(template_bytes())) as package:
        return package.read("xl/vbaProject.bin")


def test_modules_are_read_as_another_reader_reads_them() -> None:
    with ExcelFile(MADE_BY_EXCEL) as book:
        expected = {name: book.get_module(name).splitlines() for name in book.module_names()}
    found = VbaProject.of(project_of(MADE_BY_EXCEL)).modules
    assert found.keys() == expected.keys()
    for name, module in found.items():
        assert [line for line in module.source.splitlines() if line in expected[name]] == expected[name], name
    assert {name for name, module in found.items() if module.has_code} == {"Module1", "xlwings", "Dictionary"}


def test_the_shipped_project_says_its_version() -> None:
    assert f'"{__version__}"' in VbaProject.of(shipped()).modules["Knoppen"].source


def test_renewing_keeps_every_other_module_and_the_form_of_the_project(tmp_path: Path) -> None:
    old, new = VbaProject.of(project_of(MADE_BY_EXCEL)), VbaProject.of(shipped())
    path = tmp_path / "boek.xlsm"
    with zipfile.ZipFile(MADE_BY_EXCEL) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = old.renewed(new, ("xlwings",)) if name == "xl/vbaProject.bin" else source.read(name)
            target.writestr(name, data)
    with ExcelFile(path) as book, ExcelFile(MADE_BY_EXCEL) as before:
        assert book.validate() == []
        assert book.module_names() == before.module_names()
        others = [name for name in book.module_names() if name != "xlwings"]
        assert [book.get_module(name) for name in others] == [before.get_module(name) for name in others]
        assert f'XLWINGS_VERSION As String = "{xlwings.__version__}"' in book.get_module("xlwings")


NAMES = st.text(st.characters(codec="cp1252", exclude_characters="/\\:!\0"), min_size=1, max_size=20)


@given(
    st.dictionaries(
        st.tuples(NAMES.map(str.upper)) | st.tuples(st.just("VBA"), NAMES), st.binary(max_size=9000)
    )
)
def test_streams_come_back_through_a_reader_that_is_not_ours(streams: dict[tuple[str, ...], bytes]) -> None:
    streams.pop(("VBA",), None)
    folded = {tuple(part.upper() for part in path) for path in streams}
    if len(folded) < len(streams):
        return  # two names that differ in capitals only are one name
    written = write_streams(streams)
    assert read_streams(written) == streams
    with olefile.OleFileIO(io.BytesIO(written)) as other:  # type: ignore[no-untyped-call]  # it has no types
        assert {tuple(path): other.openstream(path).read() for path in other.listdir()} == streams
        assert other.parsing_issues == []


def test_many_streams_take_more_than_one_allocation_sector() -> None:
    streams: dict[tuple[str, ...], bytes] = {
        ("VBA", f"Module{number}"): bytes([number]) * 5000 for number in range(200)
    }
    assert read_streams(write_streams(streams)) == streams


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:600],
        lambda data: b"PK\3\4" + data,
        lambda data: data[:30] + b"\x20" + data[31:],
        lambda data: data[:512] + b"\0" * (len(data) - 512),
        lambda data: data[:512] + b"\xff" * (len(data) - 512),
    ],
    ids=["empty", "cut", "a zip", "sector size", "zeroed", "filled"],
)
def test_a_damaged_project_is_refused(damage: object) -> None:
    assert callable(damage)
    with pytest.raises(ValueError, match=r"\w"):
        VbaProject.of(damage(shipped()))


@given(st.data())
def test_a_project_with_bytes_gone_wrong_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(shipped())
    for _ in range(3):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ValueError):  # anything else is our fault
        VbaProject.of(bytes(whole))


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        ("0119b000616263646566676800696a6b6c6d6e6f70007172737475762e", b"abcdefghijklmnopqrstuv."),
        (
            "012fb000236161616263646582660070616768696a013808616b6c00306d6e6f700671027004107273747576107778797a003c",
            b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa",
        ),
        ("0103b002614500", b"a" * 73),
    ],
    ids=["none", "usual", "most"],
)
def test_the_packing_of_the_standards_examples(packed: str, text: bytes) -> None:
    """MS-OVBA 3.2."""
    assert unpacked(bytes.fromhex(packed)) == text


def test_what_excel_does_to_a_source_makes_no_difference() -> None:
    ours = 'Attribute VB_Name = "K"\r\nOption Explicit\r\nSub Bijwerken()\r\n    VoerUit "x"\r\nEnd Sub\r\n'
    excels = ours.replace("VoerUit", "voerUit").replace("    ", "  ").replace("\r\nSub", "\r\n\r\nSub")
    assert same_source(ours, excels)
    assert not same_source(ours, ours.replace('"x"', '"y"'))
