"""Decisions: opened on staff reviews, read, changed, approved or not, dispatched to agencies, and frozen."""
