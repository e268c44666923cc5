"""What the API of all apps around a case is made of."""
