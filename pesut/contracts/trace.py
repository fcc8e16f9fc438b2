"""What a run did on the way to its answer, for who operates Pesut. Holds no citizen's text, no row and no value of a result."""

from uuid import UUID

from pydantic import AwareDatetime, Field, JsonValue

from pesut.contracts.base import Contract


class ToolCall(Contract):
    """One query of an agent. `label` is that of its evidence, which keeps the query; `error` says why it was refused."""

    tool: str
    key: str
    label: str
    rows: int | None = None
    milliseconds: float
    error: str = ""


class ModelCall(Contract):
    """One call of a language model; `task` is plan, read or write. `error` says why its answer could not be used."""

    task: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    milliseconds: float
    error: str = ""


class NodeTry(Contract):
    """One try of one node of the answer graph; times are UTC. A try that never finished was cut off with its worker.

    `received` and `gave` tell what went in and came out: plans, labels, counts, statuses.
    """

    id: UUID
    run_id: UUID
    node: str
    started_at: AwareDatetime
    finished_at: AwareDatetime | None = None
    error: str = ""
    received: dict[str, JsonValue] = Field(default_factory=dict)
    gave: dict[str, JsonValue] = Field(default_factory=dict)
    tools: tuple[ToolCall, ...] = ()
    models: tuple[ModelCall, ...] = ()
