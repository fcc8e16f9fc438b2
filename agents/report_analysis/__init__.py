"""The report analysis agent."""

from agents.report_analysis.graph import analyse

__all__ = ["analyse"]
