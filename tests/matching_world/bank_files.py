"""A made-up world's bookings as the files that banks give: CAMT.053, MT940, CSV and TAB.

Each writer takes the bookings of one account in order of day and writes them as one bank does. What a format
cannot say is lost, as in life: a CSV of bunq has no reference.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from matching_world.bookings import Booking

OPENING = 1_000_000
"""Cents on an account before its first booking."""
_BICS = {"INGB": "INGBNL2A", "RABO": "RABONL2U", "ABNA": "ABNANL2A", "KNAB": "KNABNL2H", "TRIO": "TRIONL2U"}
_WIDTH = 65

Writer = Callable[[str, Sequence[Booking]], bytes]


def _bic(account: str) -> str:
    return _BICS.get(account[4:8], f"{account[4:8]}NL2A")


def _comma(cents: int) -> str:
    return f"{abs(cents) // 100},{abs(cents) % 100:02d}"


def _point(cents: int) -> str:
    return f"{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _days(lines: Sequence[Booking]) -> Iterator[tuple[list[Booking], int, int]]:
    """The bookings of each day, with the balance before and after."""
    balance = OPENING
    for _, group in groupby(lines, key=lambda one: one.day):
        of_day = list(group)
        before, balance = balance, balance + sum(one.cents for one in of_day)
        yield of_day, before, balance


def camt(version: str) -> Writer:
    """CAMT.053 in this version: a statement for each day with bookings."""

    def write(account: str, lines: Sequence[Booking]) -> bytes:
        statements = "".join(
            _camt_statement(account, number, *of_day) for number, of_day in enumerate(_days(lines), start=1)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">\n<BkToCstmrStmt>'
            "<GrpHdr><MsgId>MADEUP</MsgId><CreDtTm>2026-11-21T06:00:00</CreDtTm></GrpHdr>"
            f"{statements}</BkToCstmrStmt></Document>\n"
        ).encode()

    def _camt_statement(account: str, number: int, lines: Sequence[Booking], before: int, after: int) -> str:
        day = lines[0].day.isoformat()
        entries = "".join(_entry(one, f"{account[-6:]}{number:05d}{at:04d}") for at, one in enumerate(lines))
        return (
            f"<Stmt><Id>{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb><CreDtTm>{day}T23:00:00</CreDtTm>"
            f"<FrToDt><FrDtTm>{day}T00:00:00</FrDtTm><ToDtTm>{day}T23:59:59</ToDtTm></FrToDt>"
            f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy>"
            f"<Svcr><FinInstnId><{bic}>{_bic(account)}</{bic}></FinInstnId></Svcr></Acct>\n"
            f"{_camt_balance('OPBD', day, before)}{_camt_balance('CLBD', day, after)}{entries}</Stmt>\n"
        )

    def _entry(one: Booking, reference: str) -> str:
        returned = bool(one.return_code)
        role = "Dbtr" if (one.cents > 0) != returned else "Cdtr"
        name = escape(one.name)
        party = f"<Pty><Nm>{name}</Nm></Pty>" if version == "08" else f"<Nm>{name}</Nm>"
        other = (
            f"<RltdPties><{role}>{party}</{role}><{role}Acct><Id><IBAN>{one.iban}</IBAN></Id></{role}Acct>"
            "</RltdPties>"
            if one.iban
            else ""
        )
        text = f"<Ustrd>{escape(one.text)}</Ustrd>" if one.text else ""
        if one.reference:
            text += (
                "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>"
                f"<Ref>{one.reference}</Ref></CdtrRefInf></Strd>"
            )
        mandate = f"<MndtId>{one.mandate}</MndtId>" if one.mandate else ""
        reason = f"<RtrInf><Rsn><Cd>{one.return_code}</Cd></Rsn></RtrInf>" if returned else ""
        status = "<Sts><Cd>BOOK</Cd></Sts>" if version == "08" else "<Sts>BOOK</Sts>"
        return (
            f"<Ntry><NtryRef>{reference}</NtryRef>{_camt_money(one.cents)}"
            f"{'<RvslInd>true</RvslInd>' if returned else ''}{status}"
            f"<BookgDt><Dt>{one.day.isoformat()}</Dt></BookgDt><ValDt><Dt>{one.day.isoformat()}</Dt></ValDt>"
            f"<AcctSvcrRef>{reference}</AcctSvcrRef>"
            "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
            f"<NtryDtls><TxDtls><Refs><EndToEndId>{escape(one.end_to_end or 'NOTPROVIDED')}</EndToEndId>"
            f"{mandate}</Refs>{other}<RmtInf>{text}</RmtInf>{reason}</TxDtls></NtryDtls></Ntry>\n"
        )

    bic = "BICFI" if version == "08" else "BIC"
    return write


def _camt_money(cents: int) -> str:
    return f'<Amt Ccy="EUR">{_point(cents)}</Amt><CdtDbtInd>{"CRDT" if cents >= 0 else "DBIT"}</CdtDbtInd>'


def _camt_balance(code: str, day: str, cents: int) -> str:
    kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{kind}{_camt_money(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>\n"


def _mt940(
    account: str, lines: Sequence[Booking], head: str, number: str, one_entry: Callable[[Booking, str], str]
) -> bytes:
    blocks = []
    for order, (of_day, before, after) in enumerate(_days(lines), start=1):
        day = f"{of_day[0].day:%y%m%d}"
        entries = "".join(one_entry(one, f"{order:05d}{at:05d}") for at, one in enumerate(of_day))
        blocks.append(
            f"{head}:25:{account}\r\n:28C:{number.format(order)}\r\n"
            f":60F:{_side(before)}{day}EUR{_comma(before)}\r\n{entries}"
            f":62F:{_side(after)}{day}EUR{_comma(after)}\r\n-\r\n"
        )
    return "".join(blocks).encode("ascii")


def _side(cents: int) -> str:
    return "D" if cents < 0 else "C"


def _mark(one: Booking) -> str:
    if one.return_code:
        return "RC" if one.cents < 0 else "RD"
    return _side(one.cents)


def _cut(text: str) -> str:
    return "".join(f"{text[at : at + _WIDTH]}\r\n" for at in range(0, len(text), _WIDTH))


def ing_mt940(account: str, lines: Sequence[Booking]) -> bytes:
    def entry(one: Booking, reference: str) -> str:
        own = one.end_to_end if one.end_to_end != "NOTPROVIDED" else ""
        head = f":61:{one.day:%y%m%d}{one.day:%m%d}{_mark(one)}{_comma(one.cents)}"
        remittance = f"STRD/CUR/{one.reference}" if one.reference else f"USTD//{one.text}"
        details = "".join(
            (
                f"/RTRN/{one.return_code}/" if one.return_code else "",
                f"/EREF/{own}/" if own else "",
                f"/MARF/{one.mandate}/" if one.mandate else "",
                f"/CNTP/{one.iban}/{_bic(one.iban)}/{one.name}///" if one.iban else "",
                f"/REMI/{remittance}/",
            )
        )
        kind = "EREF" if own else "NONREF"
        return f"{head}NTRF{kind}//{reference}\r\n/TRCD/00100/\r\n{_cut(':86:' + details)}"

    return _mt940(account + "EUR", lines, ":20:P000000000001\r\n", "{:05d}", entry)


def rabobank_mt940(account: str, lines: Sequence[Booking]) -> bytes:
    def entry(one: Booking, _reference: str) -> str:
        own = one.end_to_end if one.end_to_end != "NOTPROVIDED" else ""
        head = (
            f":61:{one.day:%y%m%d}{_mark(one)}{_comma(one.cents).zfill(15)}N541{'EREF' if own else 'NONREF'}"
        )
        role = "ORDP" if (one.cents > 0) != bool(one.return_code) else "BENM"
        remittance = (
            f"/REMI//CDTRREFTP//CD/SCOR/ISSR/CUR/CDTRREF/{one.reference}"
            if one.reference
            else f"/REMI/{one.text}"
        )
        details = "".join(
            (
                f"/RTRN/{one.return_code}" if one.return_code else "",
                f"/MARF/{one.mandate}" if one.mandate else "",
                f"/EREF/{own}" if own else "",
                f"/{role}//NAME/{one.name}" if one.name else "",
                remittance,
                f"/ISDT/{one.day.isoformat()}",
            )
        )
        return f"{head}\r\n{one.iban + chr(13) + chr(10) if one.iban else ''}{_cut(':86:' + details)}"

    return _mt940(account + " EUR", lines, ":940:\r\n:20:940S000000\r\n", "{:05d}", entry)


def abn_mt940(account: str, lines: Sequence[Booking]) -> bytes:
    def entry(one: Booking, _reference: str) -> str:
        head = f":61:{one.day:%y%m%d}{one.day:%m%d}{_mark(one)}{_comma(one.cents)}N654NONREF\r\n"
        return head + _cut(f":86:{_abn_details(one)}")

    head = "ABNANL2A\r\n940\r\nABNANL2A\r\n:20:ABN AMRO BANK NV\r\n"
    return _mt940(account[-9:], lines, head, "{:05d}/1", entry)


def _abn_details(one: Booking) -> str:
    if not one.iban:
        return one.text
    kind = "SEPA INCASSO STORNO" if one.return_code else "SEPA OVERBOEKING"
    remittance = f"Issuer: CUR Ref: {one.reference}" if one.reference else one.text
    return "".join(
        (
            f"/TRTP/{kind}/IBAN/{one.iban}/BIC/{_bic(one.iban)}/NAME/{one.name}",
            f"/RTRN/{one.return_code}" if one.return_code else "",
            f"/MARF/{one.mandate}" if one.mandate else "",
            f"/REMI/{remittance}/EREF/{one.end_to_end or 'NOTPROVIDED'}",
        )
    )


def abn_tab(account: str, lines: Sequence[Booking]) -> bytes:
    rows = []
    balance = OPENING
    for one in lines:
        before, balance = balance, balance + one.cents
        amounts = [f"{'-' if cents < 0 else ''}{_comma(cents)}" for cents in (before, balance, one.cents)]
        day = f"{one.day:%Y%m%d}"
        rows.append("\t".join((account[-9:], "EUR", day, *amounts[:2], day, amounts[2], _abn_details(one))))
    return ("\r\n".join(rows) + "\r\n").encode()


def ing_csv(account: str, lines: Sequence[Booking]) -> bytes:
    head = (
        "Datum|Naam / Omschrijving|Rekening|Tegenrekening|Code|Af Bij|Bedrag (EUR)|Mutatiesoort|Mededelingen"
    )
    rows = []
    balance = OPENING
    for one in lines:
        balance += one.cents
        day = f"{one.day:%d-%m-%Y}"
        notes = f"{one.text} Valutadatum: {day}"
        if one.iban:
            own = one.reference or (one.end_to_end if one.end_to_end != "NOTPROVIDED" else "")
            notes = "".join(
                (
                    f"Naam: {one.name} Omschrijving: {one.text} IBAN: {one.iban} ",
                    f"Kenmerk: {own} " if own else "",
                    f"Machtiging ID: {one.mandate} " if one.mandate else "",
                    f"Reden retour: {one.return_code} " if one.return_code else "",
                    f"Valutadatum: {day}",
                )
            )
        kind = "Incasso" if one.mandate else "Online bankieren"
        side = "Af" if one.cents < 0 else "Bij"
        money = _comma(one.cents)
        rows.append(
            (f"{one.day:%Y%m%d}", one.name, account, one.iban, "GT", side, money, kind, notes,
             f"{'-' if balance < 0 else ''}{_comma(balance)}", "")
        )  # fmt: skip
    return _table([(*head.split("|"), "Saldo na mutatie", "Tag"), *reversed(rows)], ";")


def rabobank_csv(account: str, lines: Sequence[Booking]) -> bytes:
    head = (
        "IBAN/BBAN|Munt|BIC|Volgnr|Datum|Rentedatum|Bedrag|Saldo na trn|Tegenrekening IBAN/BBAN|"
        "Naam tegenpartij|Naam uiteindelijke partij|Naam initiërende partij|BIC tegenpartij|Code|Batch ID|"
        "Transactiereferentie|Machtigingskenmerk|Incassant ID|Betalingskenmerk|Omschrijving-1|Omschrijving-2|"
        "Omschrijving-3|Reden retour|Oorspr bedrag|Oorspr munt|Koers"
    )
    rows: list[tuple[str, ...]] = [tuple(head.split("|"))]
    balance = OPENING
    for at, one in enumerate(lines):
        balance += one.cents
        day = one.day.isoformat()
        money = [f"{'+' if cents >= 0 else '-'}{_comma(cents)}" for cents in (one.cents, balance)]
        rows.append(
            (account, "EUR", "RABONL2U", f"{at:018d}", day, day, *money, one.iban, one.name, "", "",
             _bic(one.iban) if one.iban else "", "cb", "", one.end_to_end, one.mandate, "", one.reference,
             one.text[:35], one.text[35:70], one.text[70:], one.return_code, "", "", "")
        )  # fmt: skip
    return _table(rows, ",")


def _table(rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode()


WRITERS: Mapping[str, Mapping[str, Writer]] = {
    "INGB": {"ING CAMT.053.02": camt("02"), "ING MT940": ing_mt940, "ING CSV": ing_csv},
    "RABO": {
        "Rabobank CAMT.053.08": camt("08"),
        "Rabobank MT940": rabobank_mt940,
        "Rabobank CSV": rabobank_csv,
    },
    "ABNA": {"ABN AMRO CAMT.053.02": camt("02"), "ABN AMRO MT940": abn_mt940, "ABN AMRO TAB": abn_tab},
}
"""By the four letters of the bank: every file it gives."""
