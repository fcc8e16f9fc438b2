"""Keeps vectors in step with the texts, as a chore of its own: learning and embedding take a core for half a minute, and hundreds
of megabytes. Its job is a `Job`, its output are `Headway` lines.
"""

from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree

from sqlalchemy import Engine, Table, create_engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from pesut.chores import ChoreError, run_chore, take_job
from pesut.chores import tell as tell_parent
from pesut.contracts.base import Contract
from pesut.database.locks import AdvisoryLock, alone
from pesut.search.city_vectors import FEWEST_TEXTS, CityVectors
from pesut.search.embeddings import Embedder
from pesut.search.filling import SPACE, Progress, fill, source_of
from pesut.search.spaces import EmbeddingModel, Spaces, Subject, current_space, space_of

MOST_TO_LEARN_FROM = 20_000  # reports; more take longer and teach little
OUTGROWN = 2  # times the reports a space was learned from, up to that many
MODULE = "pesut.search.refresh"


class RefreshError(ChoreError):
    """Search goes on by words and by the vectors that are there."""

    slug = "vectors"
    title = "Vectors could not be made"


class Job(Contract):
    database_url: str
    data_dir: Path
    model: EmbeddingModel
    subjects: tuple[Subject, ...]


class Headway(Contract):
    """How far a subject is: `done` of `total` texts that lacked a vector."""

    subject: Subject
    done: int
    total: int


async def refresh_vectors(
    engine: AsyncEngine,
    spaces: Spaces,
    progress: Progress,
    subjects: Sequence[Subject] = tuple(Subject),
) -> int:
    """Give every report and passage that lacks one a vector, learning the city's own space of reports first where there is none,
    or where reports have doubled since. Returns how many were made; 0 at once where none lacks or another refresh runs.

    A call that was cut off is taken up by the next. Raises RefreshError.
    """
    async with alone(engine, AdvisoryLock.VECTORS) as connection:
        if connection is None:
            return 0
        wanting = [subject for subject in subjects if await _lacks(connection, spaces, subject)]
        await connection.commit()
        job = Job(
            database_url=engine.url.render_as_string(hide_password=False),
            data_dir=spaces.data_dir,
            model=spaces.model,
            subjects=tuple(wanting),
        )
        return await _run(job, progress) if wanting else 0


async def _lacks(connection: AsyncConnection, spaces: Spaces, subject: Subject) -> bool:
    code, source = await current_space(connection, subject), source_of(subject)
    lacking = select(source.texts.c.id)
    if code is not None and spaces.knows(code):
        lacking = lacking.where(source.lacking(code))
    return (await connection.execute(lacking.limit(1))).first() is not None


async def _run(job: Job, progress: Progress) -> int:
    """The texts done, summed over the subjects."""
    done: dict[Subject, int] = {}

    def hear(line: bytes) -> None:
        step = Headway.model_validate_json(line)
        done[step.subject] = step.done
        progress(step.done, step.total)

    try:
        await run_chore(MODULE, job, hear)
    except ChoreError as error:
        raise RefreshError(error.detail, remedy=error.remedy) from error
    return sum(done.values())


def main() -> None:
    job = take_job(Job)
    engine = create_engine(make_url(job.database_url).set(drivername="postgresql+psycopg"))
    for subject in job.subjects:
        embedder = _embedder(engine, Spaces(job.data_dir, job.model), subject)
        fill(engine, subject, embedder, lambda done, total, subject=subject: _tell(subject, done, total))
    engine.dispose()


def _tell(subject: Subject, done: int, total: int) -> None:
    tell_parent(Headway(subject=subject, done=done, total=total))


def _embedder(engine: Engine, spaces: Spaces, subject: Subject) -> Embedder:
    """The general model; for reports, once there are enough of them, the city's own vectors."""
    count = _count(engine, source_of(subject).texts)
    if subject is Subject.PASSAGE or count < FEWEST_TEXTS:
        return spaces.general
    kept = _kept(engine, spaces)
    if kept and count < OUTGROWN * kept.fitted_on:
        return kept
    learned = kept if kept and kept.fitted_on >= MOST_TO_LEARN_FROM else CityVectors.fit(_sample(engine))
    folder = learned.save(spaces.folder)
    _forget(spaces.folder, keeping={folder.name, kept.space if kept else ""})
    return learned


def _kept(engine: Engine, spaces: Spaces) -> CityVectors | None:
    """The newest space of reports that was learned here, also where filling it was cut off."""
    newest = select(SPACE.c.code).where(SPACE.c.subject == Subject.REPORT).order_by(SPACE.c.recorded_at.desc())
    with engine.connect() as connection:
        codes = connection.execute(newest).scalars().all()
    folders = (spaces.folder / space_of(code) for code in codes)
    return next((CityVectors.load(folder) for folder in folders if folder.is_dir()), None)


def _count(engine: Engine, texts: Table) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(texts)).scalar_one()


def _sample(engine: Engine) -> list[str]:
    """Reports of all times, chosen by a hash of their ids."""
    source = source_of(Subject.REPORT)
    query = select(source.words).order_by(func.hashtext(source.texts.c.source_key), source.texts.c.id)
    with engine.connect() as connection:
        return list(connection.execute(query.limit(MOST_TO_LEARN_FROM)).scalars())


def _forget(folder: Path, keeping: set[str]) -> None:
    for each in folder.iterdir():
        if each.is_dir() and each.name not in keeping:
            rmtree(each)


if __name__ == "__main__":
    main()
