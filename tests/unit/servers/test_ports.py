"""Ports of local servers."""

import socket
from pathlib import Path

import pytest

from pesut.servers.ports import free_port, is_free, is_open, remembered_port


def test_a_port_is_the_same_next_time(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = remembered_port(file, "postgres")
    assert remembered_port(file, "postgres") == first
    assert remembered_port(file, "temporal") != first


def test_a_taken_port_is_replaced_and_the_new_one_remembered(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    first = remembered_port(file, "postgres")
    with socket.create_server(("127.0.0.1", first)):
        assert not is_free(first)
        assert is_open("127.0.0.1", first)
        second = remembered_port(file, "postgres")
    assert second != first
    assert remembered_port(file, "postgres") == second


def test_nobody_answers_at_a_free_port() -> None:
    assert not is_open("127.0.0.1", free_port())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_a_listener_anywhere_takes_the_port(host: str) -> None:
    with socket.create_server(("0.0.0.0", 0)) as listener:
        assert not is_free(listener.getsockname()[1], host)
