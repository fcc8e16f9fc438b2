"""The nightly look at all themes of reports."""
