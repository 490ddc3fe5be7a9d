"""What bookkeeping packages call the columns of invoices and debtors: data.

Answers: which of our columns is a title that such a package uses. A list is only known by these names when
all required columns are there, each once; otherwise the user chooses (sheet Kolommen). Left out is what can
mean two things: "Debiteur" (number or name), "Totaal" and "Bedrag excl. btw" (another amount), "Openstaand"
(no invoice amount).
Source: docs/regels.md, "Lijsten", which says of each package how sure it is.
"""

from collections.abc import Mapping

ALIASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "tblFacturen": {
        "Factuurnummer": (
            *("Factuurnr", "Factuur nr", "Factuur nummer", "Factuur", "Verkoopfactuurnummer"),
            *("Invoice number", "Invoice no", "Invoice nr", "Invoice ID", "InvoiceNumber"),
        ),
        "Debiteurnummer": (
            *("Debiteurnr", "Debiteurcode", "Debiteurencode", "Debiteurennummer", "Deb nr", "Debnr"),
            *("Klantnummer", "Klantnr", "Klantcode", "Klant ID", "Relatienummer", "Relatienr", "Relatiecode"),
            *("Relatie ID", "Customer code", "Customer number", "Customer ID", "Contact ID", "Contactnummer"),
        ),
        "Factuurdatum": ("Datum", "Factuur datum", "Datum factuur", "Invoice date", "Date"),
        "Vervaldatum": ("Verval datum", "Vervaldag", "Vervalt op", "Due date", "Uiterste betaaldatum"),
        "Bedrag": (
            *("Bedrag incl btw", "Bedrag inclusief btw", "Totaal incl btw", "Totaal inclusief btw"),
            *("Totaalbedrag incl btw", "Totaalbedrag inclusief btw", "Totaalprijs incl btw", "Factuurbedrag"),
            *("Factuurbedrag incl btw", "Factuurtotaal incl btw", "Totaalprijs inclusief btw"),
            *("Total incl VAT", "TotalInclVat", "Amount incl VAT", "Total price incl tax"),
        ),
        "Btw": ("Btw bedrag", "Totaal btw", "TotalVat", "VAT amount"),
        "Omschrijving": ("Betreft", "Onderwerp", "Description", "Factuuromschrijving"),
        "Leverdatum": ("Datum levering", "Delivery date"),
        "Betalingskenmerk": ("Betaalkenmerk", "Betalingsreferentie", "Payment reference"),
    },
    "tblDebiteuren": {
        "Debiteurnummer": (
            *("Debiteurnr", "Debiteurcode", "Debiteurencode", "Debiteurennummer", "Deb nr", "Debnr", "Code"),
            *("Klantnummer", "Klantnr", "Klantcode", "Klant ID", "Relatienummer", "Relatienr", "Relatiecode"),
            *("Relatie ID", "Customer code", "Customer number", "Customer ID", "Contact ID", "Contactnummer"),
        ),
        "Naam": (
            *("Bedrijfsnaam", "Bedrijf", "Klantnaam", "Relatienaam", "Debiteurnaam", "Naam bedrijf"),
            *("Organisatie", "Company", "Company name", "Name"),
        ),
        "Voornaam": ("First name", "Firstname"),
        "Achternaam": ("Last name", "Lastname"),
        "E-mail": (
            "Email",
            "Emailadres",
            "E-mail adres",
            "Email address",
            "Mailadres",
            "Factuur e-mailadres",
        ),
        "Telefoon": ("Telefoonnummer", "Tel", "Telefoonnr", "Phone", "Phone number"),
        "IBAN": ("Bankrekening", "Bankrekeningnummer", "IBAN nummer", "Bankrekening IBAN"),
        "Adres": (
            *("Straat", "Straat en huisnummer", "Adresregel 1", "Adres 1", "Address", "Address1"),
            *("Adres regel 1", "Factuuradres"),
        ),
        "Postcode": ("Zipcode", "Zip code", "Postal code", "Zip"),
        "Plaats": ("Woonplaats", "City", "Stad", "Vestigingsplaats"),
        "KvK-nummer": ("KvK", "KvK nr", "Nummer kvk", "Kamer van Koophandel", "Chamber of commerce"),
        "Btw-nummer": ("Btw nr", "Btw identificatienummer", "VAT number", "Tax number", "Btw id"),
        "Betaaltermijn": ("Krediettermijn", "Betalingstermijn", "Betaaltermijn dagen", "Payment term"),
        "Notitie": ("Opmerking", "Opmerkingen", "Memo", "Notes"),
    },
}
"""Table → our column → what others call it; capitals, spaces and marks do not matter."""

FIELD_PREFIX = "fld"
"""SnelStart puts it before its names in import files: FldRelatiecode, FldNaam."""

LEAST_DEBTOR_COLUMNS = 3
"""A list of debtors by other names says more of them than a code and a name: those stand in any list."""

BOOKING_TITLES = (
    *("Af Bij", "Af of bij", "Bij af", "Bedrag bij af", "Boekdatum", "Boekingsdatum", "Rentedatum"),
    *("Saldo na mutatie", "Saldo na trn", "Saldo voor boeking", "Tegenrekening", "Tegenrekeningnummer"),
    *("Transactiedatum", "Valutadatum", "Verwerkingsdatum", "Booking date", "Value date", "Counterparty"),
)
"""Titles of bank statements: a list with one of these is no list of debtors, whatever names it has."""
