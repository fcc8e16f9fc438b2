"""What `pesut doctor` looks at; it changes nothing and starts nothing."""

from cli.diagnosis.machine import folder_checks, process_checks, process_infos, versions
from cli.diagnosis.parts import service_checks, temporal_checks
from cli.state import RunState, read_state
from pesut.diagnosis import Check, Diagnosis, Health, ProcessInfo, city_checks, database_checks, model_checks
from pesut.settings import Settings

__all__ = ["Check", "Diagnosis", "Health", "ProcessInfo", "diagnose"]


def diagnose(settings: Settings) -> Diagnosis:
    """Look at everything on this data folder, or at the servers that the environment names."""
    state = read_state(settings.data_dir)
    known = _with_state(settings, state)
    checks = (
        *folder_checks(known),
        *process_checks(state),
        *database_checks(known),
        *temporal_checks(known),
        *service_checks(known, state),
        *city_checks(known),
        *model_checks(known),
    )
    processes = process_infos(state)
    return Diagnosis(
        ready=all(check.health is not Health.WRONG for check in checks),
        versions=versions(),
        addresses=_addresses(state),
        processes=processes,
        memory=sum(process.memory for process in processes),
        checks=checks,
    )


def _with_state(settings: Settings, state: RunState | None) -> Settings:
    if state is None:
        return settings
    found = {"database_url": state.database_url, "temporal_address": state.temporal_address, "city": state.city}
    return settings.model_copy(update={name: value for name, value in found.items() if value})


def _addresses(state: RunState | None) -> dict[str, str]:
    if state is None:
        return {}
    found = {"pages and API": state.api_url, "Temporal": state.temporal_address, "Temporal's pages": state.temporal_ui}
    return {name: address for name, address in found.items() if address}
