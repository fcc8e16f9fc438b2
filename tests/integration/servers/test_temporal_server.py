"""Temporal from its wheel."""

from pathlib import Path

from pesut.servers.ports import free_port
from pesut.servers.processes import wait_ready
from pesut.servers.temporal import Temporal, healthy, temporal_running


def test_it_serves_and_comes_back_at_the_same_address(tmp_path: Path) -> None:
    with temporal_running(tmp_path) as address:
        assert healthy(address)
    assert not healthy(address)
    with temporal_running(tmp_path) as again:
        assert again == address


def test_it_starts_again_after_a_kill(tmp_path: Path) -> None:
    server = Temporal(tmp_path)
    child = server.start()
    wait_ready(server, child)
    child.kill()
    with temporal_running(tmp_path) as address:
        assert healthy(address)


def test_nothing_healthy_where_nobody_listens() -> None:
    assert not healthy(f"127.0.0.1:{free_port()}")
