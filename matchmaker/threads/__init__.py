"""Messages between the parties of a match, without anyone's address."""
