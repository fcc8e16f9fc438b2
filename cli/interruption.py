"""Ctrl-C and its relatives, noticed at the next look instead of in the middle of something."""

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(Exception):  # noqa: N818  (no error: someone wants it to end)
    """Someone asked Pesut to stop."""


@contextmanager
def noticing() -> Generator[Callable[[], None]]:
    """While the block runs the signals are only noted; the function it gives raises Interrupted once there was one."""
    noted: list[int] = []

    def check() -> None:
        if noted:
            raise Interrupted

    before = {number: signal.signal(number, lambda number, _: noted.append(number)) for number in SIGNALS}
    try:
        yield check
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
