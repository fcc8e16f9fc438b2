"""Pages: templates, and how values are written in them, for each language that a reader can choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.web import assets, decision_words
from api.web.console import words as console_words
from api.web.language import language_of, other_than
from api.web.translations import WRITTEN, translations_in
from api.web.words import LANGUAGES, OPERATORS, PROBLEMS
from pesut.city.models import City
from pesut.contracts import MAX_QUESTION_CHARACTERS, Language, new_id
from pesut.drawing.wording import Wording
from pesut.drawing.words import BRIEFING_PARTS, EVIDENCE_KINDS
from pesut.placeholders.dates import written_date, written_time
from pesut.placeholders.numbers import LOCALES

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Pages:
    """The pages in one language."""

    wording: Wording
    templates: Jinja2Templates


def pages_for(city: City) -> Mapping[Language, Pages]:
    """The pages of a city, with its names and its time zone, in every language."""
    return {language: _pages(city, language) for language in Language}


def pages_of(request: Request) -> Pages:
    """The pages in the language of whoever asks."""
    return pages_in(request, language_of(request))


def pages_in(request: Request, language: Language) -> Pages:
    pages: Mapping[Language, Pages] = request.app.state.pages
    return pages[language]


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page of the template `name`; every page has a question field, whose `key` makes a second press find the first run."""
    fresh = {
        "longest": MAX_QUESTION_CHARACTERS,
        "key": str(new_id()),
        "conversation": None,
        "sample": False,
        "here": _address_of(request),
    }
    templates = pages_of(request).templates
    response: HTMLResponse = templates.TemplateResponse(request, name, fresh | values, status_code=status)
    return response


def _address_of(request: Request) -> str:
    """Where a choice of language leads back to; what a form made cannot be fetched again."""
    return str(request.url.replace(scheme="", netloc="")) if request.method == "GET" else "/"


def _pages(city: City, language: Language) -> Pages:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    translations = translations_in(language)
    environment.install_gettext_translations(translations, newstyle=True)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    wording = Wording(language, city.zone, translations.gettext)
    words: dict[str, Any] = {
        "kinds": EVIDENCE_KINDS,
        "parts": BRIEFING_PARTS,
        "operators": OPERATORS,
        "problem_titles": PROBLEMS,
        "statuses": decision_words.STATUSES,
        "decision_acts": decision_words.ACTS,
        "deeds": decision_words.DEEDS,
        "disposition_statuses": decision_words.DISPOSITION_STATUSES,
        "disposition_acts": decision_words.DISPOSITION_ACTS,
        "paper_names": decision_words.PAPERS,
        "review_parts": decision_words.REVIEW_PARTS,
        "console_sections": console_words.SECTIONS,
    }
    shared: dict[str, Any] = {
        "city": city,
        "language": language,
        "written_in": WRITTEN,
        "other_language": other_than(language),
        "languages": LANGUAGES,
        "locale": LOCALES[language].replace("_", "-"),
        "lang_of": partial(_lang_of, language),
        "say": translations.gettext,
        "assets": assets.ADDRESS,
    }
    environment.globals |= shared | words
    environment.filters |= {
        "local": wording.moment,
        "written": partial(written_date, language=language),
        "amount": wording.amount,
        "clock": partial(written_time, language=language),
    }
    return Pages(wording, Jinja2Templates(env=environment))


def _lang_of(pages: Language, text: Language) -> Markup:
    """What an element says whose text is in another language than its page."""
    return Markup() if text is pages else Markup(' lang="{}"').format(text.value)
