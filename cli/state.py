"""What runs on a data folder: `running.json`, for commands that attach, for `pesut doctor` and for the watchdog."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import psutil
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from pesut.servers.private_files import write_private

SUPERVISOR = "Supervisor"


class Purpose(StrEnum):
    UP = "up"  # serves until stopped; other commands attach to it
    COMMAND = "command"  # runs for one command only; others wait for its end


class ProcessState(BaseModel):
    """A process by its id and the moment it was made (seconds since 1970), because ids are used again."""

    name: str
    pid: int
    created: float
    ready: bool = False

    @classmethod
    def of(cls, name: str, pid: int, *, ready: bool = False) -> "ProcessState":
        """Raises psutil.NoSuchProcess when it is gone; one that ended but was not waited for still counts."""
        return cls(name=name, pid=pid, created=psutil.Process(pid).create_time(), ready=ready)

    def alive(self) -> bool:
        try:
            process = psutil.Process(self.pid)
            return process.create_time() == self.created and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False


class RunState(BaseModel):
    """`database_url` holds a password, so the file is private. `api_url` is None for a command's own servers."""

    supervisor: ProcessState
    purpose: Purpose
    city: Path
    started_at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))
    ready: bool = False
    database_url: str | None = None
    temporal_address: str | None = None
    temporal_ui: str | None = None
    api_url: str | None = None
    processes: tuple[ProcessState, ...] = ()


def state_file(data_dir: Path) -> Path:
    return data_dir / "running.json"


def write_state(data_dir: Path, state: RunState) -> None:
    write_private(state_file(data_dir), state.model_dump_json(indent=2))


def clear_state(data_dir: Path) -> None:
    state_file(data_dir).unlink(missing_ok=True)


def read_state(data_dir: Path) -> RunState | None:
    """What runs there now; None when nothing does (a killed supervisor leaves its file behind)."""
    try:
        state = RunState.model_validate_json(state_file(data_dir).read_text())
    except (OSError, ValidationError):
        return None
    return state if state.supervisor.alive() else None
