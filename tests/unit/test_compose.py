"""docker-compose.yml follows the Compose specification and keeps no secret."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import yaml

COMPOSE = Path(__file__).parents[2] / "docker-compose.yml"


def _services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())["services"]
    return services


def test_it_is_valid_by_the_specification() -> None:
    schema = json.loads(
        files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text(encoding="utf-8")
    )
    jsonschema.validate(yaml.safe_load(COMPOSE.read_text()), schema)


def test_every_lasting_service_is_watched_and_restarted() -> None:
    lasting = {name: body for name, body in _services().items() if body.get("restart") == "unless-stopped"}
    assert set(lasting) == {"database", "temporal-database", "temporal", "temporal-ui", "worker", "api"}
    assert all("healthcheck" in body for body in lasting.values())


def test_passwords_and_keys_come_from_outside() -> None:
    for name, value in re.findall(r"(\w*(?:PASSWORD|PWD|KEY)\w*): (.+)", COMPOSE.read_text()):
        assert value.startswith("${"), f"{name} is written down in docker-compose.yml"
    url = _services()["api"]["environment"]["PESUT_DATABASE_URL"]
    assert "${PESUT_DATABASE_PASSWORD:?" in url
