"""Links in letters: let someone act without an account. GET shows, POST acts."""
