"""One statement, written in the three formats of each bank, as that bank writes them (fictional).

Answers: the bytes of the same bookings as CAMT.053, MT940 and CSV or TAB. Each line of text is kept as it is,
so that what readers tell of it can be compared.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

OPENING = 100_000
_WIDTH = 65
_NAMES = ("Sportclub Zuid", "Bakkerij De Korenaar B.V.", "J. de Wit", "Smit & Zn VOF", "Praktijk 't Hoekje")
_ACCOUNTS = ("NL36INGB0007654321", "NL95RABO0118222333", "NL56ABNA0502233445", "NL94BUNQ2025001122")
_WORDS = ("Factuur", "Nota", "Betaling van factuur", "Onderhoud en levering van oktober, factuur")


@dataclass(frozen=True, slots=True)
class Line:
    """One booking; `cents` money in positive, `reference` the payer's own or ''."""

    day: date
    cents: int
    account: str
    name: str
    text: str
    reference: str

    @property
    def side(self) -> str:
        """D or C."""
        return "D" if self.cents < 0 else "C"


def some_lines(seed: int, count: int = 40, *, references: bool = True) -> list[Line]:
    """Bookings of five days; some are each other's equals, and some lie on one day with one amount."""
    chance = random.Random(seed)  # noqa: S311 - the same statement every time
    lines = []
    for number in range(count):
        day = date(2026, 12, 29) + timedelta(days=number * 5 // count)
        text = f"{_WORDS[chance.randrange(4)]} 2026-{number:04}{chance.choice(['', '/2', ' en 2026-0007'])}"
        reference = f"REF{chance.randrange(10**6):06}" if references and chance.random() < 0.5 else ""
        cents = chance.choice([-1, 1, 1]) * chance.choice([2500, 12_100, chance.randrange(1, 99_999)])
        account = chance.randrange(4)
        lines.append(Line(day, cents, _ACCOUNTS[account], _NAMES[account], text, reference))
        if number % 10 == 3:
            lines.append(lines[-1])
    return lines


def _money(cents: int, mark: str = ",") -> str:
    return f"{abs(cents) // 100}{mark}{abs(cents) % 100:02}"


def _signed(cents: int, mark: str = ",") -> str:
    return ("-" if cents < 0 else "") + _money(cents, mark)


def camt(own: str, bic: str, lines: Sequence[Line], version: str = "02") -> bytes:
    """CAMT.053 of this version."""
    closing = OPENING + sum(line.cents for line in lines)
    new = int(version) >= 8
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><IBAN>{own}</IBAN></Id><Ccy>EUR</Ccy><Svcr><FinInstnId>"
        f"{f'<BICFI>{bic}</BICFI>' if new else f'<BIC>{bic}</BIC>'}</FinInstnId></Svcr></Acct>"
    )
    parts = [head]
    for code, cents, day in (("OPBD", OPENING, lines[0].day), ("CLBD", closing, lines[-1].day)):
        parts.append(
            f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{_money(cents, ".")}</Amt>'
            f"<CdtDbtInd>{'CRDT' if cents >= 0 else 'DBIT'}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
        )
    for number, line in enumerate(lines):
        role = "Dbtr" if line.cents >= 0 else "Cdtr"
        name = f"<Nm>{escape(line.name)}</Nm>"
        parts.append(
            f'<Ntry><Amt Ccy="EUR">{_money(line.cents, ".")}</Amt>'
            f"<CdtDbtInd>{'CRDT' if line.cents >= 0 else 'DBIT'}</CdtDbtInd>"
            f"<Sts>{'<Cd>BOOK</Cd>' if new else 'BOOK'}</Sts>"
            f"<BookgDt><Dt>{line.day}</Dt></BookgDt><ValDt><Dt>{line.day}</Dt></ValDt>"
            f"<AcctSvcrRef>S{number:09}</AcctSvcrRef><NtryDtls><TxDtls>"
            f"<Refs><EndToEndId>{line.reference or 'NOTPROVIDED'}</EndToEndId></Refs>"
            f"<RltdPties><{role}>{f'<Pty>{name}</Pty>' if new else name}</{role}>"
            f"<{role}Acct><Id><IBAN>{line.account}</IBAN></Id></{role}Acct></RltdPties>"
            f"<RmtInf><Ustrd>{escape(line.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
        )
    return ("".join(parts) + "</Stmt></BkToCstmrStmt></Document>\n").encode()


def _wrapped(text: str) -> list[str]:
    """:86: in lines of 65 signs."""
    whole = ":86:" + text
    return [whole[at : at + _WIDTH] for at in range(0, len(whole), _WIDTH)]


def _mt940(
    head: Sequence[str], own: str, lines: Sequence[Line], booking: Callable[[int, Line], list[str]], tail: str
) -> bytes:
    closing = OPENING + sum(line.cents for line in lines)
    parts = [*head, f":25:{own}", ":28C:1", f":60F:C{lines[0].day:%y%m%d}EUR{_money(OPENING)}"]
    for number, line in enumerate(lines):
        parts += booking(number, line)
    parts.append(f":62F:{'C' if closing >= 0 else 'D'}{lines[-1].day:%y%m%d}EUR{_money(closing)}")
    return ("\r\n".join([*parts, tail] if tail else parts) + "\r\n").encode()


def _first(line: Line, rest: str) -> str:
    return f":61:{line.day:%y%m%d}{line.day:%m%d}{line.side}{_money(line.cents)}{rest}"


def ing_mt940(own: str, lines: Sequence[Line]) -> bytes:
    """ING since 2014."""

    def booking(number: int, line: Line) -> list[str]:
        reference = f"/EREF/{line.reference}/" if line.reference else ""
        text = f"{reference}/CNTP/{line.account}/INGBNL2AXXX/{line.name}///REMI/USTD//{line.text}/"
        return [
            _first(line, f"NTRF{'EREF' if line.reference else 'NONREF'}//{number:014}"),
            "/TRCD/00100/",
            *_wrapped(text),
        ]

    head = ["{1:F01INGBNL2ABXXX0000000000}", "{2:I940INGBNL2AXXXN}", "{4:", ":20:P1"]
    return _mt940(head, own + "EUR", lines, booking, "-}")


def rabobank_mt940(own: str, lines: Sequence[Line]) -> bytes:
    """Rabobank structured."""

    def booking(_: int, line: Line) -> list[str]:
        reference = f"/EREF/{line.reference}" if line.reference else ""
        role = "ORDP" if line.cents >= 0 else "BENM"
        text = f"{reference}/{role}//NAME/{line.name}/REMI/{line.text}/ISDT/{line.day}"
        first = f":61:{line.day:%y%m%d}{line.side}{_money(line.cents).zfill(15)}N541"
        return [f"{first}{'EREF' if line.reference else 'NONREF'}", line.account, *_wrapped(text)]

    return _mt940([":940:", ":20:940S261231"], own + " EUR", lines, booking, "")


def _typed(line: Line) -> str:
    return (
        f"/TRTP/SEPA OVERBOEKING/IBAN/{line.account}/BIC/INGBNL2A/NAME/{line.name}/REMI/{line.text}"
        f"/EREF/{line.reference or 'NOTPROVIDED'}"
    )


def abn_mt940(own: str, lines: Sequence[Line]) -> bytes:
    """ABN AMRO between slashes; it writes nine digits for the account."""
    head = ["ABNANL2A", "940", "ABNANL2A", ":20:ABN AMRO BANK NV"]
    return _mt940(
        head, own[-9:], lines, lambda _, line: [_first(line, "N654NONREF"), *_wrapped(_typed(line))], "-"
    )


def knab_mt940(own: str, lines: Sequence[Line]) -> bytes:
    """Knab."""

    def booking(number: int, line: Line) -> list[str]:
        text = (
            f"/TRTP/SEPA OVERBOEKING/IBAN/{line.account}/BIC/INGBNL2A/NAME/{line.name}"
            f"/EREF/{line.reference or 'NOTPROVIDED'}/REMI/{line.text}"
        )
        return [_first(line, f"N110{line.reference or 'NONREF'}//A{number:015}"), *_wrapped(text)]

    head = ["{1:F01KNABNL2HAXXX0000000000}{2:I940KNABNL2HXXXXN3020}{4:", ":20:B1"]
    return _mt940(head, own, lines, booking, "-}")


def sns_mt940(own: str, lines: Sequence[Line]) -> bytes:
    """SNS: account and name on the first line of :86:, the text in lines of 65."""

    def booking(_: int, line: Line) -> list[str]:
        text = [line.text[at : at + _WIDTH] for at in range(0, len(line.text), _WIDTH)]
        first = _first(line, f"NOVB{line.account}")
        return [first, line.name, f":86:{line.account} {line.name}", " " * _WIDTH, *text]

    head = ["{1:F01SNSBNL2AXXXX0000000000}{2:O940SNSBNL2AXXXXN}{3:}{4:", ":20:0000000000"]
    return _mt940(head, own, lines, booking, "-}{5:}")


def bunq_mt940(own: str, lines: Sequence[Line]) -> bytes:
    """Bunq."""

    def booking(_: int, line: Line) -> list[str]:
        text = f"/IBAN/{line.account}/NAME/{line.name}/REMI/{line.text}"
        return [_first(line, "NTRFNONREF"), *_wrapped(text)]

    head = ["BUNQNL2A", "940", "BUNQNL2A", ":20:BUNQ BV"]
    return _mt940(head, own + " EUR", lines, booking, "-")


def triodos_mt940(own: str, lines: Sequence[Line]) -> bytes:
    """Triodos of today."""

    def booking(_: int, line: Line) -> list[str]:
        reference = f"/EREF/{line.reference}/" if line.reference else ""
        text = (
            f"/CNTP/{line.account}/INGBNL2A/{line.name}/3500AA Utrecht Nederland/{reference}"
            f"/REMI/USTD//{line.text}/"
        )
        return [f":61:{line.day:%y%m%d}{line.side}{_money(line.cents)}NET NONREF", *_wrapped(text)]

    return _mt940([":20:1352294232659/1"], f"TRIODOSBANK/{own[-10:]}", lines, booking, "-")


def _csv(rows: Sequence[Sequence[str]], mark: str = ",") -> bytes:
    quoted = (mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return ("\r\n".join(quoted) + "\r\n").encode()


def ing_csv(own: str, lines: Sequence[Line]) -> bytes:
    """ING, nine columns."""
    head = (
        "Datum,Naam / Omschrijving,Rekening,Tegenrekening,Code,Af Bij,Bedrag (EUR),MutatieSoort,Mededelingen"
    )
    rows = [head.split(",")]
    for line in lines:
        reference = f" Kenmerk: {line.reference}" if line.reference else ""
        notes = f"Naam: {line.name} Omschrijving: {line.text} IBAN: {line.account}{reference}"
        side = "Af" if line.cents < 0 else "Bij"
        cells = [f"{line.day:%Y%m%d}", line.name, own, line.account, "OV", side, _money(line.cents)]
        rows.append([*cells, "Overschrijving", f"{notes} Valutadatum: {line.day:%d-%m-%Y}"])
    return _csv(rows)


def rabobank_csv(own: str, lines: Sequence[Line]) -> bytes:
    """Rabobank since 2018."""
    head = (
        "IBAN/BBAN,Munt,BIC,Volgnr,Datum,Rentedatum,Bedrag,Saldo na trn,Tegenrekening IBAN/BBAN,"
        "Naam tegenpartij,Naam uiteindelijke partij,Naam initiërende partij,BIC tegenpartij,Code,Batch ID,"
        "Transactiereferentie,"
        "Machtigingskenmerk,Incassant ID,Betalingskenmerk,Omschrijving-1,Omschrijving-2,Omschrijving-3,"
        "Reden retour,Oorspr bedrag,Oorspr munt,Koers"
    )
    rows, balance = [head.split(",")], OPENING
    for number, line in enumerate(lines):
        balance += line.cents
        sign = "-" if line.cents < 0 else "+"
        rows.append(
            [own, "EUR", "RABONL2U", f"{number + 1:018}", f"{line.day}", f"{line.day}"]
            + [sign + _money(line.cents), ("-" if balance < 0 else "+") + _money(balance), line.account]
            + [line.name, "", "", "INGBNL2A", "cb", "", line.reference, "", "", "", line.text]
            + [""] * 6
        )
    return _csv(rows)


def abn_tab(own: str, lines: Sequence[Line]) -> bytes:
    """ABN AMRO TAB."""
    rows, balance = [], OPENING
    for line in lines:
        day, before = f"{line.day:%Y%m%d}", balance
        balance += line.cents
        cells = [own[-9:], "EUR", day, _signed(before), _signed(balance), day, _signed(line.cents)]
        rows.append("\t".join([*cells, _typed(line)]))
    return ("\r\n".join(rows) + "\r\n").encode()


def knab_csv(own: str, lines: Sequence[Line]) -> bytes:
    """Knab."""
    head = (
        "Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder;"
        "Valutadatum;Betaalwijze;Omschrijving;Type betaling;Machtigingsnummer;Incassant ID;Adres;Referentie;"
        "Boekdatum;"
    )
    rows = ["KNAB EXPORT;;;;;;;;;;;;;;;;", head]
    for number, line in enumerate(lines):
        day = f"{line.day:%d-%m-%Y}"
        cells = [own, day, "EUR", line.side, _money(line.cents), line.account, line.name, day, "Overboeking"]
        cells += [line.text, "", "", "", "", f"A{number:015}", day]
        rows.append(";".join(f'"{cell}"' for cell in cells) + ";")
    return ("\r\n".join(rows) + "\r\n").encode()


def sns_csv(own: str, lines: Sequence[Line]) -> bytes:
    """ASN, SNS and RegioBank."""
    rows, balance = [], OPENING
    for number, line in enumerate(lines):
        day = f"{line.day:%d-%m-%Y}"
        rows.append(
            f"{day},{own},{line.account},{line.name},,,,EUR,{_signed(balance, '.')},EUR,"
            f"{_signed(line.cents, '.')},{day},{day},1234,OVB,{number + 1:08},,'{line.text}',3"
        )
        balance += line.cents
    return ("\r\n".join(rows) + "\r\n").encode()


def bunq_csv(own: str, lines: Sequence[Line]) -> bytes:
    """Bunq."""
    rows = [["Date", "Interest Date", "Amount", "Account", "Counterparty", "Name", "Description"]]
    rows += [
        [f"{line.day}", f"{line.day}", _signed(line.cents, "."), own, line.account, line.name, line.text]
        for line in lines
    ]
    return _csv(rows, ";")


def triodos_csv(own: str, lines: Sequence[Line]) -> bytes:
    """Triodos."""
    rows = []
    for line in lines:
        cells = [f"{line.day:%d-%m-%Y}", own, _money(line.cents), "Debet" if line.cents < 0 else "Credit"]
        rows.append([*cells, line.name, f"INGBNL2A {line.account}", "ET", line.text])
    return _csv(rows)


Writer = Callable[[str, Sequence[Line]], bytes]


@dataclass(frozen=True, slots=True)
class Bank:
    """What one bank writes; `references` are the formats that carry the payer's own reference."""

    own: str
    bic: str
    version: str
    mt940: Writer
    csv: Writer
    references: str = "CAMT MT940 CSV"


BANKS = {
    "ING": Bank("NL20INGB0001234567", "INGBNL2A", "02", ing_mt940, ing_csv),
    "Rabobank": Bank("NL61RABO0300123456", "RABONL2U", "08", rabobank_mt940, rabobank_csv),
    "ABN AMRO": Bank("NL91ABNA0417164300", "ABNANL2A", "02", abn_mt940, abn_tab),
    "Knab": Bank("NL98KNAB0255512340", "KNABNL2H", "03", knab_mt940, knab_csv, "CAMT MT940"),
    "SNS": Bank("NL37SNSB0909123456", "SNSBNL2A", "04", sns_mt940, sns_csv, "CAMT"),
    "bunq": Bank("NL94BUNQ2025001122", "BUNQNL2A", "12", bunq_mt940, bunq_csv, "CAMT"),
    "Triodos": Bank("NL18TRIO0198100777", "TRIONL2U", "13", triodos_mt940, triodos_csv, "CAMT MT940"),
}


def statement(bank: Bank, lines: Sequence[Line]) -> dict[str, bytes]:
    """The three files."""
    return {
        "CAMT": camt(bank.own, bank.bic, lines, bank.version),
        "MT940": bank.mt940(bank.own, lines),
        "CSV": bank.csv(bank.own, lines),
    }
