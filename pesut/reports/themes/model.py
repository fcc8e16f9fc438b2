"""What themes are made by: thresholds, and how a report came into one."""

from enum import StrEnum

from pesut.contracts.base import Contract

VERSION = "1"  # of the rules; kept with each membership
FEWEST_REPORTS = 200  # below, nobody knows which words tell of a matter
SMALLEST = 10  # reports that open a theme
JOINS = 0.6  # cosine to a theme's centre from which on a report is of it: see docs/reports.md for what was measured
APART = 0.4  # mean cosine distance of groups from which on they are two themes
SAME = 0.25  # of two themes, up to which a night merges them: less than APART, so that none is merged and split in turn
TORN = 0.6  # of the halves of one theme, from which on a night splits it


class How(StrEnum):
    """Why a report is in its theme, or in none."""

    JOINED = "joined"
    OPENED = "opened"  # with others that no theme was near to
    SPLIT = "split"  # moved with a part of its earlier theme
    ALONE = "alone"  # near to no theme


class ChangeKind(StrEnum):
    """What was done to a theme: the first three by the machine, the others by people."""

    OPENED = "opened"
    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    CONFIRMED = "confirmed"
    DOUBTED = "doubted"  # no longer confirmed
    LOCKED = "locked"
    UNLOCKED = "unlocked"


class Reviewed(Contract):
    """What a night did: how many themes were merged into others, split off others, and opened of reports near to none."""

    merged: int = 0
    split: int = 0
    opened: int = 0
