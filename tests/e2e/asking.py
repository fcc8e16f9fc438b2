"""Asking over the API, as a client does."""

from typing import Any

import httpx

from pesut.contracts import Answer


def answer_to(api: httpx.Client, text: str, **more: Any) -> Answer:
    """Ask in a new conversation and wait for the end of the events."""
    conversation = api.post("/v1/conversations").raise_for_status().json()["id"]
    accepted = api.post(f"/v1/conversations/{conversation}/messages", json={"text": text, **more})
    assert accepted.status_code == 202, accepted.text
    with api.stream("GET", accepted.json()["events"]) as stream:
        for _ in stream.iter_lines():
            pass
    return Answer.model_validate_json(api.get(accepted.json()["answer"]).raise_for_status().text)
