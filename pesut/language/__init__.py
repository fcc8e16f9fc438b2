"""Indonesian and English as people type them: words, numbers, periods. Knows nothing of any city."""
