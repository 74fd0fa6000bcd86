"""Documents made from Markdown with exhibits and questions in it, in several formats."""
