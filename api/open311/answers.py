"""One answer in either format: JSON is what the XML says, lists without their wrapping (the Spark convention)."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, cast
from xml.etree.ElementTree import Element, SubElement, tostring

import orjson
from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.open311.schemas import Fault

PREFIX = "/open311/"
_ITEMS = {
    "services": "service", "service_requests": "request", "errors": "error", "endpoints": "endpoint", "formats": "format",
    "attributes": "attribute",
}  # fmt: skip
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STATUS = {401: 403, 409: 400, 422: 400}  # the specification knows 400, 403 and 404; others say when to come again


class Format(StrEnum):
    JSON = "json"
    XML = "xml"


MEDIA_TYPES = {Format.JSON: "application/json; charset=utf-8", Format.XML: "text/xml; charset=utf-8"}
Content = BaseModel | Sequence[BaseModel]


def answer(format_: Format, root: str, content: Content, status: int = 200) -> Response:
    """`root` names the outermost element of the XML."""
    plain = [each.model_dump() for each in content] if isinstance(content, Sequence) else content.model_dump()
    body = orjson.dumps(plain) if format_ is Format.JSON else _xml(root, plain)
    return Response(body, status, media_type=MEDIA_TYPES[format_])


def fault(request: Request, status: int, description: str) -> Response:
    """An error in the format that the address asks for, else in JSON."""
    format_ = Format.XML if request.url.path.endswith(".xml") else Format.JSON
    status = _STATUS.get(status, status)
    return answer(format_, "errors", [Fault(code=status, description=description)], status)


def _xml(root: str, content: object) -> bytes:
    element = Element(root)
    _fill(element, content)
    return tostring(element, encoding="utf-8", xml_declaration=True)


def _fill(element: Element, content: object) -> None:
    if isinstance(content, Mapping):
        for name, value in cast("Mapping[str, Any]", content).items():
            _fill(SubElement(element, name), value)
    elif isinstance(content, list):
        for each in cast("list[Any]", content):
            _fill(SubElement(element, _ITEMS[element.tag]), each)
    elif content is not None:
        text = str(content).lower() if isinstance(content, bool) else str(content)
        element.text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
