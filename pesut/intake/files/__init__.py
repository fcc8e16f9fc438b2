"""Files that people send: recognised by what they are, not by what they are called, and read row by row."""
