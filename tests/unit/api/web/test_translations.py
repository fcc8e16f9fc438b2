"""No page says a word that a reader of English cannot read."""

import re
import tomllib
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from api.web.pages import TEMPLATES
from api.web.translations import catalogue_of
from pesut.contracts import Language

ROOT = Path(__file__).parents[4]
PAGES = sorted(TEMPLATES.rglob("*.html"))
NAMES = {"Pesut", "PDF", "Word", "US$", "SHA-256"}  # the same in every language
SPOKEN = {"aria-label", "title", "alt", "placeholder", "data-done", "data-heard", "data-failed"}
SHAPE = re.compile(r"{% block shape %}.*?{% endblock %}")


@lru_cache
def _words() -> dict[str, bool]:
    """Every word of the pages, and whether it counts something."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(each["pattern"], each["method"]) for each in mappings]
    keywords = DEFAULT_KEYWORDS | {"later": None, "say": None}
    found = (extract_from_dir(ROOT / folder, methods, keywords=keywords) for folder in ("api/web", "pesut/drawing"))
    words = [message[2] for each in found for message in each]
    return {each if isinstance(each, str) else each[0]: not isinstance(each, str) for each in words}


def _values(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


def test_every_word_of_the_pages_has_its_english() -> None:
    with catalogue_of(Language.EN).open("rb") as file:
        english = read_po(file, locale="en")
    assert len(_words()) > 300
    for word, counts in _words().items():
        message = english.get(word)
        assert message is not None, f"{word!r} is not in the catalogue: run `make words`, then write its English there."
        told: Any = message.string if counts else (message.string,)
        assert all(told), f"{word!r} has no English: write it in {catalogue_of(Language.EN)}."
        assert all(_values(each) == _values(word) for each in told), word


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_template_says_nothing_of_its_own(path: Path) -> None:
    """Text and spoken attributes come from `_`, and `_` is given texts alone: it takes its text to be safe as HTML."""
    environment = Environment(extensions=["jinja2.ext.i18n"])
    source = SHAPE.sub("", path.read_text())
    reader = _Said()
    reader.feed("".join(text if kind == "data" else "" for _, kind, text in environment.lex(source)))
    assert not [each for each in reader.said if re.search(r"[^\W\d_]", each) and each not in NAMES]
    calls = [each for each in environment.parse(source).find_all(nodes.Call) if isinstance(each.node, nodes.Name)]
    given = [each.args[0] for each in calls if cast("nodes.Name", each.node).name in {"_", "gettext"}]
    assert all(isinstance(each, nodes.Const) for each in given)


class _Said(HTMLParser):
    """The pieces of text that a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said += re.split(r"[\s:,()|·?;/]+", data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in SPOKEN and value]
