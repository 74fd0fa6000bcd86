"""The words: contracts of the published tables, identifiers, money, dates and text. No input or output."""
