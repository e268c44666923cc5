"""Every speed and quality figure that the README states, beside the peers, by one command."""
