"""Charts, trend lines and maps as SVG, and results as tables, for pages and papers alike: colours come from where they stand, no
script runs.
"""
