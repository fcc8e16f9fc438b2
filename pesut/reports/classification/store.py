"""The versions of what was learned: kept for ever, one current for each task of a city, and a way back."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts.base import Contract
from pesut.database.tables import ClassifierModelRow
from pesut.errors import NotFoundError
from pesut.principals.audit import Act, record_act
from pesut.reports.classification.classifier import TextClassifier
from pesut.reports.classification.damage import DamagedModelError
from pesut.reports.classification.decisions import Task


class ModelVersion(Contract):
    """One version of one task's model, without its weights."""

    version: str
    task: Task
    data_digest: str
    reports: int
    figures: dict[str, Any]
    bytes: int
    current: bool
    recorded_at: datetime


class CurrentModel(Contract):
    version: str
    task: Task


_MODEL = ClassifierModelRow
_SHOWN = ("version", "task", "data_digest", "reports", "figures", "current", "recorded_at")


def version_of(bodies: Sequence[bytes]) -> str:
    """The name of a version: the beginning of the digest of what was learned, so equal models have equal names."""
    return hashlib.sha256(b"".join(hashlib.sha256(body).digest() for body in bodies)).hexdigest()[:12]


async def keep(
    engine: AsyncEngine,
    city: str,
    learned: Mapping[Task, TextClassifier],
    about: Mapping[Task, dict[str, Any]],
    by: UUID | None,
) -> str:
    """Keep these models under one version, make them current, and return the version. `about` holds what the table keeps of each
    besides: data_digest, reports, figures. The other tasks' models stay current.
    """
    from pesut.reports.classification.saving import as_bytes

    bodies = {task: as_bytes(classifier) for task, classifier in learned.items()}
    version = version_of([bodies[task] for task in sorted(bodies)])
    async with engine.begin() as connection:
        known = await _tasks_of(connection, city, version)
        for task, body in bodies.items():
            if task not in known:
                row = {
                    "version": version, "task": task, "city": city, "body": body, "current": False, "trained_by": by,
                    "body_digest": hashlib.sha256(body).hexdigest(), "recorded_at": func.clock_timestamp(), **about[task],
                }  # fmt: skip
                await connection.execute(insert(_MODEL).values(row))
        await _make_current(connection, city, dict.fromkeys(bodies, version))
        await record_act(connection, Act("classifier.train", f"classifier/{version}", by, {"tasks": sorted(bodies)}))
    return version


async def list_models(engine: AsyncEngine, city: str) -> list[ModelVersion]:
    """All versions of a city, the newest first."""
    columns = [col(getattr(_MODEL, name)) for name in _SHOWN]
    size = func.length(col(_MODEL.body)).label("bytes")
    query = select(*columns, size).where(col(_MODEL.city) == city)
    query = query.order_by(col(_MODEL.recorded_at).desc(), col(_MODEL.task))
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [ModelVersion.model_validate(dict(row)) for row in rows]


async def roll_back(engine: AsyncEngine, city: str, version: str | None, by: UUID | None) -> list[CurrentModel]:
    """Make an earlier version current for the tasks it was learned for; without a `version`, for each task of the newest current
    version the one before it, or none. Returns what is current then.

    Raises NotFoundError for a version that is not kept, or where there is nothing to go back from.
    """
    models = await list_models(engine, city)
    wanted = _named(models, version) if version else _before(models)
    async with engine.begin() as connection:
        await _make_current(connection, city, wanted)
        detail = {str(task): name for task, name in wanted.items()}
        await record_act(connection, Act("classifier.rollback", f"classifier/{version or 'previous'}", by, detail))
        return await current_models(connection, city)


async def current_models(connection: AsyncConnection, city: str) -> list[CurrentModel]:
    query = select(col(_MODEL.version), col(_MODEL.task)).where(col(_MODEL.city) == city, col(_MODEL.current))
    rows = (await connection.execute(query.order_by(col(_MODEL.task)))).mappings()
    return [CurrentModel.model_validate(dict(row)) for row in rows]


async def load(connection: AsyncConnection, model: CurrentModel) -> TextClassifier:
    """Raises NotFoundError where it is not kept, DamagedModelError where it is not what was written."""
    from pesut.reports.classification.saving import from_bytes

    return from_bytes(await read_body(connection, model))


async def read_body(connection: AsyncConnection, model: CurrentModel) -> bytes:
    """As `load`, for `from_bytes` to be called elsewhere."""
    query = select(col(_MODEL.body), col(_MODEL.body_digest)).where(
        col(_MODEL.version) == model.version, col(_MODEL.task) == model.task
    )
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        raise NotFoundError(
            f"There is no model {model.version}.", remedy="`pesut reports models` lists those there are."
        )
    if hashlib.sha256(row[0]).hexdigest() != row[1]:
        raise DamagedModelError(f"Model {model.version} was changed after it was written.", remedy="Train again.")
    return row[0]


def _named(models: Sequence[ModelVersion], version: str) -> dict[Task, str | None]:
    found = {model.task: model.version for model in models if model.version.startswith(version)}
    if len(set(found.values())) != 1:
        why = "is not kept" if not found else "can mean several"
        raise NotFoundError(f"Version {version} {why}.", remedy="`pesut reports models` lists those there are.")
    return dict(found)


def _before(models: Sequence[ModelVersion]) -> dict[Task, str | None]:
    current = next((model for model in models if model.current), None)
    if current is None:
        raise NotFoundError(
            "No model is in use, so there is none to go back from.", remedy="Train one: `pesut reports train`."
        )
    tasks = [model for model in models if model.current and model.version == current.version]
    return {model.task: _older(models, model) for model in tasks}


def _older(models: Sequence[ModelVersion], than: ModelVersion) -> str | None:
    older = (each for each in models if each.task == than.task and each.recorded_at < than.recorded_at)
    return next((each.version for each in older), None)


async def _tasks_of(connection: AsyncConnection, city: str, version: str) -> set[str]:
    query = select(col(_MODEL.task)).where(col(_MODEL.city) == city, col(_MODEL.version) == version)
    return set((await connection.execute(query)).scalars())


async def _make_current(connection: AsyncConnection, city: str, wanted: Mapping[Task, str | None]) -> None:
    """`wanted` maps tasks to versions; None leaves a task without a model."""
    of_city = update(_MODEL).where(col(_MODEL.city) == city)
    await connection.execute(of_city.where(col(_MODEL.task).in_(wanted)).values(current=False))
    for task, version in wanted.items():
        chosen = of_city.where(col(_MODEL.task) == task, col(_MODEL.version) == version)
        await connection.execute(chosen.values(current=True))
