"""TCP ports of the local servers: free when taken, and the same again next time."""

import json
import socket
from pathlib import Path

from pesut.servers.private_files import write_private

LOCAL = "127.0.0.1"


def is_free(port: int, host: str = LOCAL) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(_family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_port(host: str = LOCAL) -> int:
    """A port that nobody listens on."""
    with socket.socket(_family(host)) as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def is_open(host: str, port: int, *, seconds: float = 1.0) -> bool:
    """Whether someone accepts connections there."""
    try:
        socket.create_connection((host, port), timeout=seconds).close()
    except OSError:
        return False
    return True


def remembered_port(file: Path, name: str) -> int:
    """The port that `name` had last time if it is free, else a new one, which `file` then remembers."""
    ports: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
    if name not in ports or not is_free(ports[name]):
        ports[name] = next(port for port in iter(free_port, None) if port not in ports.values())
        write_private(file, json.dumps(ports, indent=2))
    return ports[name]


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
