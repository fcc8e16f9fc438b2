"""The morning briefing: written every day before people are at work, and whenever somebody asks for it."""
