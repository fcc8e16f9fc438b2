"""Evaluation as a durable workflow: each case of a run an activity, whose doing the evaluations hand in."""
