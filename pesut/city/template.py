"""Writes a new city's folder, with comments and example values, for people to make their own."""

import shutil
from pathlib import Path

from pesut.errors import ConflictError

TEMPLATE = Path(__file__).parent / "template"


def write_template(folder: Path) -> tuple[Path, ...]:
    """Write the files of an example city into `folder`, made when missing; the files written, in order.

    The folder passes the check as it is. Raises ConflictError, and writes nothing, where `folder` is a file or holds
    anything already.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise ConflictError(f"{folder} is not an empty folder.", remedy="Name a new folder, or empty this one.")
    names = sorted(path.relative_to(TEMPLATE) for path in TEMPLATE.rglob("*") if path.is_file())
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TEMPLATE / name, folder / name)
    return tuple(folder / name for name in names)
