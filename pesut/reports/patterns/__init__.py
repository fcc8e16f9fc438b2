"""What many reports together tell: pure functions over counts, each a method of evidence (`pesut.evidence.methods`)."""
