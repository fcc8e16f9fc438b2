"""Themes: what many reports speak of, finer than categories. A theme keeps its identity by its members while reports stream in."""
