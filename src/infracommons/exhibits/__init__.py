"""Findings as people quote them: a title, a sentence, a table, a drawing, and how it was made."""
