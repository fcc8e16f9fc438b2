"""Translations of the pages' words. They are written in Indonesian; a catalogue of each other language lies beside the pages.

Catalogues are read as they are (.po), so nothing has to be compiled before a start. `make words` brings them up to date.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pesut.contracts import Language

FOLDER = Path(__file__).parent / "translations"
WRITTEN = Language.ID


def catalogue_of(language: Language) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "pages.po"


@lru_cache
def translations_in(language: Language) -> NullTranslations:
    """What turns the pages' words into `language`; for the one they are written in, nothing."""
    if language is WRITTEN:
        return NullTranslations()
    compiled = BytesIO()
    with catalogue_of(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.value))
    compiled.seek(0)
    return GNUTranslations(compiled)
