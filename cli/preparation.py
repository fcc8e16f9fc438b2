"""The supervisor's side of `cli.prepare`: runs it and shows how far it is."""

from collections.abc import Callable
from pathlib import Path

from cli.display import Display, Step
from cli.prepare import Failed, Prepared, Progress, Sample, progress_file
from cli.services import python_program
from pesut.errors import PesutError
from pesut.servers.processes import Child, failure
from pesut.settings import Settings


def prepare_database(
    settings: Settings, display: Display, pause: Callable[[], None], sample: Sample | None
) -> Prepared:
    """Bring the database to the newest schema and load the city (and the sample data). Raises PesutError when it fails."""
    file = progress_file(settings.data_dir)
    file.unlink(missing_ok=True)
    child = Child(python_program("Preparation", "cli.prepare", settings, *arguments_for(sample)))
    try:
        with display.step(Progress().title, "The data are in place") as step:
            while child.exit_code is None:
                _show(file, step)
                pause()
            return _outcome(child, _read(file))
    finally:
        child.kill()
        file.unlink(missing_ok=True)


def arguments_for(sample: Sample | None) -> list[str]:
    """What `cli.prepare.wished` reads."""
    if sample is None:
        return []
    return ["--sample"] if sample.scale is None else ["--sample", str(sample.scale)]


def _show(file: Path, step: Step) -> None:
    progress = _read(file)
    step.update(progress.title, progress.done, progress.total)


def _read(file: Path) -> Progress:
    return Progress.model_validate_json(file.read_text()) if file.exists() else Progress()


def _outcome(child: Child, last: Progress) -> Prepared:
    if isinstance(last.outcome, Failed):
        raise PesutError(last.outcome.detail, remedy=last.outcome.remedy)
    if last.outcome is None:
        raise failure(child, f"Preparing the database failed at “{last.title}” (exit code {child.exit_code}).")
    return last.outcome
