"""What other programs may read without signing in: what any stranger sees on the pages, and no more."""
