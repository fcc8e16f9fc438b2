"""`pesut bench`: how fast Pesut is on this machine, and how much memory it takes."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import AsJson, CityDir, DataDir, UsageError, read_settings

if TYPE_CHECKING:
    from evals.bench.figures import BenchResult
    from pesut.settings import Settings

Names = Annotated[list[str] | None, typer.Argument(help="What to measure; see --list.", show_default="everything")]


def command(
    names: Names = None,
    listed: Annotated[bool, typer.Option("--list", help="List what can be measured.")] = False,
    output: Annotated[Path | None, typer.Option("--output", help="Write the JSON to this file too.")] = None,
    as_json: AsJson = False,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """Measure speed and memory, and print the figures beside what they should be. Nothing fails by being slow.

    Uses the Pesut that runs, else starts what is needed. Its questions stay in the database like everybody's.
    """
    from cli.figures import print_list, print_result
    from evals.bench.measurements import MEASUREMENTS

    if listed:
        print_list(MEASUREMENTS.values())
        return
    wanted = names or list(MEASUREMENTS)
    if unknown := [name for name in wanted if name not in MEASUREMENTS]:
        raise UsageError(
            f"There is no measurement {', '.join(unknown)}.", remedy=f"There are {', '.join(MEASUREMENTS)}."
        )
    result = asyncio.run(_bench(read_settings(data_dir=data_dir, city=city), wanted))
    text = result.model_dump_json(indent=2)
    if output:
        output.write_text(text + "\n")
    if as_json:
        typer.echo(text)
    else:
        print_result(result)


async def _bench(settings: "Settings", names: list[str]) -> "BenchResult":
    from datetime import UTC, datetime

    from cli.benches import standing, telling
    from cli.diagnosis.machine import versions
    from evals.bench.figures import BenchResult
    from evals.bench.machine import this_machine
    from evals.bench.measurements import MEASUREMENTS, measured

    machine, began = this_machine(versions()), datetime.now(UTC)
    need = max(MEASUREMENTS[name].need for name in names)
    with telling() as tell:
        async with standing(settings, need, tell) as ground:
            found = [each async for each in measured(names, ground)]
    return BenchResult(machine=machine, city=ground.folder.city.name, measured_at=began, measurements=tuple(found))
