"""Large bank files for the benchmark: made up, each line different, as one bank writes them.

Answers: a CAMT.053 (001.02, five kinds of entries as ING and Rabobank fill them; indented by one space, as
bankstatementparser refuses 100 MB) and an MT940 (ING of today) with so many bookings, written to disk a
thousand at a time.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

OWN = "NL20INGB0001234567"
_BEGIN = date(2026, 1, 1)
_NAMES = (
    "Bakkerij De Korenaar B.V.",
    "J. de Wit",
    "Van der Berg & Smit VOF",
    "Stichting De Brug",
    "A. Yılmaz",
)
_WORDS = ("Factuur", "Nota", "Betaling factuur", "Uw rekening", "Levering oktober")
_CODES = (("RCDT", "ESCT"), ("RDDT", "ESDD"), ("ICDT", "ESCT"), ("CCRD", "POSD"), ("IDDT", "UPDD"))


def write_camt(path: Path, entries: int) -> None:
    """A statement of so many entries; opening balance nought, and it adds up."""
    chance = random.Random(entries)  # noqa: S311 - the same file every time
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(_CAMT_HEAD)
        total = 0
        lines = []
        for number in range(entries):
            text, cents = _camt_entry(number, entries, chance)
            total += cents
            lines.append(text.replace("  ", " "))
            if len(lines) == 1000:
                stream.write("".join(lines))
                lines.clear()
        stream.write("".join(lines))
        stream.write(_camt_balance("CLBD", total, "2026-11-01"))
        stream.write("    </Stmt>\n  </BkToCstmrStmt>\n</Document>\n")


def _day(number: int, entries: int) -> date:
    return _BEGIN + timedelta(days=number * 300 // entries)


def _account(chance: random.Random) -> str:
    return f"NL{chance.randrange(2, 99):02}RABO{chance.randrange(10**9, 10**10):010}"


def _camt_balance(code: str, cents: int, day: str) -> str:
    side = "CRDT" if cents >= 0 else "DBIT"
    return f"""\
      <Bal>
        <Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>
        <Amt Ccy="EUR">{abs(cents) // 100}.{abs(cents) % 100:02}</Amt>
        <CdtDbtInd>{side}</CdtDbtInd>
        <Dt><Dt>{day}</Dt></Dt>
      </Bal>
"""


_CAMT_HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
  <BkToCstmrStmt>
    <GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-02T06:00:00</CreDtTm></GrpHdr>
    <Stmt>
      <Id>S1</Id>
      <CreDtTm>2026-11-02T06:00:00</CreDtTm>
      <Acct>
        <Id><IBAN>{OWN}</IBAN></Id>
        <Ccy>EUR</Ccy>
        <Svcr><FinInstnId><BIC>INGBNL2A</BIC></FinInstnId></Svcr>
      </Acct>
{_camt_balance("OPBD", 0, "2026-01-01")}"""


def _camt_entry(number: int, entries: int, chance: random.Random) -> tuple[str, int]:
    day = _day(number, entries).isoformat()
    kind = number % 5
    family, sub_family = _CODES[kind]
    cents = chance.randrange(500, 500_000)
    incoming = kind in {0, 1}
    side, role = ("CRDT", "Dbtr") if incoming else ("DBIT", "Cdtr")
    name = _NAMES[chance.randrange(5)].replace("&", "&amp;")
    words = f"{_WORDS[chance.randrange(5)]} 2026-{number:06} klant {chance.randrange(10_000)}"
    reversal = "        <RvslInd>true</RvslInd>\n" if kind == 4 else ""
    mandate = f"              <MndtId>M-{chance.randrange(10_000)}</MndtId>\n" if family == "RDDT" else ""
    if kind == 3:
        details = f"        <AddtlNtryInf>Betaalautomaat {words}</AddtlNtryInf>\n"
    else:
        details = f"""\
        <NtryDtls>
          <TxDtls>
            <Refs>
              <EndToEndId>E2E-{chance.randrange(10**12):012}</EndToEndId>
{mandate}            </Refs>
            <AmtDtls><TxAmt><Amt Ccy="EUR">{cents // 100}.{cents % 100:02}</Amt></TxAmt></AmtDtls>
            <RltdPties>
              <{role}>
                <Nm>{name}</Nm>
                <PstlAdr><Ctry>NL</Ctry><AdrLine>Dorpsstraat {chance.randrange(200)}</AdrLine></PstlAdr>
              </{role}>
              <{role}Acct><Id><IBAN>{_account(chance)}</IBAN></Id></{role}Acct>
            </RltdPties>
            <RltdAgts><{role}Agt><FinInstnId><BIC>RABONL2U</BIC></FinInstnId></{role}Agt></RltdAgts>
            <RmtInf>
              <Ustrd>{words}</Ustrd>
            </RmtInf>
          </TxDtls>
        </NtryDtls>
"""
    text = f"""\
      <Ntry>
        <NtryRef>{number:012}</NtryRef>
        <Amt Ccy="EUR">{cents // 100}.{cents % 100:02}</Amt>
        <CdtDbtInd>{side}</CdtDbtInd>
{reversal}        <Sts>BOOK</Sts>
        <BookgDt><Dt>{day}</Dt></BookgDt>
        <ValDt><Dt>{day}</Dt></ValDt>
        <AcctSvcrRef>R{number:012}</AcctSvcrRef>
        <BkTxCd>
          <Domn>
            <Cd>PMNT</Cd>
            <Fmly>
              <Cd>{family}</Cd>
              <SubFmlyCd>{sub_family}</SubFmlyCd>
            </Fmly>
          </Domn>
          <Prtry><Cd>00100</Cd><Issr>INGGroup</Issr></Prtry>
        </BkTxCd>
{details}      </Ntry>
"""
    return text, cents if incoming else -cents


def write_mt940(path: Path, entries: int) -> None:
    """A statement of so many bookings; opening balance nought, and it adds up."""
    chance = random.Random(entries)  # noqa: S311 - the same file every time
    with path.open("w", encoding="ascii", newline="\r\n") as stream:
        stream.write("{1:F01INGBNL2ABXXX0000000000}\n{2:I940INGBNL2AXXXN}\n{4:\n:20:P261102000000001\n")
        stream.write(f":25:{OWN}EUR\n:28C:00000\n:60F:C260101EUR0,00\n")
        total = 0
        for number in range(entries):
            text, cents = _mt940_entry(number, entries, chance)
            total += cents
            stream.write(text)
        side = "C" if total >= 0 else "D"
        stream.write(f":62F:{side}261101EUR{abs(total) // 100},{abs(total) % 100:02}\n-}}\n")


def _mt940_entry(number: int, entries: int, chance: random.Random) -> tuple[str, int]:
    day = _day(number, entries)
    cents = chance.randrange(500, 500_000)
    incoming = number % 5 < 2
    name = _NAMES[chance.randrange(5)].replace("ı", "i").upper()
    words = f"{_WORDS[chance.randrange(5)]} 2026-{number:06} klant {chance.randrange(10_000)}"
    text = (
        f":86:/EREF/E2E-{chance.randrange(10**12):012}//CNTP/{_account(chance)}/RABONL2UXXX/{name}///REMI/USTD//"
        f"{words}/"
    )
    pieces = [text[at : at + 65] for at in range(0, len(text), 65)]
    head = f":61:{day:%y%m%d}{day:%m%d}{'C' if incoming else 'D'}{cents // 100},{cents % 100:02}"
    lines = [f"{head}NTRFEREF//{number:014}", "/TRCD/00100/", *pieces]
    return "\n".join(lines) + "\n", cents if incoming else -cents


WRITERS: dict[str, Callable[[Path, int], None]] = {"CAMT.053": write_camt, "MT940": write_mt940}
