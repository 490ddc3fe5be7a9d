"""The copy that goes along is the copy of this invoice, from the folder, or there is none."""

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from debiteuren.mail.attachments import LARGEST, InvoiceFolder
from reminder_examples import HEDGE

PDF = b"%PDF-1.7\n"


def found(folder: Path, number: str = "2026-0311", file: str = "") -> str | None:
    copy = InvoiceFolder(folder).copy_of(replace(HEDGE, number=number, file=file))
    return None if copy is None else copy.name


@pytest.mark.parametrize(
    ("files", "number", "file", "expected"),
    [
        pytest.param({"2026-0311.pdf": PDF}, "2026-0311", "", True, id="named after the number"),
        pytest.param({"Factuur 2026-0311 Lotte.PDF": PDF}, "2026-0311", "", True, id="number in the name"),
        pytest.param({"2026-03110.pdf": PDF}, "2026-0311", "", False, id="a longer number"),
        pytest.param({"x.pdf": PDF + b"(2026-0311)"}, "2026-0311", "x.pdf", True, id="number in the text"),
        pytest.param({"x.pdf": PDF + b"(2026-03110)"}, "2026-0311", "x.pdf", False, id="another text"),
        pytest.param(
            {"x.pdf": PDF + b"stream\n" + zlib.compress(b"Nr 2026-0311") + b"endstream"},
            "2026-0311",
            "x.pdf",
            True,
            id="number in packed text",
        ),
        pytest.param({"2026-0311.pdf": b"MZ"}, "2026-0311", "", False, id="no PDF"),
        pytest.param({"2026-0311.pdf": b""}, "2026-0311", "", False, id="empty"),
        pytest.param({"2026-0311.pdf": PDF + b"x" * LARGEST}, "2026-0311", "", False, id="too large"),
        pytest.param({"../2026-0311.pdf": PDF}, "2026-0311", "../2026-0311.pdf", False, id="outside"),
        pytest.param({"b/c.pdf": PDF}, "2026-0311", "b/../2026-0311.pdf", False, id="up and down again"),
        pytest.param({"a/2026-0311.pdf": PDF}, "2026-0311", "a/2026-0311.pdf", True, id="in a folder below"),
        pytest.param({"a 2026-0311.pdf": PDF, "b 2026-0311.pdf": PDF}, "2026-0311", "", False, id="two fit"),
        pytest.param({}, "2026-0311", "weg.pdf", False, id="gone"),
        pytest.param({}, "2026-0311", "a\0b", False, id="no name"),
        pytest.param({"a.pdf": PDF}, "", "a.pdf", False, id="no number"),
    ],
)
def test_the_copy_of_an_invoice(
    tmp_path: Path, files: dict[str, bytes], number: str, file: str, *, expected: bool
) -> None:
    folder = tmp_path / "facturen"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    assert (found(folder, number, file) is not None) is expected


@pytest.mark.parametrize(
    "file",
    [
        r"\\evil\share\x.pdf",
        "//evil/share/x.pdf",
        r"\\?\UNC\evil\share\x.pdf",
        r"\\.\pipe\x.pdf",
        r"C:\x.pdf",
        "C:x.pdf",
        r"\x.pdf",
        "/etc/x.pdf",
        "../x.pdf",
        r"..\x.pdf",
        r"a\..\..\x.pdf",
        "a/../x.pdf",
    ],
)
def test_a_path_out_of_the_folder_is_never_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    folder = InvoiceFolder(tmp_path)
    looked: list[Path] = []

    def look(path: Path) -> Path:
        looked.append(path)
        return path

    monkeypatch.setattr(Path, "resolve", look)
    assert folder.copy_of(replace(HEDGE, file=file)) is None
    assert looked == []


@pytest.mark.parametrize(
    "hostile", [b"stream\n", b"stream", b"stream\nendstream", b"endstream", b"stream\r\nx"]
)
def test_a_large_hostile_file_is_read_once(tmp_path: Path, hostile: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(PDF + hostile * ((LARGEST - len(PDF)) // len(hostile)))
    assert found(tmp_path, file="x.pdf") is None


def test_every_packed_text_is_read(tmp_path: Path) -> None:
    texts = [b"stream\r\n" + zlib.compress(words) + b"endstream\n" for words in (b"a", b"b", b"Nr 2026-0311")]
    (tmp_path / "x.pdf").write_bytes(PDF + b"stream of words " + b"stream\nx endstream ".join(texts))
    assert found(tmp_path, file="x.pdf") is not None


def written_by_a_font(text: str) -> bytes:
    """A PDF whose font numbers its letters anew, so that the text stands nowhere as it is."""
    letters = sorted(set(text))
    codes = "".join(f"{letters.index(letter) + 1:02x}" for letter in text)
    names = "\n".join(f"<{index:02x}> <{ord(letter):04x}>" for index, letter in enumerate(letters, 1))
    spelling = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> "
        f"endcodespacerange {len(letters)} beginbfchar\n{names}\nendbfchar endcmap end end"
    )
    page = f"BT /F 12 Tf 72 720 Td <{codes}> Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            " /Resources << /Font << /F 5 0 R >> >> >>"
        ),
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        f"<< /Length {len(spelling)} >>\nstream\n{spelling}\nendstream",
    ]
    content, places = PDF, []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(content)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = (
        f"xref\n0 {count}\n0000000000 65535 f \n{rows}trailer\n<< /Size {count} /Root 1 0 R >>\n"
        f"startxref\n{start}\n%%EOF\n"
    )
    return content + end.encode()


@pytest.mark.parametrize(
    ("text", "expected"), [("Factuur 2026-0311 van 3 oktober", True), ("Factuur 2026-03110", False)]
)
def test_text_in_a_font_of_its_own_is_read(tmp_path: Path, text: str, *, expected: bool) -> None:
    content = written_by_a_font(text)
    assert b"2026" not in content
    (tmp_path / "scan.pdf").write_bytes(content)
    assert (found(tmp_path, file="scan.pdf") is not None) is expected


@pytest.mark.parametrize(
    "broken",
    [
        b"startxref\n0\n%%EOF",
        b"trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF",
        b"1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF",
    ],
)
def test_a_broken_file_is_no_copy(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(PDF + broken)
    assert found(tmp_path, file="x.pdf") is None


def test_its_name_is_plain(tmp_path: Path) -> None:
    number = "2026/é 11"
    (tmp_path / "x.pdf").write_bytes(PDF + number.encode("latin-1"))
    assert found(tmp_path, number, "x.pdf") == "Factuur 2026-11.pdf"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "buiten.pdf").write_bytes(PDF)
    folder = tmp_path / "facturen"
    folder.mkdir()
    (folder / "2026-0311.pdf").symlink_to(tmp_path / "buiten.pdf")
    assert found(folder) is None
    assert found(folder, file="2026-0311.pdf") is None


def test_without_a_folder_there_is_no_copy(tmp_path: Path) -> None:
    assert InvoiceFolder(None).copy_of(HEDGE) is None
    assert InvoiceFolder(tmp_path / "weg").copy_of(HEDGE) is None
