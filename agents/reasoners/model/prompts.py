"""The prompts: Markdown files beside this one, each with its name and version in front."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, cast

import yaml

_FOLDER = Path(__file__).parent / "prompts"
_FENCE = "---\n"


@dataclass(frozen=True)
class Prompt:
    """What the model is told for one kind of task. `mark` names file and version ("plan@1")."""

    name: str
    version: int
    text: Template

    @property
    def mark(self) -> str:
        return f"{self.name}@{self.version}"

    def filled(self, words: Mapping[str, str]) -> str:
        """The text with its `$words` put in. Raises KeyError for one that is not given."""
        return self.text.substitute(words)


@cache
def prompt(name: str) -> Prompt:
    _, head, body = (_FOLDER / f"{name}.md").read_text("utf-8").split(_FENCE, maxsplit=2)
    facts = cast("dict[str, Any]", yaml.safe_load(head))
    return Prompt(name=facts["name"], version=int(facts["version"]), text=Template(body.strip()))
