"""POSIX access control lists through the extended attribute that Linux keeps them in; no tool need be installed."""

import errno
import os
import stat
import struct
from pathlib import Path

ATTRIBUTE = "system.posix_acl_access"
VERSION = struct.pack("<I", 2)
ENTRY = struct.Struct("<HHI")
OWNER, USER, GROUP, MASK, OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
NOBODY = 0xFFFFFFFF

Entries = dict[tuple[int, int], int]  # (tag, id) -> permission bits; the kernel wants them in this order


def grant(path: Path, uid: int, permission: int) -> None:
    """Add `permission` (bits r=4, w=2, x=1) for the user, leaving everybody else's as it is.

    Raises OSError where the file system keeps no such lists or the file belongs to someone else.
    """
    if not hasattr(os, "setxattr"):
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(path))
    entries = _read(path)
    entries[USER, uid] = entries.get((USER, uid), 0) | permission
    entries[MASK, NOBODY] = entries.get((MASK, NOBODY), entries[GROUP, NOBODY]) | permission
    packed = b"".join(ENTRY.pack(tag, bits, who) for (tag, who), bits in sorted(entries.items()))
    os.setxattr(path, ATTRIBUTE, VERSION + packed)


def _read(path: Path) -> Entries:
    try:
        raw = os.getxattr(path, ATTRIBUTE)
    except OSError as error:
        if error.errno != errno.ENODATA:
            raise
        return _from_mode(path.stat().st_mode)
    return {(tag, who): bits for tag, bits, who in ENTRY.iter_unpack(raw[len(VERSION) :])}


def _from_mode(mode: int) -> Entries:
    bits = stat.S_IMODE(mode)
    return {(OWNER, NOBODY): bits >> 6 & 7, (GROUP, NOBODY): bits >> 3 & 7, (OTHER, NOBODY): bits & 7}
