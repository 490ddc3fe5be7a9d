"""The forty customers of the demo company, as tables of text: who they are, where they live, how they pay.

All made up: mail addresses end in .example (RFC 2606), account and btw numbers pass their check digits.
"""

from dataclasses import dataclass
from enum import StrEnum

from debiteuren.domain.debtor import Channel, DebtorKind, Form, Tone


class OwnBank(StrEnum):
    """Where the demo company has an account."""

    ABN = "ABN AMRO"
    ING = "ING"
    RABO = "Rabobank"


OWN_IBANS = {
    OwnBank.ABN: "NL85ABNA0418826503",
    OwnBank.ING: "NL91INGB0004829176",
    OwnBank.RABO: "NL14RABO0318264951",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A customer. `iban` is the account he pays from, on the sheet only when `iban_known`; so too `kind`.

    `pays_to` is the account of ours that he uses.
    """

    number: str
    name: str
    kind: DebtorKind
    first_name: str
    last_name: str
    form: Form
    tone: Tone
    email: str
    phone: str
    address: str
    postcode: str
    city: str
    iban: str
    kvk: str
    vat_number: str
    term_days: int
    pays_to: OwnBank
    iban_known: bool
    kind_known: bool
    channel: Channel
    call_between: str
    note: str

    @property
    def is_consumer(self) -> bool:
        """The law protects him."""
        return self.kind is DebtorKind.CONSUMER


_WHO = """
D101 | Bakkerij Van Dijk | Zakelijk | Johan | van Dijk | je | Vriendelijk
D102 | VvE Parkzicht | Zakelijk | Ingrid | Smit | u | Zakelijk
D103 | Tandartspraktijk Het Witte Hert | Zakelijk | Sanne | Kuipers | u | Vriendelijk
D104 | Garage Nijhof B.V. | Zakelijk | Bert | Nijhof | je | Vriendelijk
D105 | Kinderopvang De Kwetterhoek | Zakelijk | Fatima | el Amrani | je | Vriendelijk
D106 | Bouwbedrijf Hoekstra en Zonen | Zakelijk | Sietse | Hoekstra | u | Zakelijk
D107 | Hotel De Bosrand | Zakelijk | Marco | van Rijn | u | Zakelijk
D108 | Architectenbureau Lijn Negen | Zakelijk | Iris | Blom | je | Luchtig
D109 | Stichting Zorgboerderij De Hoeve | Zakelijk | Geert | Wolters | je | Vriendelijk
D110 | Makelaardij Ter Horst | Zakelijk | Vivian | ter Horst | u | Zakelijk
D111 | Gemeente Heuveldal | Zakelijk | Peter | Groen | u | Zakelijk
D112 | Fysiotherapie Laanzicht | Zakelijk | Maaike | Prins | je | Vriendelijk
D113 | Brouwer en Visser Advocaten | Zakelijk | Annelies | Brouwer | u | Zakelijk
D114 | Kwekerij De Wilgen | Zakelijk | Arie | Wilgenhof | je | Luchtig
D115 | Camping 't Zonnetje | Zakelijk | Ron | Evers | je | Luchtig
D116 | Van der Meer Installatietechniek | Zakelijk | Dirk | van der Meer | je | Zakelijk
D117 | Basisschool De Regenboog | Zakelijk | Carla | Timmer | u | Vriendelijk
D118 | Slagerij Molenaar | Zakelijk | Wim | Molenaar | je | Vriendelijk
D119 | Golfclub De Hoge Heide | Zakelijk | Frans | Dijkhuis | u | Zakelijk
D120 | Drukkerij Kramer | Zakelijk | Linda | Kramer | je | Vriendelijk
D121 | Lotte de Boer | Consument | Lotte | de Boer | je | Luchtig
D122 | Kees Jansen | Consument | Kees | Jansen | u | Vriendelijk
D123 | Mevrouw A. Vermeulen | Consument | Annie | Vermeulen | u | Vriendelijk
D124 | Yusuf Demir | Consument | Yusuf | Demir | je | Vriendelijk
D125 | Familie Bakker | Consument | Monique | Bakker | u | Vriendelijk
D126 | Pieter-Jan Mulder | Consument | Pieter-Jan | Mulder | je | Vriendelijk
D127 | Eva Hendriks | Consument | Eva | Hendriks | je | Luchtig
D128 | Gerrit Dekker | Consument | Gerrit | Dekker | u | Vriendelijk
D129 | Noor van Leeuwen | Consument | Noor | van Leeuwen | je | Vriendelijk
D130 | Henk Postma | Consument | Henk | Postma | u | Zakelijk
D131 | Sophie Willems | Consument | Sophie | Willems | je | Luchtig
D132 | Ravi Ramdin | Consument | Ravi | Ramdin | u | Vriendelijk
D133 | Ans Scholten | Consument | Ans | Scholten | u | Vriendelijk
D134 | Tom Verhoeven | Consument | Tom | Verhoeven | je | Vriendelijk
D135 | Marieke Kok | Consument | Marieke | Kok | je | Vriendelijk
D136 | Daan Peters | Consument | Daan | Peters | je | Luchtig
D137 | Willemijn van Beek | Consument | Willemijn | van Beek | u | Zakelijk
D138 | Jan Willem Groot | Consument | Jan Willem | Groot | u | Vriendelijk
D139 | Olga Nowak | Consument | Olga | Nowak | u | Vriendelijk
D140 | James Miller | Consument | James | Miller | u | Vriendelijk
"""
"""Number, name, Soort, first and last name, form, tone."""

_WHERE = """
D101 | johan@bakkerijvandijk.example | 0343 55 41 10 | Dorpsstraat 14 | 3941 JN | Doorn
D102 | bestuur@vveparkzicht.example | 0343 55 50 11 | Parklaan 2 | 3971 BD | Driebergen
D103 | administratie@hetwittehert.example | 0343 55 09 12 | Kerkplein 7 | 3941 HV | Doorn
D104 | bert@garagenijhof.example | 0343 55 12 13 | Industrieweg 31 | 3958 VT | Amerongen
D105 | fatima@kwetterhoek.example | 0343 55 74 14 | Eikenlaan 9 | 3956 XA | Leersum
D106 | crediteuren@hoekstrabouw.example | 0343 55 64 15 | Ambachtsweg 5 | 3953 BZ | Maarsbergen
D107 | facturen@hoteldebosrand.example | 0343 55 04 16 | Woudenbergseweg 44 | 3953 MH | Maarsbergen
D108 | iris@lijnnegen.example | 0343 55 55 17 | Gasthuisstraat 21 | 3961 GJ | Wijk bij Duurstede
D109 | geert@zorgboerderijdehoeve.example | 0343 55 08 18 | Langbroekerdijk 80 | 3947 BC | Langbroek
D110 | vivian@terhorstmakelaardij.example | 0343 55 11 19 | Hoofdstraat 118 | 3971 KP | Driebergen
D111 | facturen@heuveldal.example | 0343 55 54 20 | Raadhuisplein 1 | 3951 AA | Maarn
D112 | maaike@fysiolaanzicht.example | 0343 55 72 21 | Laan van Leersum 3 | 3956 AC | Leersum
D113 | administratie@brouwervisser.example | 0343 55 28 22 | Traaij 60 | 3971 GP | Driebergen
D114 | arie@kwekerijdewilgen.example | 0343 55 07 23 | Broekweg 12 | 3956 NE | Leersum
D115 | ron@campingzonnetje.example | 0343 55 74 24 | Bosweg 101 | 3941 RC | Doorn
D116 | boekhouding@vdmeerinstallatie.example | 0343 55 06 25 | Ambachtsweg 18 | 3953 BZ | Maarsbergen
D117 | directie@bsderegenboog.example | 0343 55 05 26 | Schoolstraat 2 | 3958 BK | Amerongen
D118 | wim@slagerijmolenaar.example | 0343 55 17 27 | Dorpsstraat 33 | 3941 JL | Doorn
D119 | penningmeester@dehogeheide.example | 0343 55 53 28 | Heideweg 1 | 3953 CD | Maarsbergen
D120 | linda@drukkerijkramer.example | 0343 55 69 29 | Nijverheidsweg 8 | 3961 MV | Wijk bij Duurstede
D121 | lotte@deboer.example | 06 0000 1740 | Lindelaan 5 | 3941 BT | Doorn
D122 | kees.jansen@post.example | 06 0000 1777 | Beukenlaan 27 | 3956 CL | Leersum
D123 |  | 06 0000 1814 | Molenweg 3 | 3958 GA | Amerongen
D124 | yusuf.demir@post.example | 06 0000 1851 | Vijverlaan 16 | 3971 HB | Driebergen
D125 | familie.bakker@post.example | 06 0000 1888 | Rozenstraat 40 | 3941 CX | Doorn
D126 | pj.mulder@post.example | 06 0000 1925 | Acacialaan 11 | 3951 EN | Maarn
D127 | eva.hendriks@post.example | 06 0000 1962 | Hertenpad 8 | 3953 LK | Maarsbergen
D128 | gerrit.dekker@post.example | 06 0000 1999 | Dwarsweg 22 | 3958 TC | Amerongen
D129 | noor@vanleeuwen.example | 06 0000 2036 | Kastanjelaan 19 | 3971 JD | Driebergen
D130 | henk.postma@post.example | 06 0000 2073 | Burgweg 6 | 3956 VE | Leersum
D131 | sophie.willems@post.example | 06 0000 2110 | Zonnelaan 31 | 3941 SL | Doorn
D132 | ravi.ramdin@post.example | 06 0000 2147 | Wilhelminalaan 55 | 3971 PM | Driebergen
D133 |  | 06 0000 2184 | Achterstraat 17 | 3961 KC | Wijk bij Duurstede
D134 | tom@verhoeven.example | 06 0000 2221 | Eikenhof 2 | 3956 RD | Leersum
D135 | marieke.kok@post.example | 06 0000 2258 | Sparrenlaan 70 | 3951 VG | Maarn
D136 | daan.peters@post.example | 06 0000 2295 | Mezenlaan 4 | 3941 WB | Doorn
D137 | w.vanbeek@post.example | 06 0000 2332 | Park Boswijk 9 | 3941 AE | Doorn
D138 | jw.groot@post.example | 06 0000 2369 | Veenseweg 48 | 3959 BC | Overberg
D139 | olga.nowak@post.example | 06 0000 2406 | Tuinstraat 13 | 3958 EP | Amerongen
D140 | james.miller@post.example | 06 0000 2443 | Boslaan 88 | 3971 LR | Driebergen
"""
"""Number, e-mail, telephone, address, postcode, city."""

_MONEY = """
D101 | NL84RABO0300002471 | 90010000 | NL800000011B59 | 14 | Rabobank | bekend
D102 | NL16INGB0004014368 | 90010731 | NL800007930B83 | 30 | ING | bekend
D103 | NL55ABNA0410035933 | 90011462 | NL800015849B10 | 30 | ABN AMRO | -
D104 | NL56RABO0300046722 | 90012193 | NL800023768B34 | 30 | Rabobank | bekend
D105 | NL40INGB0004055258 | 90012924 | NL800031687B58 | 14 | ING | bekend
D106 | NL73ABNA0410071402 | 90013655 | NL800039606B82 | 30 | ABN AMRO | bekend
D107 | NL61ABNA0410082870 | 90014386 | NL800047525B09 | 45 | ABN AMRO | bekend
D108 | NL78TRIO0300101890 | 90015117 | NL800055444B33 | 14 | ABN AMRO | bekend
D109 | NL79RABO0300112559 | 90015848 | NL800063363B02 | 30 | Rabobank | bekend
D110 | NL10ABNA0410131221 | 90016579 | NL800071282B81 | 14 | ABN AMRO | bekend
D111 | NL78BNGH0300136738 | 90017310 | NL800079201B08 | 30 | ABN AMRO | bekend
D112 | NL19INGB0004151375 | 90018041 | NL800087120B32 | 21 | ING | bekend
D113 | NL03ABNA0410172475 | 90018772 | NL800095039B56 | 30 | ABN AMRO | -
D114 | NL70RABO0300185956 | 90019503 | NL800102958B80 | 30 | Rabobank | bekend
D115 | NL19INGB0004196577 | 90020234 | NL800110877B07 | 30 | ING | bekend
D116 | NL98RABO0300207277 | 90020965 | NL800118796B31 | 30 | Rabobank | bekend
D117 | NL46RABO0300226352 | 90021696 | NL800126715B55 | 30 | Rabobank | bekend
D118 | NL23ABNA0410235553 | 90022427 | NL800134634B79 | 14 | ABN AMRO | bekend
D119 | NL80ABNA0410246749 | 90023158 | NL800142553B06 | 30 | ABN AMRO | -
D120 | NL82KNAB0300259892 | 90023889 | NL800150472B30 | 21 | ABN AMRO | bekend
D121 | NL77INGB0004280893 |  |  | 8 | ING | bekend
D122 | NL41RABO0300290171 |  |  | 14 | Rabobank | bekend
D123 | NL87INGB0004307873 |  |  | 30 | ING | -
D124 | NL50INGB0004315232 |  |  | 14 | ING | -
D125 | NL70ABNA0410327536 |  |  | 14 | ABN AMRO | bekend
D126 | NL67TRIO0300348953 |  |  | 14 | ABN AMRO | bekend
D127 | NL35BUNQ0300362360 |  |  | 14 | ABN AMRO | -
D128 | NL44RABO0300369657 |  |  | 14 | Rabobank | bekend
D129 | NL49SNSB0300386257 |  |  | 14 | ABN AMRO | -
D130 | NL62RABO0300395329 |  |  | 14 | Rabobank | bekend
D131 | NL91ASNB0300416284 |  |  | 14 | ABN AMRO | -
D132 | NL27ABNA0410421915 |  |  | 14 | ABN AMRO | bekend
D133 | NL58INGB0004443710 |  |  | 14 | ING | bekend
D134 | NL78KNAB0300449017 |  |  | 14 | ABN AMRO | -
D135 | NL72INGB0004464992 |  |  | 14 | ING | bekend
D136 | NL83BUNQ0300483328 |  |  | 14 | ABN AMRO | -
D137 | NL86ABNA0410497483 |  |  | 30 | ABN AMRO | bekend
D138 | NL70RABO0300509354 |  |  | 14 | Rabobank | bekend
D139 | NL82INGB0004521072 |  |  | 14 | ING | -
D140 | NL74BUNQ0300537131 |  |  | 14 | ABN AMRO | -
"""
"""Number, account, KvK, btw, term in days, which account of ours he pays to, is his account on our sheet."""

_CHANNELS = {"D123": Channel.POST, "D128": Channel.PHONE}
_KIND_FORGOTTEN = frozenset({"D118"})
"""Nobody chose Zakelijk: Controle asks for it, so that it shows what it is for."""
_CALL_BETWEEN = {"D101": "13:30-15:00", "D103": "12:00-13:00", "D107": "14:00-16:30", "D128": "19:00-20:00"}
_NOTES = {
    "D101": "Bakt 's nachts, bel niet voor half twee.",
    "D102": "Facturen gaan langs de kascommissie.",
    "D104": "Kent ons via de open dag; onderhoudt onze bus.",
    "D111": "Inkoopnummer op de factuur zetten.",
    "D115": "In het hoogseizoen slecht bereikbaar.",
    "D121": "Twee tekkels, poort altijd dicht.",
    "D123": "Heeft geen e-mail; stuurt graag een kaartje.",
    "D128": "Leest zijn mail eens per week, belt liever.",
    "D137": "Haar man doet de administratie.",
}


def _table(text: str) -> dict[str, list[str]]:
    rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return {number: cells for number, *cells in rows}


def _people() -> dict[str, Person]:
    where, money = _table(_WHERE), _table(_MONEY)
    people = {}
    for number, (name, kind, first_name, last_name, form, tone) in _table(_WHO).items():
        email, phone, address, postcode, city = where[number]
        iban, kvk, vat_number, term, pays_to, known = money[number]
        people[number] = Person(
            number=number,
            name=name,
            kind=DebtorKind(kind),
            first_name=first_name,
            last_name=last_name,
            form=Form(form),
            tone=Tone(tone),
            email=email,
            phone=phone,
            address=address,
            postcode=postcode,
            city=city,
            iban=iban,
            kvk=kvk,
            vat_number=vat_number,
            term_days=int(term),
            pays_to=OwnBank(pays_to),
            iban_known=known == "bekend",
            kind_known=number not in _KIND_FORGOTTEN,
            channel=_CHANNELS.get(number, Channel.EMAIL),
            call_between=_CALL_BETWEEN.get(number, ""),
            note=_NOTES.get(number, ""),
        )
    return people


PEOPLE = _people()
"""By debtor number, in order."""
