"""Who asks, and what they may see."""

from enum import StrEnum
from uuid import UUID

from pesut.contracts.base import Code, Contract


class Role(StrEnum):
    MAYOR = "mayor"
    REVIEWER = "reviewer"
    ANALYST = "analyst"
    OPERATOR = "operator"
    INSPECTOR = "inspector"


class Scope(Contract):
    """What row-level security lets through.

    `supervision`: reports of the class "pengaduan berkadar pengawasan" and restricted documents and datasets.
    `agencies`: None sees all agencies' rows; otherwise restricted rows only of these agencies.
    """

    supervision: bool = False
    agencies: tuple[Code, ...] | None = None

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden."""
        return self.supervision and self.agencies is None

    def covers(self, other: "Scope") -> bool:
        """Whether everything that `other` lets through is let through here too."""
        if other.supervision and not self.supervision:
            return False
        if self.agencies is None:
            return True
        return other.agencies is not None and set(other.agencies) <= set(self.agencies)


class Principal(Contract):
    id: UUID
    name: str
    role: Role
    agencies: tuple[Code, ...] | None = None

    @property
    def opens_originals(self) -> bool:
        """Whether they may see what a report said before personal data was masked: the inspectorate alone."""
        return self.role is Role.INSPECTOR

    @property
    def scope(self) -> Scope:
        """Mayor and inspector see supervision cases; an analyst or reviewer with an agency sees its own restricted rows."""
        return Scope(supervision=self.role in {Role.MAYOR, Role.INSPECTOR}, agencies=self.agencies)
