"""Makes a release: raw source files and people's decisions in, checked tables out. No web framework."""
