"""Papers of a decision, as people ask for them."""

from enum import StrEnum


class PaperKind(StrEnum):
    """The name of a kind in Indonesian, as it stands in an address."""

    STAFF_REVIEW = "telaahan-staf"  # what was laid before who decides
    MEMO = "nota-dinas"  # what was decided, to the agencies that carry it out
    DISPOSITION = "lembar-disposisi"  # the sheet on which it goes from desk to desk


class PaperFormat(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
