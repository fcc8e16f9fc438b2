"""Reads a city folder's `sample/`."""

from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import ValidationError

from pesut.errors import InvalidInputError, NotFoundError
from pesut.sample.spec import SampleSpec

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_spec(folder: Path) -> SampleSpec:
    """The whole of `folder/*.yml`, and `folder/texts/*.yml` with one category each.

    Raises NotFoundError where there is nothing, InvalidInputError for what does not fit.
    """
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise NotFoundError(f"{folder} holds no sample data.", remedy="Use a city folder that has sample/*.yml.")
    merged: dict[str, Any] = {}
    for path in paths:
        merged |= _read(path)
    merged["texts"] = [_read(path) for path in sorted((folder / "texts").glob("*.yml"))]
    try:
        return SampleSpec.model_validate(merged)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise InvalidInputError(f"{folder}: {where}: {fault['msg']}.", remedy="Mend the sample files.") from None


def _read(path: Path) -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader))  # noqa: S506
