"""The language of an account: what its owner last chose, on every device and in every mail."""
