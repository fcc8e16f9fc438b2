"""Reports that tell of one matter, or tell it in one text: linked to each other, never merged or removed."""
