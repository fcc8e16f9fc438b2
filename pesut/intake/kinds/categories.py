"""The categories of reports that rows name."""

from pesut.intake.kinds.base import FieldRow, Setting
from pesut.intake.kinds.registry import Found, slug
from pesut.intake.names import term_names


class Categories:
    """Finds categories by the catalog's names and synonyms.

    A category that the catalog does not list is provisional by that alone; whoever reviews it adds it to the catalog.
    """

    def __init__(self, setting: Setting) -> None:
        self._create = setting.create_missing
        self._names = term_names(setting.catalog.categories)

    def find(self, row: FieldRow, field: str, said: str) -> Found:
        """Raises CellError for one that is not known."""
        match = self._names.find(said)
        if match.code is not None:
            return Found(match.code, match.how, said)
        if not self._create:
            raise row.fault(field, f"{match.why} as a category (--create-missing takes it for review)", said)
        return Found(slug(said), "created", said)
