"""Pulling reports from other Open311 servers: on a schedule, fetched piece by piece, imported like a file."""
