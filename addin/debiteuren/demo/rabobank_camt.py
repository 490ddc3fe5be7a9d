"""The demo's Rabobank account as CAMT.053, version 001.08 (ISO 20022)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from html import escape

from debiteuren.demo.facts import Means
from debiteuren.demo.people import OWN_IBANS, OwnBank
from debiteuren.demo.statements import Line, MonthStatement

_FAMILIES = {
    Means.TRANSFER: ("RCDT", "ESCT"),
    Means.OWN_COLLECTION: ("IDDT", "ESDD"),
    Means.RETURNED: ("IDDT", "UPDD"),
    Means.COLLECTED: ("RDDT", "ESDD"),
    Means.CARD: ("CCRD", "POSD"),
    Means.CASH: ("CNTR", "CDPT"),
    Means.FEE: ("MDOP", "CHRG"),
}


def write_camt(statements: Iterable[MonthStatement], made_on: date) -> bytes:
    """The statements as one .xml file, made on the morning of `made_on`."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">\n<BkToCstmrStmt>\n'
        f"<GrpHdr><MsgId>CAMT053{made_on:%Y%m%d}000001</MsgId>"
        f"<CreDtTm>{made_on:%Y-%m-%d}T06:30:00+01:00</CreDtTm></GrpHdr>\n"
    )
    body = "".join(_statement(statement) for statement in statements)
    return f"{head}{body}</BkToCstmrStmt>\n</Document>\n".encode()


def _statement(statement: MonthStatement) -> str:
    account = OWN_IBANS[OwnBank.RABO]
    entries = "".join(
        _entry(line, f"{statement.end:%Y%m}{order:06d}")
        for order, line in enumerate(statement.lines, start=1)
    )
    return (
        f"<Stmt><Id>CAMT053{statement.end:%Y%m%d}{statement.sequence:05d}</Id>"
        f"<ElctrncSeqNb>{statement.sequence}</ElctrncSeqNb>"
        f"<CreDtTm>{statement.end:%Y-%m-%d}T23:59:00+01:00</CreDtTm>"
        f"<FrToDt><FrDtTm>{statement.begin:%Y-%m-%d}T00:00:00</FrDtTm>"
        f"<ToDtTm>{statement.end:%Y-%m-%d}T23:59:59</ToDtTm></FrToDt>"
        f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy>"
        "<Ownr><Nm>Hoveniersbedrijf De Linde B.V.</Nm></Ownr>"
        "<Svcr><FinInstnId><BICFI>RABONL2U</BICFI></FinInstnId></Svcr></Acct>\n"
        f"{_balance('OPBD', statement.begin, statement.opening)}"
        f"{_balance('CLBD', statement.end, statement.closing)}"
        f"{entries}</Stmt>\n"
    )


def _balance(code: str, day: date, amount: Decimal) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_money(amount)}"
        f"<Dt><Dt>{day.isoformat()}</Dt></Dt></Bal>\n"
    )


def _money(amount: Decimal) -> str:
    return f'<Amt Ccy="EUR">{abs(amount):.2f}</Amt><CdtDbtInd>{_side(amount)}</CdtDbtInd>'


def _side(amount: Decimal) -> str:
    return "DBIT" if amount < 0 else "CRDT"


def _entry(line: Line, reference: str) -> str:
    family, sub_family = _FAMILIES[line.means]
    returned = "<RvslInd>true</RvslInd>" if line.means is Means.RETURNED else ""
    details = _details(line) if line.iban else ""
    extra = f"<AddtlNtryInf>{escape(line.text)}</AddtlNtryInf>" if not line.iban else ""
    return (
        f"<Ntry><NtryRef>{reference}</NtryRef>{_money(line.amount)}{returned}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{line.day.isoformat()}</Dt></BookgDt><ValDt><Dt>{line.day.isoformat()}</Dt></ValDt>"
        f"<AcctSvcrRef>OO9B{reference}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub_family}</SubFmlyCd></Fmly></Domn>"
        f"</BkTxCd>{details}{extra}</Ntry>\n"
    )


def _details(line: Line) -> str:
    """The other side: the payer of money in, and of a collection that came back; else who we paid."""
    payer = line.amount > 0 or line.means is Means.RETURNED
    role = "Dbtr" if payer else "Cdtr"
    end_to_end = escape(line.end_to_end or "NOTPROVIDED")
    mandate = f"<MndtId>{escape(line.mandate)}</MndtId>" if line.mandate else ""
    returned = f"<RtrInf><Rsn><Cd>{line.return_code}</Cd></Rsn></RtrInf>" if line.return_code else ""
    return (
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId>{mandate}</Refs>{_money(line.amount)}"
        f"<RltdPties><{role}><Pty><Nm>{escape(line.name)}</Nm></Pty></{role}>"
        f"<{role}Acct><Id><IBAN>{line.iban}</IBAN></Id></{role}Acct></RltdPties>"
        f"<RltdAgts><{role}Agt><FinInstnId><BICFI>{line.bic}</BICFI></FinInstnId></{role}Agt></RltdAgts>"
        f"{_remittance(line)}{returned}</TxDtls></NtryDtls>"
    )


def _remittance(line: Line) -> str:
    if line.reference:
        return (
            "<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>CUR</Issr></Tp>"
            f"<Ref>{line.reference}</Ref></CdtrRefInf></Strd></RmtInf>"
        )
    return f"<RmtInf><Ustrd>{escape(line.text)}</Ustrd></RmtInf>" if line.text else ""
