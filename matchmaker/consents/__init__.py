"""What people agreed to: for what, with which words, when, and when they took it back."""
