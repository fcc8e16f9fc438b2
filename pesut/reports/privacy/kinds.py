"""The kinds of personal data that are looked for, and what stands in their place."""

from enum import StrEnum
from typing import NamedTuple


class PersonalKind(StrEnum):
    """Kinds by which findings are counted; what was found itself is kept nowhere but in the vault."""

    NIK = "nik"  # a person's number (Nomor Induk Kependudukan)
    KK = "kk"  # a family card's number (Kartu Keluarga)
    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"  # of a social medium
    PLATE = "plate"  # of a vehicle
    ACCOUNT = "account"  # at a bank
    NUMBER = "number"  # of a customer, a card, a meter
    HOME = "home"  # the house number of an address that is told as one's own
    NAME = "name"


SHOWN = {
    PersonalKind.NIK: "[NIK]",
    PersonalKind.KK: "[KK]",
    PersonalKind.PHONE: "[telepon]",
    PersonalKind.EMAIL: "[surel]",
    PersonalKind.HANDLE: "[akun]",
    PersonalKind.PLATE: "[pelat]",
    PersonalKind.ACCOUNT: "[rekening]",
    PersonalKind.NUMBER: "[nomor]",
    PersonalKind.HOME: "[no. rumah]",
    PersonalKind.NAME: "[nama]",
}


class Span(NamedTuple):
    """Where something personal stands: `text[start:end]`."""

    start: int
    end: int
    kind: PersonalKind
