"""CAMT: every version, who is who, batches, returns, and XML that cannot be trusted."""

from datetime import date
from decimal import Decimal

import pytest

from debiteuren.banks import read_bank_bytes
from debiteuren.domain.payment import BankFile, BankTransaction, FileFormat
from debiteuren.domain.problem import Severity

OWN = "NL20INGB0001234567"


def _balance(
    code: str, amount: str, day: str = "2026-11-17", sign: str = "CRDT", currency: str = "EUR"
) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='{currency}'>{amount}</Amt>"
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _entry(
    details: str = "",
    amount: str = "10.00",
    sign: str = "CRDT",
    status: str = "<Sts>BOOK</Sts>",
    days: str = "<BookgDt><Dt>2026-11-17</Dt></BookgDt>",
    extra: str = "",
) -> str:
    return (
        f"<Ntry><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}{days}{extra}"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def _document(
    body: str, namespace: str = "camt.053.001.02", message: str = "BkToCstmrStmt", part: str = "Stmt"
) -> str:
    xmlns = f' xmlns="urn:iso:std:iso:20022:tech:xsd:{namespace}"' if namespace else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document{xmlns}><{message}><{part}>'
        f"<Acct><Id><IBAN>{OWN}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n{body}\n</{part}></{message}></Document>"
    )


def _read(text: str) -> BankFile:
    return read_bank_bytes("afschrift.xml", text.encode())


def _one(entry: str) -> BankTransaction:
    (found,) = _read(_document(entry)).transactions
    return found


def _faults(file: BankFile) -> list[str]:
    return [found.found for found in file.problems if found.severity is Severity.FAULT]


@pytest.mark.parametrize("version", ["02", "03", "04", "06", "08", "10", "14"])
def test_every_version_of_the_statement_is_read(version: str) -> None:
    file = _read(_document(_entry(), f"camt.053.001.{version}"))
    assert (file.format, file.bank, len(file.transactions)) == (FileFormat.CAMT053, "ING", 1)


@pytest.mark.parametrize(
    ("message", "part", "expected"),
    [
        ("BkToCstmrStmt", "Stmt", FileFormat.CAMT053),
        ("BkToCstmrAcctRpt", "Rpt", FileFormat.CAMT052),
        ("BkToCstmrDbtCdtNtfctn", "Ntfctn", FileFormat.CAMT054),
    ],
)
def test_a_message_is_known_without_a_namespace(message: str, part: str, expected: FileFormat) -> None:
    assert _read(_document(_entry(), "", message, part)).format is expected


def test_a_prefix_on_every_tag_is_no_matter() -> None:
    text = _document(_entry()).replace("<", "<c:").replace("<c:/", "</c:").replace("<c:?", "<?")
    assert len(_read(text.replace("xmlns=", "xmlns:c=")).transactions) == 1


def _party(role: str, name: str, account: str) -> str:
    return f"<{role}><Nm>{name}</Nm></{role}><{role}Acct><Id><IBAN>{account}</IBAN></Id></{role}Acct>"


DEBTOR = _party("Dbtr", "Debiteur", "NL18TRIO0198100777")
CREDITOR = _party("Cdtr", "Crediteur", "NL36INGB0007654321")
US = _party("Cdtr", "Wij zelf", OWN)
REVERSAL = "<RvslInd>true</RvslInd>"


@pytest.mark.parametrize(
    ("sign", "extra", "parties", "name"),
    [
        pytest.param("CRDT", "", DEBTOR + CREDITOR, "Debiteur", id="money in: the debtor"),
        pytest.param("DBIT", "", DEBTOR + CREDITOR, "Crediteur", id="money out: the creditor"),
        pytest.param("CRDT", REVERSAL, DEBTOR + CREDITOR, "Crediteur", id="own payment given back"),
        pytest.param("DBIT", REVERSAL, DEBTOR + CREDITOR, "Debiteur", id="a collection taken back"),
        pytest.param("CRDT", "<RvslInd>false</RvslInd>", DEBTOR + CREDITOR, "Debiteur", id="no reversal"),
        pytest.param("DBIT", REVERSAL, CREDITOR, "Crediteur", id="a reversal naming the other role"),
        pytest.param("DBIT", REVERSAL, US, "", id="a reversal naming only ourselves"),
        pytest.param("CRDT", "", US, "", id="money in naming only ourselves"),
        pytest.param(
            "CRDT", "", "<UltmtDbtr><Nm>Uiteindelijk</Nm></UltmtDbtr>", "Uiteindelijk", id="ultimate debtor"
        ),
        pytest.param("CRDT", "", "<Dbtr><Pty><Nm>Nieuw</Nm></Pty></Dbtr>", "Nieuw", id="001.08: name in Pty"),
        pytest.param(
            "CRDT",
            "",
            "<Dbtr><Agt><FinInstnId><Nm>Bank</Nm></FinInstnId></Agt></Dbtr>",
            "Bank",
            id="a bank as party",
        ),
        pytest.param("CRDT", "", "", "", id="nobody"),
    ],
)
def test_who_the_other_side_is(sign: str, extra: str, parties: str, name: str) -> None:
    details = f"<TxDtls><RltdPties>{parties}</RltdPties></TxDtls>"
    assert _one(_entry(details, sign=sign, extra=extra)).name == name


def test_an_account_without_iban_is_its_other_number() -> None:
    parties = "<Dbtr><Nm>X</Nm></Dbtr><DbtrAcct><Id><Othr><Id>12.34.56.789</Id></Othr></Id></DbtrAcct>"
    assert _one(_entry(f"<TxDtls><RltdPties>{parties}</RltdPties></TxDtls>")).counter_account == "123456789"


@pytest.mark.parametrize(
    ("remittance", "description", "reference"),
    [
        pytest.param("<Ustrd>Nota 1</Ustrd>", "Nota 1", "", id="one line"),
        pytest.param("<Ustrd>Nota 1</Ustrd><Ustrd>en 2</Ustrd>", "Nota 1 en 2", "", id="several lines"),
        pytest.param(
            f"<Ustrd>{'x' * 140}</Ustrd><Ustrd>y</Ustrd>", "x" * 140 + "y", "", id="a full line goes on"
        ),
        pytest.param(
            f"<Ustrd>{'x' * 139}</Ustrd><Ustrd>y</Ustrd>", "x" * 139 + " y", "", id="a line not full"
        ),
        pytest.param(
            "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>",
            "",
            "RF18539007547034",
            id="RF",
        ),
        pytest.param(
            "<Strd><RfrdDocInf><Nb>2026-0042</Nb></RfrdDocInf><CdtrRefInf><Ref>R1</Ref></CdtrRefInf></Strd>"
            "<Strd><CdtrRefInf><Ref>R2</Ref></CdtrRefInf><AddtlRmtInf>meer</AddtlRmtInf></Strd>",
            "R2 2026-0042 meer",
            "R1",
            id="several structured parts",
        ),
        pytest.param(
            "<Ustrd>Caf\u00e9 &amp; Zo &lt;b&gt;</Ustrd>", "Caf\u00e9 & Zo <b>", "", id="signs of XML"
        ),
        pytest.param("<Ustrd>  a \n  b </Ustrd>", "a b", "", id="white space"),
    ],
)
def test_what_was_said(remittance: str, description: str, reference: str) -> None:
    found = _one(_entry(f"<TxDtls><RmtInf>{remittance}</RmtInf></TxDtls>"))
    assert (found.description, found.reference) == (description, reference)


@pytest.mark.parametrize("word", ["NOTPROVIDED", "NOT PROVIDED", "notprovided", "NONREF"])
def test_no_reference_is_no_reference(word: str) -> None:
    assert _one(_entry(f"<TxDtls><Refs><EndToEndId>{word}</EndToEndId></Refs></TxDtls>")).end_to_end == ""


def _part(amount: str, *, sign: str = "", currency: str = "EUR") -> str:
    own = f"<CdtDbtInd>{sign}</CdtDbtInd>" if sign else ""
    said = f"<RmtInf><Ustrd>deel {amount}</Ustrd></RmtInf>"
    return f"<TxDtls><Amt Ccy='{currency}'>{amount}</Amt>{own}{said}</TxDtls>"


@pytest.mark.parametrize(
    ("parts", "amounts"),
    [
        pytest.param(_part("4.00") + _part("6.00"), ["4.00", "6.00"], id="they add up"),
        pytest.param(_part("4.00") + _part("6.01"), ["10.00"], id="a cent too much"),
        pytest.param(_part("4.00") + _part("5.99"), ["10.00"], id="a cent too little"),
        pytest.param(_part("12.00") + _part("2.00", sign="DBIT"), ["12.00", "-2.00"], id="one the other way"),
        pytest.param(_part("4.00") + _part("6.00", currency="USD"), ["10.00"], id="another currency"),
        pytest.param(_part("4.00") + "<TxDtls></TxDtls>", ["10.00"], id="one without amount"),
        pytest.param(_part("10.00"), ["10.00"], id="one detail"),
        pytest.param(_part("9.00"), ["10.00"], id="one detail with another amount: the entry counts"),
        pytest.param("<Btch><NbOfTxs>2</NbOfTxs><PmtInfId>P1</PmtInfId></Btch>", ["10.00"], id="no details"),
    ],
)
def test_a_batch_is_split_only_when_its_details_add_up(parts: str, amounts: list[str]) -> None:
    file = _read(_document(_entry(parts)))
    assert [found.amount for found in file.transactions] == [Decimal(amount) for amount in amounts]


def test_the_details_of_a_batch_may_say_their_amount_elsewhere() -> None:
    part = "<TxDtls><AmtDtls><TxAmt><Amt Ccy='EUR'>5.00</Amt></TxAmt></AmtDtls></TxDtls>"
    assert len(_read(_document(_entry(part * 2))).transactions) == 2


def _family(code: str) -> str:
    return (
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>{code}</SubFmlyCd></Fmly></Domn></BkTxCd>"
    )


@pytest.mark.parametrize(
    ("entry", "is_return", "code"),
    [
        pytest.param(_entry(extra=REVERSAL), True, "", id="marked as reversal"),
        pytest.param(
            _entry("<TxDtls><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>"), True, "AC04", id="R-code"
        ),
        pytest.param(
            _entry(extra=_family("UPDD")),
            True,
            "",
            id="unpaid direct debit",
        ),
        pytest.param(
            _entry(extra=_family("ESCT")),
            False,
            "",
            id="an ordinary transfer",
        ),
    ],
)
def test_what_came_or_went_back(entry: str, *, is_return: bool, code: str) -> None:
    found = _one(entry)
    assert (found.is_return, found.return_code) == (is_return, code)


@pytest.mark.parametrize(
    ("status", "count", "problems"),
    [
        ("<Sts>BOOK</Sts>", 1, []),
        ("<Sts><Cd>BOOK</Cd></Sts>", 1, []),
        ("", 1, []),
        ("<Sts>PDNG</Sts>", 0, ["1 boeking is nog niet definitief geboekt (status PDNG) en niet meegeteld."]),
        (
            "<Sts><Cd>INFO</Cd></Sts>",
            0,
            ["1 boeking is nog niet definitief geboekt (status INFO) en niet meegeteld."],
        ),
    ],
)
def test_only_what_is_booked_counts(status: str, count: int, problems: list[str]) -> None:
    file = _read(_document(_entry(status=status)))
    assert len(file.transactions) == count
    assert [problem.found for problem in file.problems] == problems
    assert _faults(file) == []


@pytest.mark.parametrize(
    ("days", "booked", "value"),
    [
        pytest.param("<BookgDt><Dt>2026-11-17</Dt></BookgDt>", date(2026, 11, 17), None, id="a day"),
        pytest.param(
            "<BookgDt><DtTm>2026-11-17T23:59:00+01:00</DtTm></BookgDt>",
            date(2026, 11, 17),
            None,
            id="a moment",
        ),
        pytest.param(
            "<BookgDt><Dt>2026-11-17+01:00</Dt></BookgDt>", date(2026, 11, 17), None, id="a day with zone"
        ),
        pytest.param(
            "<BookgDt><Dt>2026-11-17</Dt></BookgDt><ValDt><Dt>2026-11-16</Dt></ValDt>",
            date(2026, 11, 17),
            date(2026, 11, 16),
            id="both",
        ),
        pytest.param(
            "<ValDt><Dt>2026-11-16</Dt></ValDt>", date(2026, 11, 16), date(2026, 11, 16), id="value day only"
        ),
    ],
)
def test_the_days_of_an_entry(days: str, booked: date, value: date | None) -> None:
    found = _one(_entry(days=days))
    assert (found.booked, found.value_date) == (booked, value)


def test_an_entry_without_a_day_takes_that_of_the_closing_balance_or_refuses() -> None:
    dated = _read(_document(_balance("CLBD", "10.00", "2026-11-18") + _entry(days="")))
    assert [found.booked for found in dated.transactions] == [date(2026, 11, 18)]
    assert _faults(_read(_document(_entry(days="")))) == ["Deze boeking heeft geen boekdatum."]


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(_entry(days="<BookgDt><Dt>2023-07-81</Dt></BookgDt>"), id="day 81"),
        pytest.param(_entry(days="<BookgDt><Dt>17-11-2026</Dt></BookgDt>"), id="day first"),
        pytest.param(_entry(days="<BookgDt><Dt>gisteren</Dt></BookgDt>"), id="a word"),
        pytest.param(_entry(amount="1.234"), id="parts of cents"),
        pytest.param(_entry(amount="1,50"), id="comma"),
        pytest.param(_entry(amount="1e3"), id="exponent"),
        pytest.param(_entry(amount="NaN"), id="no number"),
        pytest.param(_entry(amount=""), id="empty amount"),
        pytest.param(_entry(amount="999999999999.00"), id="more than a spreadsheet holds"),
        pytest.param(_entry(sign="CREDIT"), id="another word for the sign"),
        pytest.param(_entry(sign=""), id="no sign"),
        pytest.param(_balance("OPBD", "x"), id="balance without amount"),
        pytest.param(_balance("CLBD", "1.00", "2026-13-01"), id="balance in month 13"),
        pytest.param(_balance("CLBD", "1.00", sign="PLUS"), id="balance without sign"),
    ],
)
def test_an_impossible_value_refuses_the_file_and_says_where(entry: str) -> None:
    file = _read(_document(_entry() + "\n" + entry))
    assert file.transactions == ()
    assert [found.row for found in file.problems] == [4]
    assert len(_faults(file)) == 1


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        pytest.param("99999999999.99", None, id="the largest"),
        pytest.param(
            "100000000000.00",
            'Het bedrag van een boeking is "100000000000.00". Dat bedrag is te groot: tot € 99.999.999.999,99'
            " kan het tot op de cent bewaard worden.",
            id="a cent more",
        ),
        pytest.param("1" * 31, f'Het bedrag van een boeking is "{"1" * 30}". Dat is geen bedrag.', id="junk"),
    ],
)
def test_an_amount_that_is_too_large_is_called_so(amount: str, why: str | None) -> None:
    assert _faults(_read(_document(_entry(amount=amount)))) == ([] if why is None else [why])


def test_the_advice_on_a_camt_file_is_another_format() -> None:
    (problem,) = _read(_document(_entry(amount="x"))).problems
    assert problem.remedy == (
        "Download het bestand opnieuw bij uw bank. Blijft dit zo, kies daar dan MT940 of CSV."
    )


def test_minus_nought_is_nought() -> None:
    file = _read(_document(_entry(amount="-0.00")))
    assert [str(found.amount) for found in file.transactions] == ["0.00"]


@pytest.mark.parametrize(
    ("balances", "adds_up"),
    [
        pytest.param(_balance("OPBD", "1.00") + _balance("CLBD", "11.00"), True, id="it adds up"),
        pytest.param(_balance("OPBD", "1.00") + _balance("CLBD", "11.01"), False, id="a cent short"),
        pytest.param(
            _balance("PRCD", "1.00") + _balance("CLBD", "11.00"), True, id="the previous closing balance"
        ),
        pytest.param(
            _balance("PRCD", "5.00") + _balance("OPBD", "1.00") + _balance("CLBD", "11.00"),
            True,
            id="opening goes first",
        ),
        pytest.param(
            _balance("OPBD", "1.00", sign="DBIT") + _balance("CLBD", "9.00"), True, id="overdrawn before"
        ),
        pytest.param(_balance("OPBD", "1.00"), None, id="no closing balance"),
        pytest.param(_balance("CLBD", "1.00"), None, id="no opening balance"),
        pytest.param(
            _balance("OPBD", "1.00") + _balance("CLBD", "11.00", currency="SEK"), False, id="two currencies"
        ),
    ],
)
def test_whether_it_adds_up(balances: str, *, adds_up: bool | None) -> None:
    file = _read(_document(balances + _entry()))
    assert [statement.adds_up for statement in file.statements] == [adds_up]
    assert _faults(file) == []
    assert len(file.problems) == (1 if adds_up is False else 0)


def test_a_minus_in_an_amount_is_read_as_it_stands_with_a_warning() -> None:
    file = _read(_document(_entry(amount="-10.00")))
    assert [found.amount for found in file.transactions] == [Decimal("-10.00")]
    assert [problem.severity for problem in file.problems] == [Severity.WARNING]


ENTITY = '<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE = [
    pytest.param(lambda text: text.replace("<Document", "<!DOCTYPE Document><Document"), id="bare DOCTYPE"),
    pytest.param(
        lambda text: text.replace("<Document", ENTITY + "<Document").replace("10.00", "&b;"), id="entity"
    ),
    pytest.param(
        lambda text: text.replace("<Document", '<!DOCTYPE d SYSTEM "file:///etc/passwd"><Document'),
        id="outside DTD",
    ),
    pytest.param(lambda text: text.replace("BOOK", "&onbekend;"), id="unknown entity"),
]


@pytest.mark.parametrize("spoil", HOSTILE)
def test_a_doctype_or_entity_is_refused(spoil: object) -> None:
    assert callable(spoil)
    file = _read(spoil(_document(_entry())))
    assert file.transactions == ()
    assert _faults(file) == [
        "Dit XML-bestand bevat een DOCTYPE of entiteit. Een bank levert die nooit; dat kan onveilig zijn."
    ]


def test_a_million_levels_deep_is_refused() -> None:
    depth = 1_000_000
    file = _read(_document("<a>" * depth + "</a>" * depth))
    assert file.transactions == ()
    assert len(_faults(file)) == 1


def test_a_long_text_is_refused() -> None:
    file = _read(_document(_entry(f"<TxDtls><RmtInf><Ustrd>{'x' * 11_000_000}</Ustrd></RmtInf></TxDtls>")))
    assert file.transactions == ()
    assert len(_faults(file)) == 1


def test_a_file_cut_anywhere_is_refused() -> None:
    whole = _document(_balance("OPBD", "1.00") + _balance("CLBD", "11.00") + _entry())
    for length in range(200, len(whole) - 1, 37):
        file = _read(whole[:length])
        assert file.transactions == (), length
        assert len(_faults(file)) == 1, length


def test_a_message_without_a_statement_is_refused() -> None:
    assert _faults(_read('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>')) == [
        "Dit CAMT-bestand bevat geen afschrift."
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_the_encoding_the_file_names_is_followed(encoding: str) -> None:
    text = _document(_entry("<TxDtls><RmtInf><Ustrd>Café</Ustrd></RmtInf></TxDtls>"))
    named = text.replace("UTF-8", encoding.removesuffix("-sig").upper()).encode(encoding)
    assert [found.description for found in read_bank_bytes("x", named).transactions] == ["Café"]


def test_nothing_out_is_not_minus_nought() -> None:
    assert str(_one(_entry(amount="0.00", sign="DBIT")).amount) == "0.00"


def test_another_currency_is_kept_apart() -> None:
    file = _read(_document(_entry().replace("Ccy='EUR'", "Ccy='USD'") + _entry()))
    assert [found.currency for found in file.transactions] == ["USD", "EUR"]


@pytest.mark.parametrize(
    ("year", "fault"),
    [
        ("1979", ['De boekdatum van een boeking is "1979-11-17". Dat jaar kan niet kloppen.']),
        ("1980", []),
        ("2079", []),
        ("2080", ['De boekdatum van een boeking is "2080-11-17". Dat jaar kan niet kloppen.']),
    ],
)
def test_a_year_no_bank_books_in_is_refused(year: str, fault: list[str]) -> None:
    days = f"<BookgDt><Dt>{year}-11-17</Dt></BookgDt>"
    assert _faults(_read(_document(_entry(days=days) + _entry(days=days)))) == fault * 2


def test_another_encoding_than_the_file_names_is_said_so() -> None:
    text = _document(_entry() + "\n" + _entry("<TxDtls><RmtInf><Ustrd>Café</Ustrd></RmtInf></TxDtls>"))
    file = read_bank_bytes("x", text.encode("iso-8859-1"))
    assert [(problem.row, problem.found) for problem in file.problems] == [
        (4, "Hier staan tekens die niet passen bij de tekenset die het bestand zelf noemt.")
    ]


@pytest.mark.parametrize("sign", ["<Ntry ", "<!-- "])
def test_a_part_no_bank_writes_is_refused_before_it_fills_the_memory(sign: str) -> None:
    text = _document(_entry() + sign + " " * 10_500_000)
    (problem,) = _read(text).problems
    assert problem.found == "Vanaf hier staat er meer achter elkaar dan een bank ooit schrijft."
