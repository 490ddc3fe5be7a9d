"""The columns of Revolut Business, N26 and ABN AMRO's workbook: data, as csv_layouts.py.

Revolut and N26 leave out the account's IBAN: the account is called by the bank and the name it has there.
Source: what public parsers read; seen in their sources, not in files of the banks.
"""

from debiteuren.banks.csv_layouts import COMPACT, ISO, ISO_MOMENT, Layout, Style

ONLINE_LAYOUTS = (
    Layout(
        name="Revolut Business CSV",
        bank="Revolut",
        columns={
            "booked": ("Date completed (UTC)",),
            "value": ("Date started (UTC)",),
            "kind": ("Type",),
            "state": ("State",),
            "currency": ("Payment currency",),
            "amount": ("Amount",),
            "total": ("Total amount",),
            "fee": ("Fee",),
            "after": ("Balance",),
            "account": ("Account",),
        },
        many={
            "bank_id": ("ID",),
            "text": ("Reference", "Description"),
            "counter": ("Beneficiary IBAN", "Beneficiary account number", "Sender account"),
            "name": ("Beneficiary name", "Sender name"),
        },
        optional=frozenset({"state", "total", "fee", "name"}),
        days=(ISO, ISO_MOMENT),
        mark=".",
        booked_states=frozenset({"completed"}),
        without_account=True,
    ),
    Layout(
        name="Revolut CSV",
        bank="Revolut",
        columns={
            "booked": ("Completed Date", "Datum voltooid"),
            "value": ("Started Date", "Startdatum"),
            "kind": ("Type",),
            "state": ("State", "Status"),
            "currency": ("Currency", "Valuta"),
            "amount": ("Amount", "Bedrag"),
            "fee": ("Fee", "Kosten"),
            "after": ("Balance", "Saldo"),
            "account": ("Product",),
            "text": ("Description", "Beschrijving"),
        },
        days=(ISO_MOMENT, ISO),
        mark=".",
        booked_states=frozenset({"completed", "voltooid"}),
        one_account={
            **dict.fromkeys(("Betaalrekening", "Lopende rekening", "Huidig"), "Current"),
            **dict.fromkeys(("Spaarrekening", "Spaargeld", "Sparen"), "Savings"),
        },
        without_account=True,
    ),
    Layout(
        name="N26 CSV",
        bank="N26",
        columns={
            "booked": ("Booking Date",),
            "value": ("Value Date",),
            "name": ("Partner Name",),
            "counter": ("Partner Iban",),
            "kind": ("Type",),
            "text": ("Payment Reference",),
            "account": ("Account Name",),
            "amount": ("Amount (EUR)",),
        },
        optional=frozenset({"account"}),
        mark=".",
        without_account=True,
    ),
    Layout(
        name="ABN AMRO XLS",
        bank="ABN AMRO",
        columns={
            "account": ("accountNumber", "Rekeningnummer"),
            "currency": ("mutationcode", "Muntsoort"),
            "booked": ("transactiondate", "Transactiedatum"),
            "value": ("valuedate", "Rentedatum"),
            "before": ("startsaldo", "Beginsaldo"),
            "after": ("endsaldo", "Eindsaldo"),
            "amount": ("amount", "Transactiebedrag"),
            "text": ("description", "Omschrijving"),
        },
        delimiters=",;\t",
        days=(COMPACT, ISO),
        mark="",
        style=Style.ABN_DETAILS,
    ),
    Layout(
        name="N26 CSV tot 2023",
        bank="N26",
        columns={
            "booked": ("Date", "Datum"),
            "name": ("Payee", "Empfänger"),
            "counter": ("Account number", "Kontonummer"),
            "kind": ("Transaction type", "Transaktionstyp"),
            "text": ("Payment reference", "Verwendungszweck"),
            "amount": ("Amount (EUR)", "Betrag (EUR)"),
        },
        mark=".",
        without_account=True,
    ),
)
