"""What is kept of people: counted from the columns, handed over, forgotten. See docs/privacy.md."""
