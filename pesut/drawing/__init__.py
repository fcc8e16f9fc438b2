"""Charts, trend lines and maps as SVG, for pages and papers alike: colours come from where they stand, no script runs."""
