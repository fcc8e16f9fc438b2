"""YAML that remembers on which line each value stood, so that an error can name it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

Step = str | int
Where = tuple[Step, ...]


@dataclass(frozen=True)
class MarkedYaml:
    """One parsed file. `label` is how people are told of it ("catalog/metrics.yml"); lines count from 1."""

    label: str
    value: Any
    lines: dict[Where, int] = field(default_factory=dict[Where, int])
    problems: tuple[str, ...] = ()

    @property
    def mapping(self) -> dict[str, Any] | None:
        """The value where the file holds a mapping."""
        return cast("dict[str, Any]", self.value) if isinstance(self.value, dict) else None

    def at(self, where: Where) -> str:
        """`file:line` of a value, or of the nearest enclosing one where the path leaves the file."""
        known: Where = ()
        for step in where:
            if (*known, step) in self.lines:
                known = (*known, step)
        return f"{self.label}:{self.lines.get(known, 1)}"


def read_marked(path: Path, label: str) -> MarkedYaml:
    """Parse one UTF-8 file. What is no YAML, not UTF-8, or has a key twice is told in `problems`, never raised."""
    try:
        text = path.read_bytes().decode()
        loader = yaml.SafeLoader(text)
        node: Any = loader.get_single_node()
    except UnicodeDecodeError as error:
        return MarkedYaml(label, None, problems=(f"{label}:1: the file is not UTF-8 text (byte {error.start})",))
    except yaml.YAMLError as error:
        return MarkedYaml(label, None, problems=(_explain(error, label),))
    reading = _Reading(label, loader)
    value = None if node is None else reading.take(node, ())
    return MarkedYaml(label, value, reading.lines, tuple(reading.problems))


def _explain(error: yaml.YAMLError, label: str) -> str:
    mark: Any = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "the file cannot be read"
    return f"{label}:{mark.line + 1 if mark else 1}: not valid YAML: {said}"


class _Reading:
    def __init__(self, label: str, loader: yaml.SafeLoader) -> None:
        self.label = label
        self.loader = loader
        self.lines: dict[Where, int] = {}
        self.problems: list[str] = []

    def take(self, node: Any, where: Where) -> Any:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            children: list[Any] = list(node.value)
            return [self.take(child, (*where, index)) for index, child in enumerate(children)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Any]:
        pairs: list[tuple[Any, Any]] = list(node.value)
        found: dict[str, Any] = {}
        for key_node, value_node in pairs:
            key = str(getattr(key_node, "value", key_node))
            line = key_node.start_mark.line + 1
            if key in found:
                self.problems.append(f"{self.label}:{line}: the key '{key}' stands twice in one place")
            self.lines[(*where, key)] = line
            found[key] = self.take(value_node, (*where, key))
        return found

    def _scalar(self, node: Any) -> Any:
        try:
            return self.loader.construct_object(node)  # pyright: ignore[reportUnknownMemberType]
        except (yaml.YAMLError, ValueError) as error:
            line = node.start_mark.line + 1
            self.problems.append(f"{self.label}:{line}: '{node.value}' cannot be read: {error}")
            return None
