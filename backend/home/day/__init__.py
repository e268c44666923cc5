"""The rows of My day, by what they are about."""
