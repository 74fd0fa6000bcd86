"""One file per publisher or format; each has a `SOURCE`. Adding a file (and its golden folder) adds the source."""
