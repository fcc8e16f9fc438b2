"""Everything that can be set from outside, read once from the environment (prefix `PESUT_`) and handed down explicitly."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

SAMARINDA = Path(__file__).parent / "cities" / "samarinda"

Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().resolve())]


def _seconds(given: object) -> object:
    if isinstance(given, str):
        with suppress(ValueError):
            return float(given)
    return given


Duration = Annotated[timedelta, BeforeValidator(_seconds), Field(gt=timedelta())]
"""Seconds ("30"), or an ISO 8601 duration ("PT30S", "P14D")."""


class Settings(BaseSettings):
    """Where Pesut finds its city, servers and model. Each field is set by `PESUT_<FIELD>` or the command line."""

    model_config = SettingsConfigDict(env_prefix="PESUT_", env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Folder = Field(
        default_factory=lambda: user_data_path("pesut"),
        description="Folder that holds everything that is written: database, Temporal's file, logs, ports, tokens.",
    )
    city: Folder = Field(default=SAMARINDA, description="Folder of the city: city.yml, catalog/, agencies, aliases.")
    database_url: str | None = Field(
        default=None,
        description="PostgreSQL to use (postgresql://…). None: the embedded server in the data folder.",
    )
    temporal_address: str | None = Field(
        default=None, description="host:port of a Temporal server. None: a local one in the data folder."
    )
    temporal_ui: str | None = Field(
        default=None,
        description="Address of Temporal's pages, to which the operators' console links. None: the local server's own.",
    )
    temporal_namespace: str = Field(default="default", description="Temporal namespace.")
    api_host: str = Field(default="127.0.0.1", description="Address the API listens on.")
    api_port: int = Field(default=8321, ge=0, le=65535, description="Port of the API; 0 takes a free one.")
    vault_key: SecretStr | None = Field(
        default=None,
        description="Keys of the vault that holds unmasked reports: 32 random bytes in base64, the newest first, commas between."
        " None: vault.key in the data folder.",
    )
    open311_keys: dict[str, SecretStr] = Field(
        default_factory=dict,
        description="Keys for the Open311 servers that reports are pulled from, as JSON: their code in city.yml to the key.",
    )
    token: SecretStr | None = Field(
        default=None, description="Bearer token of who uses the command line. None: the command line's own."
    )
    model: str | None = Field(
        default=None, description="Any LiteLLM model name (for example openai/qwen3). None: the offline reasoner."
    )
    model_base_url: str | None = Field(default=None, description="Base address of an OpenAI-compatible server.")
    model_api_key: SecretStr | None = Field(default=None, description="Key for the model, if it wants one.")
    model_timeout: Duration = Field(default=timedelta(seconds=30), description="Longest wait for one model call.")
    statement_timeout: Duration = Field(
        default=timedelta(seconds=10), description="Longest time one query of an agent may take."
    )
    review_within: Duration = Field(
        default=timedelta(days=14), description="How long a staff review waits for a person before it expires."
    )
    max_open_runs: int = Field(
        default=40, ge=1, description="Answers in progress at which further questions are refused with 429."
    )
