"""Readers of one clause: each file reads one kind of wish from its mentions."""
