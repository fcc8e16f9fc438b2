"""Asking a model until its answer holds, but not for ever."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from agents.logbook import note_model
from pesut.contracts.trace import ModelCall
from pesut.errors import PesutError
from pesut.llm import (
    Completion,
    Gateway,
    Message,
    ModelOutputError,
    ModelRefusedError,
    ModelUnavailableError,
    Usage,
    problems,
)

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")

TRIES = 2
PAUSE = 0.5  # seconds before a server that was away is asked again
SHOWN = 1000  # characters of an answer that does not hold; one that went in circles would lead the next into them


class UnfitError(Exception):
    """An answer of the right types that says something it may not; the text tells the model what."""


class Meter:
    """Adds up what all calls of one model used, and notes each."""

    def __init__(self, model: str) -> None:
        self.used = Usage()
        self._model = model

    def add(self, task: str, usage: Usage, seconds: float, error: str = "") -> None:
        self.used = self.used + usage
        note_model(
            ModelCall(
                task=task,
                model=self._model,
                input_tokens=usage.input_tokens,
                output_tokens=usage.output_tokens,
                cost_usd=usage.cost_usd,
                milliseconds=round(seconds * 1000, 1),
                error=error,
            )
        )


@dataclass(frozen=True)
class Asked(Generic[T]):
    """What a model is asked, for which task, and the type of its answer."""

    task: str
    messages: Sequence[Message]
    schema: type[T]


async def ask(gateway: Gateway, asked: Asked[T], accept: Callable[[T], R], meter: Meter) -> R:
    """What `accept` makes of the model's answer. An answer that does not hold is sent back once with what is wrong with it.

    Raises ModelUnavailableError, ModelRefusedError, or ModelOutputError for the last answer that did not hold.
    """
    said = list(asked.messages)
    for left in reversed(range(TRIES)):
        began = perf_counter()
        try:
            completion = await gateway.complete(said, asked.schema)
            accepted = _accepted(completion, accept)
        except ModelRefusedError as error:
            meter.add(asked.task, Usage(), perf_counter() - began, error.detail)
            raise
        except ModelUnavailableError as error:
            meter.add(asked.task, Usage(calls=1), perf_counter() - began, error.detail)
            if not left:
                raise
            await asyncio.sleep(PAUSE)
        except ModelOutputError as error:
            meter.add(asked.task, error.usage, perf_counter() - began, error.detail)
            if not left:
                raise
            said = [*asked.messages, *_correction(error)]
        else:
            meter.add(asked.task, completion.usage, perf_counter() - began)
            return accepted
    raise AssertionError("the last try returns or raises")


def _accepted(completion: Completion[T], accept: Callable[[T], R]) -> R:
    try:
        return accept(completion.value)
    except (UnfitError, PesutError, ValidationError) as error:
        told = problems(error) if isinstance(error, ValidationError) else str(error)
        raise ModelOutputError(told, said=completion.said, usage=completion.usage) from error


def _correction(error: ModelOutputError) -> list[Message]:
    told = f"That answer does not hold: {error.problem}\nAnswer again, whole, with the JSON object only."
    return [*([Message("assistant", error.said[:SHOWN])] if error.said else []), Message("user", told)]
