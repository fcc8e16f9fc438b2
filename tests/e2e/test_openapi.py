"""The API's description is complete enough for a generated client, and every operation keeps to it."""

from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi import checks

from tests.e2e.conftest import Demo

pytestmark = pytest.mark.slow
# Questions that are no text, unknown codes and taken keys are refused for reasons that a schema cannot say, so a valid
# request may be answered by a problem document.
REJECTION: Any = checks.positive_data_acceptance  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
LEFT_OUT = {"/v1/runs/{run_id}/events"}  # a stream is read in its own test


@pytest.fixture(scope="module")
def described(demo: Demo) -> Any:
    return schemathesis.openapi.from_url(f"{demo.url}/openapi.json")


def test_every_operation_says_what_it_does_and_how_it_fails(demo: Demo) -> None:
    document = httpx.get(f"{demo.url}/openapi.json", trust_env=False).json()
    assert "Problem" in document["components"]["schemas"]
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation.get("description"), where
            if path.startswith("/open311/"):
                assert "400" in operation["responses"], where
            else:
                assert path.startswith("/v1/health") or "401" in operation["responses"], where


def test_operations_keep_to_their_description(demo: Demo, described: Any) -> None:
    headers = {"Authorization": f"Bearer {demo.tokens['operator']}"}
    try:
        for found in described.get_all_operations():
            operation: Any = found.ok()
            if operation.path not in LEFT_OUT:
                _try(operation, headers)
    finally:
        _switch_on(demo)


def _switch_on(demo: Demo) -> None:
    """What was tried may have switched answering off."""
    with demo.api("operator") as api:
        for switch in ("answering", "models"):
            assert api.post(f"/v1/switches/{switch}", json={"on": True, "why": "tried"}).json()["on"]


def _try(operation: Any, headers: dict[str, str]) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.filter_too_much],
    )
    def keeps(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=[REJECTION])

    keeps()
