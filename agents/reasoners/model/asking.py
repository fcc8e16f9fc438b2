"""Asking a model until its answer holds, but not for ever."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from pesut.errors import PesutError
from pesut.llm import Completion, Gateway, Message, ModelOutputError, ModelUnavailableError, Usage, problems

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")

TRIES = 2
PAUSE = 0.5  # seconds before a server that was away is asked again
SHOWN = 1000  # characters of an answer that does not hold; one that went in circles would lead the next into them


class UnfitError(Exception):
    """An answer of the right types that says something it may not; the text tells the model what."""


class Meter:
    """Adds up what all calls used."""

    def __init__(self) -> None:
        self.used = Usage()

    def add(self, usage: Usage) -> None:
        self.used = self.used + usage


async def ask(
    gateway: Gateway, messages: Sequence[Message], schema: type[T], accept: Callable[[T], R], meter: Meter
) -> R:
    """What `accept` makes of the model's answer. An answer that does not hold is sent back once with what is wrong with it.

    Raises ModelUnavailableError, ModelRefusedError, or ModelOutputError for the last answer that did not hold.
    """
    said = list(messages)
    for left in reversed(range(TRIES)):
        try:
            return _accepted(await gateway.complete(said, schema), accept, meter)
        except ModelUnavailableError:
            meter.add(Usage(calls=1))
            if not left:
                raise
            await asyncio.sleep(PAUSE)
        except ModelOutputError as error:
            meter.add(error.usage)
            if not left:
                raise
            said = [*messages, *_correction(error)]
    raise AssertionError("the last try returns or raises")


def _accepted(completion: Completion[T], accept: Callable[[T], R], meter: Meter) -> R:
    try:
        accepted = accept(completion.value)
    except (UnfitError, PesutError, ValidationError) as error:
        told = problems(error) if isinstance(error, ValidationError) else str(error)
        raise ModelOutputError(told, said=completion.said, usage=completion.usage) from error
    meter.add(completion.usage)
    return accepted


def _correction(error: ModelOutputError) -> list[Message]:
    told = f"That answer does not hold: {error.problem}\nAnswer again, whole, with the JSON object only."
    return [*([Message("assistant", error.said[:SHOWN])] if error.said else []), Message("user", told)]
