"""Decisions and dispositions as durable workflows: moved on by people, and by the calendar when people are late."""
