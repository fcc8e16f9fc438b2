"""Validation errors in words for the person who edits the YAML."""

from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails


def explain(detail: ErrorDetails, model: Any) -> str:
    """What is wrong with one field, and the nearest right word where there is one."""
    path = ".".join(str(step) for step in detail["loc"] if step not in _tags(model))
    match detail["type"]:
        case "missing":
            return f"'{path}' is missing"
        case "union_tag_not_found":
            return f"'form' is missing; it is one of {', '.join(map(str, _tags(model)))}"
        case "union_tag_invalid":
            return f"'form' must be one of {', '.join(map(str, _tags(model)))}"
        case "extra_forbidden":
            known = _fields(model, detail["loc"]) if path == detail["loc"][-1] else []
            return f"unknown key '{path}'{nearest(path, known)}"
        case "string_type":
            return f"'{path}' must be text, not {detail['input']!r} (put it in quotes)"
        case _:
            return f"'{path}': {detail['msg']}" if path else detail["msg"]


def nearest(word: str, known: list[str], count: int = 1) -> str:
    """`; did you mean 'x'?` for the nearest known words, or nothing where none is near."""
    from rapidfuzz import fuzz, process  # only faults need it

    found = [match[0] for match in process.extract(word, known, scorer=fuzz.ratio, limit=count, score_cutoff=60)]
    return f"; did you mean {' or '.join(repr(each) for each in found)}?" if found else ""


def _members(model: Any) -> list[type[BaseModel]]:
    if isinstance(model, type) and issubclass(model, BaseModel):
        return [model]
    return [member for argument in get_args(model) for member in _members(argument)]


def _fields(model: Any, where: tuple[int | str, ...]) -> list[str]:
    return sorted(_tags(model).get(where[0], _members(model)[0]).model_fields)


def _tags(model: Any) -> dict[int | str, type[BaseModel]]:
    """The members of a union by their discriminator's value, which pydantic puts into the path of an error."""
    members = [member for member in _members(model) if "form" in member.model_fields]
    return {get_args(member.model_fields["form"].annotation)[0]: member for member in members}
