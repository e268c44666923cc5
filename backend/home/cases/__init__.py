"""Cases that something is open in, told to whoever lets staff go or closes a unit."""
