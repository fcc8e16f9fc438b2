"""What can go wrong with a language model. Each carries what the failed call used."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ValidationError

from pesut.errors import PesutError, UnavailableError

MOST_PROBLEMS = 8  # of a wrong answer that are told


@dataclass(frozen=True)
class Usage:
    """What calls used: tokens, and US dollars as far as the price is known."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cost_usd + other.cost_usd,
        )


class ModelUnavailableError(UnavailableError):
    """The model's server is away, overloaded or too slow."""

    slug = "model-unavailable"
    title = "The language model is away"


class ModelRefusedError(PesutError):
    """The model's server will not take the request, however often it is sent: wrong key, wrong name, too long."""

    slug = "model-refused"
    title = "The language model refuses"
    status: ClassVar[int] = 502


class ModelOutputError(PesutError):
    """The model answered with something else than what it was asked for.

    `said` is its answer, `problem` what is wrong with it, fit to be told to the model.
    """

    slug = "model-output"
    title = "The language model's answer cannot be used"
    status: ClassVar[int] = 502
    retryable: ClassVar[bool] = True

    def __init__(self, problem: str, *, said: str = "", usage: Usage | None = None) -> None:
        super().__init__(f"The model's answer cannot be used: {problem}")
        self.problem = problem
        self.said = said
        self.usage = usage or Usage()


def problems(error: ValidationError) -> str:
    """What does not fit, fit to be told to the model."""
    told = [
        f"{'.'.join(str(part) for part in each['loc']) or 'the answer'}: {each['msg']}"
        for each in error.errors(include_url=False, include_input=False)[:MOST_PROBLEMS]
    ]
    return "; ".join(told)
