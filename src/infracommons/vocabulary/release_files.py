"""The names of files in a folder of releases, for those who write one and those who read it."""

CURRENT = "current"  # points to the release that is shown
MANIFEST = "release.json"  # what a release was made from, with counts and checksums
