"""The import of a file as a durable workflow: started once, carried on by any worker, watched and cancelled from outside."""
