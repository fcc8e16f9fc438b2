"""Pesut: an assistant for the head of an Indonesian region."""

__version__ = "0.1.0"
