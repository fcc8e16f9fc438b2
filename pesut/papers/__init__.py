"""Official papers of a decision after Permendagri 1/2023, of one typed document that is written as PDF and as DOCX.

A paper is made of the frozen record alone: the same record gives the same bytes under the same version of the code. Pesut signs
none of them; what a person writes by hand stays empty.
"""

from pesut.papers.issuing import IssuedPaper, issue_paper

__all__ = ["IssuedPaper", "issue_paper"]
