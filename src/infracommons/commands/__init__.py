"""What commands of the methods do: read files, run a method, say the result; one file a group of commands."""
