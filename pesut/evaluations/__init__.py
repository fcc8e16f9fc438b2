"""Evaluation runs as they are kept, for whoever writes, scores or shows them."""
