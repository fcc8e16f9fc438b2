"""PostgreSQL's advisory locks, which are mere numbers: numbered in one place, so that no two purposes wait for each other."""

from enum import IntEnum, unique


@unique
class AdvisoryLock(IntEnum):
    RECORDING = 7_064_213  # rows under one moment; see pesut.database.moment
    MIGRATION = 7_064_214
    ADMISSION = 7_064_215
    VECTORS = 7_064_216  # one refresh of vectors at a time, which may take minutes
    LINKS = 7_064_217  # one refresh of links between reports at a time
    THEMES = 7_064_218  # one change of themes at a time
