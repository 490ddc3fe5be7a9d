"""An entry read by its shape gives what the tree gives, and nothing but entries is ever taken for one."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from debiteuren.banks import camt_shapes, read_bank_bytes
from debiteuren.banks.camt_shapes import Shapes
from debiteuren.domain.payment import BankFile
from debiteuren.domain.problem import Severity

SHARED = Path(__file__).resolve().parents[2] / "../shared/bank/samples"
SAMPLES = sorted([*(Path(__file__).parent / "samples").glob("*.xml"), *SHARED.glob("*/camt05*/*.xml")])
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
    "<BkToCstmrStmt><Stmt>\n<Acct><Id><IBAN>NL20INGB0001234567</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
)
TAIL = "</Stmt></BkToCstmrStmt></Document>\n"


def _both(data: bytes) -> tuple[BankFile, BankFile]:
    """The file as it is always read, and as the tree alone reads it."""
    fast = read_bank_bytes("x", data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(camt_shapes, "MOST_SHAPES", 0)
        return fast, read_bank_bytes("x", data)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_sample_reads_the_same_by_shape_and_by_tree(sample: Path) -> None:
    fast, slow = _both(sample.read_bytes())
    assert fast == slow


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_entry_of_a_sample_three_times_reads_the_same(sample: Path) -> None:
    data = sample.read_bytes()
    at = 0
    while (begin := data.find(b"<Ntry>", at)) >= 0:
        end = data.find(b"</Ntry>", begin) + len(b"</Ntry>")
        entry = data[begin:end]
        data = data[:end] + b"\n" + entry + entry + data[end:]
        at = end + 2 * len(entry)
    fast, slow = _both(data)
    assert fast == slow


def _entry(text: str, extra: str = "", amount: str = "1.00", status: str = "BOOK") -> str:
    return (
        f"<Ntry><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts>\n<BookgDt>"
        f"<Dt>2026-11-17</Dt></BookgDt>{extra}<NtryDtls><TxDtls><Refs><EndToEndId>E{text}</EndToEndId></Refs>"
        f"<RltdPties><Dbtr><Nm>{text}</Nm></Dbtr></RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf>"
        "</TxDtls></NtryDtls></Ntry>"
    )


def test_the_second_entry_with_the_same_tags_needs_no_tree() -> None:
    shapes = Shapes()
    found = [shapes.words(_entry(text)) for text in ("een", "twee &amp; drie", "  met\n\n wit ")]
    assert [words.said.lines for words in found if words] == [("een",), ("twee & drie",), ("met wit",)]
    assert len(shapes._known) == 1


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(_entry("&#233;"), id="a numbered sign"),
        pytest.param(_entry("&onbekend;"), id="an unknown entity"),
        pytest.param(_entry("a]]>b"), id="the end of CDATA"),
        pytest.param(_entry("<![CDATA[x]]>"), id="CDATA"),
        pytest.param(_entry("<!-- x -->"), id="a comment"),
        pytest.param(_entry("<?php x ?>"), id="an instruction"),
        pytest.param(_entry("<b>x</c>"), id="tags that do not fit"),
        pytest.param("<Ntry>" + _entry("x"), id="an entry in an entry"),
        pytest.param(_entry("x", "<NtryDtls><TxDtls><Refs/></TxDtls></NtryDtls>"), id="two details"),
        pytest.param(_entry("x" * camt_shapes.LONGEST), id="a long one"),
        pytest.param(_entry("x", "<a b='\ue0001\ue000'/>"), id="our own mark"),
    ],
)
def test_what_is_odd_goes_to_the_tree(piece: str) -> None:
    shapes = Shapes()
    assert shapes.words(piece) is None
    assert shapes.words(piece) is None


ODD = st.sampled_from(
    [
        *(
            "&amp;",
            "&lt;b&gt;",
            "&#65;",
            "&x;",
            "&",
            "]]>",
            "]]",
            "<!-- <Ntry></Ntry> -->",
            "<![CDATA[a<b]]>",
        ),
        *(
            "<?p </Ntry> ?>",
            "<b/>",
            "<b>c</b>",
            "\u00a0",
            "\u2028",
            "\u0085",
            "\x1f",
            "\x00",
            "\ufffe",
            "\ue000",
        ),
        *(
            "</Ntry>",
            "<Ntry>",
            "</Stmt><Stmt>",
            " >",
            "  ",
            "\n",
            "\r\n",
            "\t",
            "é",
            "/REMI/x/EREF/y",
            "x" * 140,
        ),
    ]
)
TEXT = st.lists(st.one_of(ODD, st.text(st.characters(codec="utf-8", exclude_characters="<&"), max_size=8)))
EXTRA = st.sampled_from(
    [
        *("", "", "", "<RvslInd>true</RvslInd>", "<RvslInd> 1 </RvslInd>", "<AcctSvcrRef>R 1 </AcctSvcrRef>"),
        *(
            "<AcctSvcrRef></AcctSvcrRef>",
            "<ValDt>2026-11-16</ValDt>",
            "<ValDt><DtTm>2026-02-31T1</DtTm></ValDt>",
        ),
        *("<BkTxCd><Domn><Cd>PMNT</Cd></Domn></BkTxCd>", "<BkTxCd><Prtry><Cd> N1 </Cd></Prtry></BkTxCd>"),
        *("<AddtlNtryInf>/TRTP/SEPA/NAME/A B/REMI/c</AddtlNtryInf>", "<AddtlNtryInf>x</AddtlNtryInf>"),
    ]
)
AMOUNT = st.sampled_from(
    ["1.00", "1.00", "1.00", "-1.00", "1,00", "1.5", "1e3", "NaN", " 2.00 ", "", "0.001"]
)
ENTRY = st.builds(
    lambda text, extra, amount, status: _entry("".join(text), extra, amount, status),
    TEXT, EXTRA, AMOUNT, st.sampled_from(["BOOK", "BOOK", " BOOK", "PDNG", ""]),
)  # fmt: skip
BETWEEN = st.sampled_from(
    ["", "", "\n", " \n ", "x", "<!-- ", " -->", "<![CDATA[", "]]>", "<Bal/>", "\u00a0"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(BETWEEN, ENTRY), max_size=6))
@example([("", _entry("a")), ("<!-- ", _entry("b")), ("", _entry("c")), (" -->", _entry("d"))])
@example([("", _entry("a")), ("<![CDATA[", _entry("b")), ("", _entry("c")), ("]]>", _entry("d"))])
@example([("", _entry("a")), ("", _entry("b")), ("", _entry("c\x00")), ("", _entry("d"))])
@example([("", _entry("a")), ("", _entry("b")), ("", _entry("c\ufffe")), ("", _entry("d"))])
def test_whatever_stands_in_and_between_entries(entries: list[tuple[str, str]]) -> None:
    text = HEAD + "".join(between + entry for between, entry in entries) + TAIL
    fast, slow = _both(text.encode())
    # Several faults on one line of a damaged file may come in another number; that it is refused may not.
    assert fast == slow or (fast.refused and slow.refused)
    assert [problem.row for problem in fast.problems] == [problem.row for problem in slow.problems]


@pytest.mark.parametrize("count", [1, 2, 3, 500, 5000])
def test_blocks_do_not_matter(count: int) -> None:
    entries = "\n".join(_entry(f"Nota {number} é") for number in range(count))
    fast, slow = _both((HEAD + entries + "\n" + TAIL).encode())
    assert fast == slow
    assert [found.description for found in fast.transactions] == [
        f"Nota {number} é" for number in range(count)
    ]


@pytest.mark.parametrize(
    "wrong", [_entry("x", amount="1,00"), _entry("x", "<ValDt>2023-07-81</ValDt>"), "<b>"]
)
def test_the_line_of_a_fault_far_into_the_file(wrong: str) -> None:
    before = "\n\n\n".join([_entry("goed")] * 30_000)
    file = read_bank_bytes("x", f"{HEAD}{before}\n{wrong}{TAIL}".encode())
    rows = [found.row for found in file.problems if found.severity is Severity.FAULT]
    assert rows == [HEAD.count("\n") + before.count("\n") + 2]


def test_bytes_that_are_no_utf8_are_refused_wherever_they_stand() -> None:
    before = "\n".join([_entry("goed")] * 3000).encode()
    file = read_bank_bytes(
        "x", HEAD.encode() + before + b"\n" + _entry("Caf").encode() + b"\xe9" + TAIL.encode()
    )
    assert file.refused
    assert file.transactions == ()
