"""Numbers that lead to a person: of identity and family cards, telephones, bank accounts, customers.

A NIK is the code of the district where it was given out (6 digits: province, regency, district), the day of birth (ddmmyy, 40 added
to the day for women) and 4 digits in sequence; a family card's number has the day on which it was made (Permendagri 72/2022).
Mobile numbers start with 08 or +62 8 and have 10 to 13 digits, area codes have 3 or 4 (Kominfo, FTP Nasional 2000).
"""

import re
from collections.abc import Iterator

from pesut.reports.privacy.kinds import PersonalKind, Span
from pesut.reports.privacy.lexicon import lexicon, one_of
from pesut.reports.privacy.look import Look

LOOK_BACK = 28  # characters before a number in which what it is may be said
FEWEST = 6  # digits of anything that is looked for here

_SOME_DIGITS = re.compile(r"\d(?:[ .\-/()]{0,3}\d){5}")
_SIXTEEN = re.compile(r"(?<![\d.,])\d(?:[ .-]?\d){15}(?!\d)")
_TOLD_IDENTITY = re.compile(
    r"\b(nik|ktp|e-?ktp|kk|kartu keluarga)\b(?:[ :=.#]|nomor|nomer|no\b|saya|sy|kami|adalah){0,8}(\d(?:[ .-]?\d){11,17})(?!\d)",
    re.IGNORECASE,
)
_FAMILY = re.compile(r"\b(?:kk|kartu keluarga|nokk)\b", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:nik|ktp|e-?ktp)\b", re.IGNORECASE)
_MOBILE = re.compile(r"(?<![\d.,])(?:\(?\+? ?62\)?[ .-]{0,2}|0)8[1-9]\d{6,10}(?!\d)")
_MOBILE_IN_GROUPS = re.compile(
    r"(?<![\d.,])(?:\(?\+? ?62\)?[ .-]{0,3}8[1-9]\d|08[1-9]\d)(?:[ .-]{1,3}\d{2,5}){1,5}(?!\d)"
)
_MOBILE_PART = re.compile(r"[ .-]+\d+$")
_TOLD_PHONE = re.compile(
    r"\b(?:hp|no\.? ?hp|wa|whatsapp|whats app|telp|telpon|telepon|tlp|hubungi|kontak|call)\b[ :=.]{0,4}(?:(?:saya|di|ke|no|nomor|nomer)[ :=.]{1,3}){0,3}"
    r"(\(?\+?\d[\d \-.()]{5,18}\d)(?!\d)",
    re.IGNORECASE,
)
_FIXED = re.compile(r"(?<![\d.,])\(?0[2-79]\d{1,2}\)?[ -]{1,3}(?:\d{5,8}|\d{3,4}[ -]\d{3,4})(?!\d)")
_FIXED_IN_ONE = re.compile(r"(?<![\d.,])0[2-79]\d{7,9}(?!\d)")
_ACCOUNT = re.compile(
    rf"\b(?:rekening|rek|norek|{one_of(lexicon().banks)})\b[^\d\n\[]{{0,30}}(\d(?:[ .-]?\d){{7,17}})(?!\d)",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"\b(?:pelanggan|id ?pel|idpel|meter(?:an)?|bpjs|kis|jkn|npwp|nip|nisn|sim|paspor|passport|peserta|kartu|kks|pkh|polis|stnk|bpkb|va"
    r"|virtual account)\b(?:[ :=.#]|nomor|nomer|no\b|saya|sy|id|adalah){0,8}(\d(?:[ .-]?\d){5,19})(?!\d)",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<![\d.,])\d{10,24}(?![\d])")
_TAXPAYER = re.compile(r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)")
_MONEY_BEFORE = re.compile(r"(?:rp|idr|rupiah|\$)[ .]*$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r" ?(?:,-|rupiah|rp\b|ribu|rb\b|juta|jt\b|miliar|milyar|persen|%|kwh|meter\b)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d\d")


def find_numbers(look: Look) -> Iterator[Span]:
    """What is surest comes first; spans may overlap."""
    text = look.text
    if look.digits < FEWEST or not _SOME_DIGITS.search(text):
        return
    yield from _identities(text)
    yield from _taken(text, _TAXPAYER, PersonalKind.NUMBER)
    yield from _taken(text, _ACCOUNT, PersonalKind.ACCOUNT)
    yield from _taken(text, _IDENTIFIER, PersonalKind.NUMBER)
    yield from _phones(text)
    yield from _taken(text, _LONG, PersonalKind.NUMBER)


def _identities(text: str) -> Iterator[Span]:
    for match in _SIXTEEN.finditer(text):
        digits = _digits(match.group())
        if _is_identity(digits):
            yield Span(*match.span(), _whose(text, match.start(), digits))
        elif digits == match.group() or re.fullmatch(r"\d{4}([ .-])\d{4}\1\d{4}\1\d{4}", match.group()):
            yield Span(*match.span(), PersonalKind.NUMBER)
    for match in _TOLD_IDENTITY.finditer(text):
        kind = PersonalKind.KK if match[1].lower().startswith(("kk", "kartu")) else PersonalKind.NIK
        if _is_no_amount(text, *match.span(2)):
            yield Span(*match.span(2), kind)


def _is_identity(digits: str) -> bool:
    """Whether 16 digits can be a NIK or the number of a family card."""
    day, month = int(digits[6:8]), int(digits[8:10])
    district = digits[2:4] != "00" and digits[4:6] != "00"
    return digits[:2] in lexicon().provinces and district and 1 <= month <= 12 and (1 <= day <= 31 or 41 <= day <= 71)


def _whose(text: str, start: int, digits: str) -> PersonalKind:
    """A family's where that is said last before it; a day over 40 is a woman's day of birth."""
    before = text[max(0, start - LOOK_BACK) : start]
    family, person = (list(each.finditer(before)) for each in (_FAMILY, _PERSON))
    said_last = family and (not person or family[-1].start() > person[-1].start())
    return PersonalKind.KK if said_last and int(digits[6:8]) <= 31 else PersonalKind.NIK


def _phones(text: str) -> Iterator[Span]:
    yield from _taken(text, _MOBILE, PersonalKind.PHONE)
    for match in _MOBILE_IN_GROUPS.finditer(text):
        number = match.group()
        while len(_national(number)) > 13:
            number = _MOBILE_PART.sub("", number)
        if len(_national(number)) >= 10:
            yield Span(match.start(), match.start() + len(number), PersonalKind.PHONE)
    yield from _taken(text, _TOLD_PHONE, PersonalKind.PHONE)
    yield from _taken(text, _FIXED, PersonalKind.PHONE)
    yield from _taken(text, _FIXED_IN_ONE, PersonalKind.PHONE)


def _national(number: str) -> str:
    """The digits as they are dialled within the country."""
    digits = _digits(number)
    return f"0{digits[2:]}" if digits.startswith("62") else digits


def _taken(text: str, pattern: re.Pattern[str], kind: PersonalKind) -> Iterator[Span]:
    """Matches (their first group, where there is one) that are no sum of money and no date."""
    group = 1 if pattern.groups else 0
    for match in pattern.finditer(text):
        if _is_no_amount(text, *match.span(group)):
            yield Span(*match.span(group), kind)


def _is_no_amount(text: str, start: int, end: int) -> bool:
    said = text[start:end]
    if _MONEY_BEFORE.search(text, max(0, start - 6), start) or _MONEY_AFTER.match(text, end):
        return False
    return not (_THOUSANDS.fullmatch(said) or _DATE.search(said))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
