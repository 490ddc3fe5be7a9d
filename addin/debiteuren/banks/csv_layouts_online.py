"""The columns of the exports of Revolut Business and N26: data, as csv_layouts.py.

Both leave out the account's IBAN: the account is then called by the bank and the name it has there.
Source: what public parsers read; seen in their sources, not in files of the banks.
"""

from debiteuren.banks.csv_layouts import ISO, ISO_MOMENT, Layout

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
        optional=frozenset({"total", "fee", "name"}),
        days=(ISO, ISO_MOMENT),
        mark=".",
        booked_states=frozenset({"completed"}),
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
