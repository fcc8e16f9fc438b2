"""The one door to language models, and the only import of litellm (3 to 7 seconds, so only when a model is asked)."""

import asyncio
import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from pesut.llm.errors import ModelOutputError, ModelRefusedError, ModelUnavailableError, Usage, problems

T = TypeVar("T", bound=BaseModel)
log = logging.getLogger(__name__)

LATER = {408, 409, 425, 429}  # statuses, besides 5xx, at which the same request may succeed later


@dataclass(frozen=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Completion(Generic[T]):
    value: T
    said: str
    usage: Usage


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message = _Message()
    finish_reason: str | None = None


class _Used(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Response(BaseModel):
    """What of a response is looked at."""

    choices: list[_Choice] = []
    usage: _Used = _Used()


class Gateway:
    """One model of any provider that LiteLLM knows, or of an OpenAI-compatible server at `base_url`.

    Makes one request per call and repeats none: whoever calls knows whether another try is worth it. `timeout` covers the
    whole call, whatever the server sends meanwhile.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout: timedelta = timedelta(seconds=30),
        most_tokens: int = 2000,
    ) -> None:
        self.model = model
        self._base_url = base_url
        self._api_key = api_key or ("none" if base_url else None)  # servers of one's own often want no key; clients do
        self._timeout = timeout
        self._most_tokens = most_tokens
        self._takes_schemas = True  # until the server says otherwise

    async def complete(self, messages: Sequence[Message], schema: type[T]) -> Completion[T]:
        """An answer that fits `schema`, asked for by JSON schema, or in words where the server knows no schemas.

        Raises ModelUnavailableError (try later), ModelRefusedError (it never will), ModelOutputError (it answered otherwise).
        """
        litellm = await asyncio.to_thread(_litellm)
        try:
            async with asyncio.timeout(self._timeout.total_seconds()):
                response = await self._ask(litellm, messages, schema)
        except TimeoutError as error:
            raise ModelUnavailableError(
                f"The model {self.model!r} did not answer within {self._timeout.total_seconds():g} s.",
                remedy="Ask again, or raise PESUT_MODEL_TIMEOUT.",
            ) from error
        return _completion(response, schema)

    async def warm_up(self) -> None:
        """Load what the first call would wait for."""
        await asyncio.to_thread(_litellm)

    async def _ask(self, litellm: Any, messages: Sequence[Message], schema: type[BaseModel]) -> Any:
        if self._takes_schemas:
            try:
                return await self._request(litellm, messages, response_format=_response_format(schema))
            except litellm.exceptions.BadRequestError as error:
                log.info("%s takes no JSON schema (%s); asking in words from now on", self.model, self._short(error))
        response = await self._request(litellm, [*messages, _in_words(schema)])
        self._takes_schemas = False  # only now: if this was refused too, the schema was not at fault
        return response

    async def _request(self, litellm: Any, messages: Sequence[Message], **options: Any) -> Any:
        from openai import OpenAIError  # from which all of litellm's errors come

        try:
            return await litellm.acompletion(
                model=self.model,
                messages=[{"role": each.role, "content": each.content} for each in messages],
                api_base=self._base_url,
                api_key=self._api_key,
                timeout=self._timeout.total_seconds(),
                max_tokens=self._most_tokens,
                temperature=0,
                num_retries=0,
                max_retries=0,
                **options,
            )
        except litellm.exceptions.BadRequestError as error:
            if options:
                raise
            raise self._refused(error) from error
        except OpenAIError as error:
            raise self._understood(error) from error

    def _understood(self, error: Any) -> Exception:
        status = getattr(error, "status_code", None)
        if isinstance(status, int) and 400 <= status < 500 and status not in LATER:
            return self._refused(error)
        return ModelUnavailableError(
            f"The model {self.model!r} is away: {self._short(error)}",
            remedy="Ask again in a while, or check its server.",
        )

    def _refused(self, error: Exception) -> ModelRefusedError:
        return ModelRefusedError(
            f"The model {self.model!r} refuses the request: {self._short(error)}",
            remedy="Check PESUT_MODEL, PESUT_MODEL_BASE_URL and PESUT_MODEL_API_KEY.",
        )

    def _short(self, error: Exception) -> str:
        """What the server said, without the key, which some servers repeat."""
        said = " ".join(str(error).split())
        return (said.replace(self._api_key, "…") if self._api_key else said)[:300]


@cache
def _litellm() -> Any:
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "true")  # or importing it asks the network for prices
    import litellm

    litellm.suppress_debug_info = True
    litellm.drop_params = True  # what a provider does not know, temperature for instance, is left out
    litellm.disable_aiohttp_transport = True  # httpx ends a request at once when its task is cancelled
    logging.getLogger("LiteLLM").setLevel(logging.WARNING)
    return litellm


def _response_format(schema: type[BaseModel]) -> Mapping[str, Any]:
    described = {"name": schema.__name__, "schema": schema.model_json_schema(), "strict": False}
    return {"type": "json_schema", "json_schema": described}


def _in_words(schema: type[BaseModel]) -> Message:
    described = json.dumps(schema.model_json_schema(), ensure_ascii=False)
    return Message("user", f"Answer with one JSON object only, no other text, that fits this JSON schema:\n{described}")


def _completion(response: Any, schema: type[T]) -> Completion[T]:
    answer = _Response.model_validate(response.model_dump())
    cost = float(response._hidden_params.get("response_cost") or 0.0)  # what litellm knows of the price
    usage = Usage(1, answer.usage.prompt_tokens, answer.usage.completion_tokens, cost)
    first = answer.choices[0] if answer.choices else _Choice()
    said = first.message.content or ""
    if first.finish_reason == "length":
        raise ModelOutputError("it was cut off, being too long", said=said, usage=usage)
    try:
        return Completion(schema.model_validate_json(_json_in(said)), said, usage)
    except ValidationError as error:
        raise ModelOutputError(problems(error), said=said, usage=usage) from error


def _json_in(said: str) -> str:
    """The outermost object in the answer: models like to wrap it in words or fences."""
    start, end = said.find("{"), said.rfind("}")
    return said[start : end + 1] if 0 <= start < end else said
