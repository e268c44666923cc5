"""How people sign in: with a code, a password, a passkey, and staff with a second factor."""
