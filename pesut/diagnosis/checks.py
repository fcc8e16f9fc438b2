"""What one look at a part can say."""

from enum import StrEnum

from pydantic import BaseModel

START = "Start it with `pesut up` (add --demo for the sample data)."


class Health(StrEnum):
    FINE = "fine"
    NOTE = "note"  # worth knowing; questions are answered all the same
    WRONG = "wrong"  # questions are not answered until it is mended


class Check(BaseModel):
    """`remedy` says what to do where it is not fine."""

    name: str
    health: Health
    detail: str
    remedy: str = ""


class ProcessInfo(BaseModel):
    """A running process with its children; `memory` in bytes, pages that several share counted once."""

    name: str
    pid: int
    ready: bool
    memory: int


class Diagnosis(BaseModel):
    """`ready`: a question asked now would be answered. `memory`: bytes of all processes together."""

    ready: bool
    versions: dict[str, str]
    addresses: dict[str, str]
    processes: tuple[ProcessInfo, ...]
    memory: int
    checks: tuple[Check, ...]


def fine(name: str, detail: str) -> Check:
    return Check(name=name, health=Health.FINE, detail=detail)


def note(name: str, detail: str, remedy: str) -> Check:
    return Check(name=name, health=Health.NOTE, detail=detail, remedy=remedy)


def wrong(name: str, detail: str, remedy: str) -> Check:
    return Check(name=name, health=Health.WRONG, detail=detail, remedy=remedy)
