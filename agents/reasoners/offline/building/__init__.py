"""Fits what a clause wants to what its metric offers, and makes the query."""
