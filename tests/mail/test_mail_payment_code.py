"""What the payment code says, by the lines of EPC069-12."""

import doctest
import zlib
from decimal import Decimal
from types import ModuleType

import pytest
import segno
import zxingcpp

from debiteuren.mail import address, parts, wording
from debiteuren.mail.drafts import eml
from debiteuren.mail.letters.payment_code import payload, picture

ROOM = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331)
"""Bytes in a code of each version at level M (ISO/IEC 18004, table 7)."""
SAME_AS_ABOVE = 2
"""The filter of a row in a PNG."""
IBAN = "NL91 ABNA 0417 1643 00"


def code(
    name: str = "De Linde", iban: str = IBAN, amount: str = "98.75", reference: str = "2026-0311"
) -> str | None:
    return payload(name=name, iban=iban, amount=Decimal(amount), reference=reference)


def test_the_lines_of_a_code() -> None:
    assert code() == "BCD\n002\n1\nSCT\n\nDe Linde\nNL91ABNA0417164300\nEUR98.75\n\n\n2026-0311"


def test_a_creditor_reference_has_its_own_line() -> None:
    lines = (code(reference="RF18 5390 0754 7034") or "").split("\n")
    assert lines[9:] == ["RF18539007547034"]


@pytest.mark.parametrize(
    ("change", "made"),
    [
        pytest.param({}, True, id="complete"),
        pytest.param({"name": " \n"}, False, id="no name"),
        pytest.param({"iban": ""}, False, id="no account"),
        pytest.param({"iban": "NL91ABNA0417164301"}, False, id="wrong check digits"),
        pytest.param({"amount": "0.00"}, False, id="nothing"),
        pytest.param({"amount": "0.01"}, True, id="a cent"),
        pytest.param({"amount": "999999999.99"}, True, id="the largest"),
        pytest.param({"amount": "1000000000.00"}, False, id="too large"),
        pytest.param({"reference": ""}, True, id="no reference"),
    ],
)
def test_a_code_only_where_paying_by_it_is_possible(change: dict[str, str], *, made: bool) -> None:
    assert (code(**change) is not None) is made


def test_words_from_outside_add_no_line() -> None:
    lines = (code(name="De\nLinde\r\nNL00", reference="a\nb" * 100) or "").split("\n")
    assert (len(lines), lines[5], len(lines[10])) == (11, "De Linde NL00", 140)


@pytest.mark.parametrize(
    ("name", "reference", "size", "left"),
    [
        pytest.param("De Linde", "a" * 140, 194, 140, id="letters of a byte"),
        pytest.param("De Linde", "é" * 140, 330, 138, id="letters of two"),
        pytest.param("De Linde", "x" + "é" * 139, 331, 139, id="to the last byte"),
        pytest.param("€" * 70, "€" * 140, 331, 25, id="letters of three"),
    ],
)
def test_a_code_is_never_larger_than_a_bank_app_takes(
    name: str, reference: str, size: int, left: int
) -> None:
    content = code(name=name, reference=reference)
    assert content is not None
    assert (len(content.encode()), len(content.split("\n")[10])) == (size, left)
    assert scanned(picture(content)) == content


def test_the_picture_is_the_same_every_time() -> None:
    first = picture("BCD")
    picture.cache_clear()
    assert first == picture("BCD")
    assert first.startswith(b"\x89PNG")


def pixels_of(png: bytes) -> tuple[int, bytes]:
    """Side and pixels, a byte each: 255 is white. Reads the two filters of a picture of one bit a pixel."""
    head = png.index(b"IHDR") + 4
    side = int.from_bytes(png[head : head + 4])
    start = png.index(b"IDAT") + 4
    rows = zlib.decompress(png[start : start + int.from_bytes(png[start - 8 : start - 4])])
    width = (side + 7) // 8 + 1
    pixels, bits = bytearray(), ""
    for row in range(side):
        filtered = rows[row * width : (row + 1) * width]
        if filtered[0] == SAME_AS_ABOVE:
            assert not any(filtered[1:])
        else:
            bits = f"{int.from_bytes(filtered[1:]):0{(width - 1) * 8}b}"
        pixels += bytes(255 if bit == "1" else 0 for bit in bits[:side])
    return side, bytes(pixels)


def scanned(png: bytes) -> str:
    """What another program reads from the picture."""
    side, pixels = pixels_of(png)
    (found,) = zxingcpp.read_barcodes(
        memoryview(pixels).cast("B", (side, side)),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
    )
    return str(found.text)


@pytest.mark.parametrize(
    ("name", "amount", "reference"),
    [
        pytest.param("De Linde", "98.75", "2026-0311", id="plain"),
        pytest.param("D", "0.01", "", id="the shortest"),
        pytest.param("Café ’t Höfje & Zn. (Zürich) 🙂", "1234.50", "Factuur 12 €", id="letters and signs"),
        pytest.param("RF", "10.00", "RF18 5390 0754 7034", id="creditor reference"),
        pytest.param("é" * 80, "999999999.99", "€" * 150, id="the longest"),
    ],
)
def test_another_program_reads_what_we_wrote(name: str, amount: str, reference: str) -> None:
    content = code(name=name, amount=amount, reference=reference)
    assert content is not None
    assert scanned(picture(content)) == content


def test_the_code_has_the_white_border_that_scanners_need() -> None:
    """ISO/IEC 18004: four modules on each side; ours are four pixels."""
    side, pixels = pixels_of(picture(code() or ""))
    rows = [pixels[start : start + side] for start in range(0, side * side, side)]
    edges = [*rows[:16], *rows[-16:], *(row[:16] for row in rows), *(row[-16:] for row in rows)]
    assert {pixel for edge in edges for pixel in edge} == {255}
    assert rows[16][16:44] == bytes(28)  # the finder's upper side: seven modules


@pytest.mark.parametrize("version", range(1, 14))
def test_a_code_is_the_smallest_of_level_m_that_holds_its_bytes(version: int) -> None:
    room = ROOM[version - 1]
    assert modules_of(picture("a" * room)) == 17 + 4 * version
    if version > 1:
        assert modules_of(picture("a" * (ROOM[version - 2] + 1))) == 17 + 4 * version
    code = segno.make_qr("a" * room, error="m", boost_error=False, encoding="utf-8")
    assert (code.error, code.version) == ("M", version)


def modules_of(png: bytes) -> int:
    """Modules on a side, without the border."""
    return pixels_of(png)[0] // 4 - 8


def test_more_than_the_largest_code_of_the_standard_is_refused() -> None:
    with pytest.raises(ValueError, match="332 bytes"):
        picture("a" * 332)


def test_codes_of_every_length_are_read_back() -> None:
    for size in range(1, 332, 3):
        words = "".join(chr(97 + (size * place) % 26) for place in range(size))
        assert scanned(picture(words)) == words


def test_many_codes_are_read_back() -> None:
    for cents in range(1, 20_000, 397):
        content = code(
            amount=f"{cents / 100:.2f}", reference=" ".join(f"2026-{cents + n:04}" for n in range(cents % 9))
        )
        assert content is not None
        assert scanned(picture(content)) == content


@pytest.mark.parametrize("module", [address, parts, wording, eml])
def test_the_examples_in_the_code_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
