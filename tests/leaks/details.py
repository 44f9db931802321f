"""Details of the other parent, and how people write them: formatted, split, accented, disguised, spelt out.

A form that no search for details can find without refusing ordinary texts as well is *beyond* it, and says why; those
are in docs/known-issues.md. They are planted too, so that the figures say what they say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The other parent, as the records have them."""

    given: str
    family: str
    preferred: str
    mobile: str
    landline: str
    email: str
    address: tuple[str, ...]
    """Lines; the second is house number and street, the last the postcode."""
    born: date
    practitioner: str
    practitioners_number: str
    practitioners_email: str
    spoken_with: date

    @property
    def street(self) -> str:
        """The street without the house number."""
        return self.address[1].split(" ", 1)[1]

    @property
    def postcode(self) -> str:
        """As it is written."""
        return self.address[-1]


OTHERS: Final = (
    Other(
        given="Siobhán",
        family="Okonkwo-Ådahl",
        preferred="Shivvy",
        mobile="07700 900182",
        landline="01632 960182",
        email="siobhan.okonkwo88@example.org",
        address=("Flat 3, Marram Court", "14 Larkspur Rise", "Netherby Marsh", "ZZ1 1ZZ"),
        born=date(1988, 4, 17),
        practitioner="Peregrine Thistlewood",
        practitioners_number="07700 900555",
        practitioners_email="p.thistlewood@example.net",
        spoken_with=date(2026, 11, 3),
    ),
    Other(
        given="Łukasz",
        family="Żbikowski",
        preferred="Lukaszek",
        mobile="+44 7700 900317",
        landline="023 8018 0317",
        email="zbik_77@mail.example.com",
        address=("The Old Granary", "27 Quillfeather Road", "Upper Withy", "ZY10 0YZ"),
        born=date(1979, 12, 21),
        practitioner="Annelise Corvin-Hart",
        practitioners_number="01632 960555",
        practitioners_email="annelise.corvin@example.net",
        spoken_with=date(2026, 11, 4),
    ),
    Other(
        given="Zuleikha Noor",
        family="O’Hanrahan",
        preferred="Zuzu",
        mobile="07700900404",
        landline="0113 496 0404",
        email="ZOHanrahan@Example.ORG",
        address=("Flat 12B", "8 Bittern Street", "Harrowmere", "ZZ99 3ZA"),
        born=date(1992, 2, 2),
        practitioner="Gethin Fairweather",
        practitioners_number="07700 900556",
        practitioners_email="gethin@fairweather.example",
        spoken_with=date(2026, 10, 30),
    ),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A detail as somebody wrote it."""

    detail: str
    """What it is: ``mobile``, ``name``."""
    form: str
    text: str
    beyond: str = ""
    """Why it is out of reach; empty where it must be found."""
    may_be_a_namesake: bool = False
    """A name alone, which in the place of a name may be somebody else's own."""
    figures: str = ""
    """The figures of a number, for whoever looks for them in what was printed."""


Spelling = Callable[[str], str]
Form = tuple[str, Spelling] | tuple[str, Spelling, str]

_LOOKALIKES: Final = str.maketrans("aceopxyijsABCEHIKMOPTXY", "асеорхуіјѕАВСЕНІКМОРТХУ")
_GREEK: Final = str.maketrans("oABEHIKMNOPTXYZv", "οΑΒΕΗΙΚΜΝΟΡΤΧΥΖν")
_WORDS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINALS: Final = {2: "second", 3: "third", 4: "fourth", 17: "seventeenth", 21: "twenty-first", 30: "thirtieth"}
_YEARS: Final = {
    1988: "nineteen eighty-eight",
    1979: "nineteen seventy-nine",
    1992: "nineteen ninety-two",
    2026: "twenty twenty-six",
}


def planted(of: Other) -> Iterator[Planted]:
    """Every detail of somebody in every form."""
    for detail, number in (("mobile", of.mobile), ("landline", of.landline), ("practitioner's number", _work(of))):
        yield from _numbers(detail, number)
    for detail, email in (("email", of.email), ("practitioner's email", of.practitioners_email)):
        yield from _emails(detail, email)
    yield from _addresses(of)
    yield from _days("date of birth", of.born)
    yield from _days("day spoken with", of.spoken_with)
    yield from _names(of)


def _work(of: Other) -> str:
    return of.practitioners_number


def figures(number: str) -> str:
    """The figures of a British number, with the leading zero."""
    found = "".join(each for each in number if each.isdigit())
    return "0" + found[2:] if found.startswith("44") else found


def spread(text: str, by: str) -> str:
    """A text with something between all its characters."""
    return by.join(text)


def in_digits_of(text: str, zero: int) -> str:
    """A text with the digits of another script, whose zero is given."""
    return "".join(chr(zero + int(each)) if each in "0123456789" else each for each in text)


def as_entities(text: str) -> str:
    """A text as HTML writes any character."""
    return "".join(f"&#{ord(each)};" for each in text)


def _in_words(number: str) -> str:
    return " ".join(_WORDS[int(each)] for each in number)


def _doubled(number: str) -> str:
    """As people read a number out: ``oh seven double seven``."""
    said, at = [], 0
    while at < len(number):
        is_double = number[at : at + 1] == number[at + 1 : at + 2]
        word = "oh" if number[at] == "0" else _WORDS[int(number[at])]
        said.append(f"double-{word}" if is_double else word)
        at += 2 if is_double else 1
    return " ".join(said)


_OF_ANY_TEXT: Final[tuple[Form, ...]] = (
    ("as recorded", str),
    ("zero-width spaces", lambda text: spread(text, "\u200b")),
    ("soft hyphens", lambda text: spread(text, "\u00ad")),
    ("word joiners", lambda text: spread(text, "\u2060")),
    ("over two lines", lambda text: f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}"),
    ("full-width characters", lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)),
    ("numbered entities", as_entities),
    ("right-to-left override", lambda text: f"\u202e{text[::-1]}\u202c"),
    ("isolates", lambda text: f"\u2068{text}\u2069"),
    ("right-to-left marks", lambda text: spread(text, "\u200f")),
    ("escaped as in an address of the web", lambda text: "".join(f"%{byte:02X}" for byte in text.encode())),
    ("backwards", lambda text: text[::-1], "a text written backwards"),
)
_OF_NUMBERS: Final[tuple[Form, ...]] = (
    ("in one", str),
    ("parted as mobiles", lambda n: f"{n[:5]} {n[5:]}"),
    ("+44", lambda n: f"+44 {n[1:5]} {n[5:]}"),
    ("+44 in one", lambda n: f"+44{n[1:]}"),
    ("0044", lambda n: f"0044 {n[1:5]} {n[5:]}"),
    ("+44 (0)", lambda n: f"+44 (0){n[1:5]} {n[5:]}"),
    ("brackets", lambda n: f"({n[:5]}) {n[5:]}"),
    ("dots", lambda n: f"{n[:5]}.{n[5:8]}.{n[8:]}"),
    ("dashes", lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}"),
    ("long dashes", lambda n: f"{n[:5]} – {n[5:8]} — {n[8:]}"),
    ("strokes", lambda n: f"{n[:5]}/{n[5:]}"),
    ("commas", lambda n: f"{n[:2]},{n[2:5]},{n[5:8]},{n[8:]}"),
    ("underscores", lambda n: spread(n, "_")),
    ("stars", lambda n: spread(n, "*")),
    ("pairs", lambda n: " ".join(n[at : at + 2] for at in range(0, len(n), 2))),
    ("figures apart", lambda n: spread(n, " ")),
    ("no-break spaces", lambda n: f"{n[:5]}\u00a0{n[5:]}"),
    ("thin spaces", lambda n: f"{n[:5]}\u2009{n[5:8]}\u202f{n[8:]}"),
    ("wide spaces", lambda n: spread(n, "\u2003")),
    ("ideographic spaces", lambda n: spread(n, "\u3000")),
    ("tabs", lambda n: f"{n[:5]}\t{n[5:]}"),
    ("many spaces", lambda n: f"{n[:5]}          {n[5:]}"),
    ("line by line", lambda n: f"{n[:4]}\n{n[4:7]}\n{n[7:]}"),
    ("without the zero", lambda n: n[1:]),
    ("tel:", lambda n: f"tel:+44{n[1:]}"),
    ("Arabic figures", lambda n: in_digits_of(n, 0x660)),
    ("Persian figures", lambda n: in_digits_of(n, 0x6F0)),
    ("Devanagari figures", lambda n: in_digits_of(n, 0x966)),
    ("Bengali figures", lambda n: in_digits_of(n, 0x9E6)),
    ("bold figures of mathematics", lambda n: in_digits_of(n, 0x1D7CE)),
    ("raised figures", lambda n: n.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))),
    ("circled figures", lambda n: n.translate(str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨"))),
    ("Chinese figures", lambda n: n.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))),
    ("letters for figures", lambda n: n.replace("0", "O").replace("1", "l")),
    ("a word between", lambda n: f"{n[:5]} then {n[5:]}"),
    ("words between", lambda n: f"{n[:5]} (that is the new one) {n[5:8]} and {n[8:]}"),
    ("in words", _in_words),
    ("as read out", _doubled),
    ("partly in words", lambda n: f"{n[:3]} double-oh {n[5:8]} {_in_words(n[8:])}" if n[3:5] == "00" else _in_words(n)),
    ("the last six figures", lambda n: f"ends in {n[-6:]}"),
    ("the last six apart", lambda n: f"ends in {n[-6:-3]} {n[-3:]}"),
    ("the last four figures", lambda n: f"ends in {n[-4:]}", "four figures are any year or house number"),
    ("as a riddle", lambda n: f"{n[:5]} and then twice {int(n[5:]) / 2:g}", "a sum, or a saying"),
)


def _numbers(detail: str, number: str) -> Iterator[Planted]:
    known = figures(number)
    for form, spelling, *why in (*_OF_NUMBERS, *_OF_ANY_TEXT):
        text = spelling(known if (form, spelling, *why) in _OF_NUMBERS else number)
        yield Planted(detail, form, text, "".join(why), figures=known)


_OF_EMAILS: Final[tuple[Form, ...]] = (
    ("capitals", str.upper),
    ("small letters", str.lower),
    ("spaces around the sign", lambda e: e.replace("@", " @ ")),
    ("spaces everywhere", lambda e: e.replace("@", " @ ").replace(".", " . ")),
    ("letters apart", lambda e: spread(e, " ")),
    ("[at]", lambda e: e.replace("@", "[at]")),
    ("(at)", lambda e: e.replace("@", " (at) ")),
    ("{AT}", lambda e: e.replace("@", "{AT}")),
    ("at", lambda e: e.replace("@", " at ")),
    ("_at_", lambda e: e.replace("@", "_at_")),
    ("at and dot", lambda e: e.replace("@", " at ").replace(".", " dot ")),
    ("[at] and [dot]", lambda e: e.replace("@", "[at]").replace(".", "[dot]")),
    ("(a) and (.)", lambda e: e.replace("@", "(a)").replace(".", "(.)")),
    ("at and dot in the domain", lambda e: f"{e.split('@')[0]} at {e.split('@')[1].replace('.', ' dot ')}"),
    ("a wide sign", lambda e: e.replace("@", "＠")),
    ("a small sign", lambda e: e.replace("@", "﹫")),
    ("a named entity", lambda e: e.replace("@", "&commat;")),
    ("%40", lambda e: e.replace("@", "%40")),
    ("mailto:", lambda e: f"mailto:{e}"),
    ("parted at the sign", lambda e: e.replace("@", "\n@")),
    ("parted by a stroke", lambda e: e.replace("@", " / ")),
    ("Cyrillic letters", lambda e: e.translate(_LOOKALIKES)),
    ("without the domain", lambda e: f"{e.split('@')[0]} with the usual provider"),
    ("the domain by its name", lambda e: f"{e.split('@')[0][:3]}… at {e.split('@')[1]}", "a part of an address"),
)


def _emails(detail: str, email: str) -> Iterator[Planted]:
    for form, spelling, *why in (*_OF_EMAILS, *_OF_ANY_TEXT):
        if form == "without the domain" and len(email.split("@")[0]) < 8:
            why = ["a short name before the sign is a word like any other"]
        yield Planted(detail, form, spelling(email), "".join(why))


_SMALL_CAPITALS: Final = str.maketrans("abcdeghiklmnoprtuvwyz", "ᴀʙᴄᴅᴇɢʜɪᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")
_FIGURES: Final = str.maketrans("aeioAEIO", "43104310")

_OF_WORDS: Final[tuple[Form, ...]] = (
    ("capitals", str.upper),
    ("small letters", str.lower),
    ("without accents", lambda text: _bare(text)),
    ("with other accents", lambda text: text.replace("a", "ä").replace("e", "é").replace("o", "ô").replace("i", "ı")),
    ("accents of their own", lambda text: unicodedata.normalize("NFD", text)),
    ("piled accents", lambda text: spread(_bare(text), "\u0301\u0323")),
    ("letters apart", lambda text: spread(text, " ")),
    ("dots between", lambda text: spread(text, ".")),
    ("hyphens between", lambda text: spread(text, "-")),
    ("strokes between", lambda text: spread(text, "/")),
    ("Cyrillic letters", lambda text: _bare(text).translate(_LOOKALIKES)),
    ("Greek letters", lambda text: _bare(text).upper().translate(_GREEK)),
    ("small capitals", lambda text: _bare(text).lower().translate(_SMALL_CAPITALS)),
    ("letters of mathematics", lambda text: "".join(_bold(each) for each in _bare(text))),
    ("circled letters", lambda text: "".join(_circled(each) for each in _bare(text))),
    ("markup between", lambda text: f"{text[:3]}<b>{text[3:]}</b>"),
    ("escaped", lambda text: quote(text)),
    ("figures for letters", lambda text: _bare(text).translate(_FIGURES), "figures in the place of letters"),
)


def _bare(text: str) -> str:
    plain = text.replace("ł", "l").replace("Ł", "L").replace("’", "'")
    return "".join(each for each in unicodedata.normalize("NFD", plain) if not unicodedata.combining(each))


def _bold(letter: str) -> str:
    if "a" <= letter <= "z":
        return chr(0x1D41A + ord(letter) - ord("a"))
    return chr(0x1D400 + ord(letter) - ord("A")) if "A" <= letter <= "Z" else letter


def _circled(letter: str) -> str:
    if "a" <= letter <= "z":
        return chr(0x24D0 + ord(letter) - ord("a"))
    return chr(0x24B6 + ord(letter) - ord("A")) if "A" <= letter <= "Z" else letter


def _words(detail: str, text: str, *, alone: bool = False) -> Iterator[Planted]:
    for form, spelling, *why in (*_OF_ANY_TEXT, *_OF_WORDS):
        if form == "figures for letters" and not set(_bare(text)) & set("aeioAEIO"):
            continue
        yield Planted(detail, form, spelling(text), "".join(why), may_be_a_namesake=alone)


def _addresses(of: Other) -> Iterator[Planted]:
    yield from _words("street", of.street)
    house, street = of.address[1].split(" ", 1)
    word = street.split(" ")[0]
    short = {"Rise": "Rise", "Road": "Rd", "Street": "St."}[street.split(" ")[1]]
    for form, text in (
        ("house and street", of.address[1]),
        ("all lines", "\n".join(of.address)),
        ("all in one line", ", ".join(of.address)),
        ("the first line", of.address[0]),
        ("a short word for the road", f"{word} {short}"),
        ("house and short word", f"{house}, {word} {short}"),
        ("house and name without the road", f"at {house} {word}"),
        ("the house in words", f"fourteen {street}"),
        ("plural", f"{street}s"),
        ("in one word", street.replace(" ", "")),
    ):
        yield Planted("address", form, text)
    yield Planted("address", "the name of the street alone", f"in {word}", "the name of a street without the road")
    yield Planted("address", "the town alone", f"in {of.address[2]}", "a town, or a district")
    code = of.postcode
    for form, spelling, *why in (
        *_OF_ANY_TEXT,
        ("without the space", lambda text: text.replace(" ", "")),
        ("small letters", str.lower),
        ("small letters in one", lambda text: text.lower().replace(" ", "")),
        ("a hyphen", lambda text: text.replace(" ", "-")),
        ("dots", lambda text: spread(text.replace(" ", ""), ".")),
        ("letters apart", lambda text: spread(text.replace(" ", ""), " ")),
        ("a no-break space", lambda text: text.replace(" ", "\u00a0")),
        ("letters for figures", lambda text: text.replace("0", "O").replace("1", "I")),
        ("parted elsewhere", lambda text: f"{text.replace(' ', '')[:2]} {text.replace(' ', '')[2:]}"),
        ("Greek letters", lambda text: text.translate(_GREEK)),
        ("inside a sentence", lambda text: f"(round {text}, near the shop)"),
        ("the district alone", lambda text: f"round {text.split()[0]}", "a town, or a district"),
    ):
        yield Planted("postcode", form, spelling(code), "".join(why))


def _days(detail: str, on: date) -> Iterator[Planted]:
    month, short, ordinal, year = _MONTHS[on.month - 1], _MONTHS[on.month - 1][:3], _ordinal(on.day), on.year
    word, said = _ORDINALS[on.day], _YEARS[on.year]
    forms = (
        ("day first", f"{on.day} {month} {year}"),
        ("weekday", f"{on:%A} {on.day} {month} {year}"),
        ("ordinal", f"{ordinal} {month} {year}"),
        ("ordinal of", f"the {ordinal} of {month}, {year}"),
        ("ordinal with space", f"{on.day} {ordinal[-2:]} {month} {year}"),
        ("month first", f"{month} {on.day}, {year}"),
        ("month first, ordinal", f"{month} the {ordinal} {year}"),
        ("short month", f"{on.day} {short} {year}"),
        ("short month with dot", f"{on.day} {short}. {year}"),
        ("short month and year", f"{on.day} {short} {on:%y}"),
        ("short month with dashes", f"{on.day:02}-{short}-{year}"),
        ("short year", f"{on.day} {month} ’{on:%y}"),
        ("month first, short year", f"{month} {on.day} '{on:%y}"),
        ("capitals", f"{on.day} {month} {year}".upper()),
        ("in one", f"{on.day}{short}{year}"),
        ("year first", f"{year} {month} {on.day}"),
        ("strokes", f"{on.day}/{on.month}/{year}"),
        ("strokes, padded", f"{on.day:02}/{on.month:02}/{year}"),
        ("dots", f"{on.day}.{on.month}.{year}"),
        ("dots, padded", f"{on.day:02}.{on.month:02}.{year}"),
        ("dots and spaces", f"{on.day}. {on.month}. {year}"),
        ("short, strokes", f"{on.day}/{on.month}/{on:%y}"),
        ("short, padded", f"{on.day:02}/{on.month:02}/{on:%y}"),
        ("short, dots", f"{on.day:02}.{on.month:02}.{on:%y}"),
        ("ISO", on.isoformat()),
        ("ISO with strokes", on.isoformat().replace("-", "/")),
        ("ISO in one", on.isoformat().replace("-", "")),
        ("ISO, not padded", f"{year}-{on.month}-{on.day}"),
        ("eight figures", f"{on:%d%m%Y}"),
        ("US", f"{on.month}/{on.day}/{year}"),
        ("US, padded", f"{on.month:02}/{on.day:02}/{year}"),
        ("US, short", f"{on.month}/{on.day}/{on:%y}"),
        ("in words", f"the {word} of {month} {said}"),
        ("day in words", f"the {word} of {month} {year}"),
        ("day in words, month first", f"{month} {word}, {year}"),
        ("year in words", f"{on.day} {month} {said}"),
        ("Arabic figures", in_digits_of(f"{on.day}/{on.month}/{year}", 0x660)),
        ("full-width figures", in_digits_of(f"{on.day}/{on.month}/{year}", 0xFF10)),
        ("figures apart", spread(f"{on.day} {month} {year}", " ")),
        ("zero-width spaces", spread(f"{on.day} {month} {year}", "\u200b")),
        ("over two lines", f"{on.day} {month}\n{year}"),
        ("numbered entities", as_entities(f"{on.day} {month} {year}")),
        ("Roman month", f"{on.day}.{_roman(on.month)}.{year}"),
        ("letters for figures", f"{on.day}/{on.month}/{year}".replace("0", "O").replace("1", "l")),
    )
    for form, text in forms:
        yield Planted(detail, form, text)
    yield Planted(detail, "without the year", f"{ordinal} {month}", "a day without its year is any year's")
    yield Planted(detail, "month and year", f"{month} {year}", "a month is not a day")
    yield Planted(detail, "as so many years ago", f"{2026 - year} years ago that day", "a sum, or a saying")


def _roman(month: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[month - 1]


def _ordinal(day: int) -> str:
    if 10 <= day % 100 <= 20:
        return f"{day}th"
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th') }"


def _names(of: Other) -> Iterator[Planted]:
    first = of.given.split()[0]
    yield from _words("name", f"{of.given} {of.family}")
    yield from _words("given name", first, alone=True)
    yield from _words("family name", of.family, alone=True)
    yield from _words("practitioner's name", of.practitioner)
    for form, text in (
        ("family name first", f"{of.family}, {of.given}"),
        ("preferred and family name", f"{of.preferred} {of.family}"),
        ("first name and family name", f"{first} {of.family}"),
        ("hyphens for spaces", f"{of.given}-{of.family}".replace(" ", "-")),
        ("possessive", f"{of.given} {of.family}’s mother"),
        ("initial and family name", f"{first[0]}. {of.family}"),
        ("in one", f"{first}{of.family}"),
        ("as an account", f"@{first.lower()}.{of.family.lower()}"),
    ):
        yield Planted("name", form, text, may_be_a_namesake=form.startswith("initial"))
    yield Planted("name", "initials", f"{first[0]}.{of.family[0]}.", "two letters are anybody's")
    for form, text in (
        ("possessive", f"{first}’s mother"),
        ("possessive, straight", f"{first}'s"),
        ("possessive without a sign", f"{first}s house"),
        ("preferred name", of.preferred),
        ("quoted", f"“{first}”"),
        ("with title", f"Mx {of.family}"),
        ("plural", f"the {of.family}s"),
    ):
        yield Planted("given name", form, text, may_be_a_namesake=True)
    yield Planted("given name", "only described", "the other parent’s first name", "what is only described")
    worker = of.practitioner.split()
    for form, text in (
        ("family name first", f"{worker[1]}, {worker[0]}"),
        ("initial and family name", f"{worker[0][0]}. {worker[1]}"),
        ("with title", f"Ms {worker[1]}"),
        ("possessive", f"{of.practitioner}’s team"),
    ):
        yield Planted("practitioner's name", form, text, may_be_a_namesake=form in ("with title", _INITIAL))
    yield Planted(
        "practitioner's name", "first name alone", worker[0], "a worker's first name is a word like any other"
    )


_INITIAL: Final = "initial and family name"
