"""Pages, files and embeds of the exhibits."""
