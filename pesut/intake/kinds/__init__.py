"""The kinds of data a city brings: for each, what a row says, what it may refer to, and how it is written."""
