"""Personal data: masked in every report as it arrives, the original sealed in a vault."""
