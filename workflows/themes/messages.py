"""What the workflow of themes and its activity are called."""

from datetime import timedelta

REVIEW_THEMES, REVIEW_NIGHT = "ReviewThemes", "review_themes"
LONGEST = timedelta(minutes=45)  # a million reports take it ten minutes on a core that others use as well
