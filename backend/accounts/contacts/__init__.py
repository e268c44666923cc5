"""How a municipality is reached, and what it says in public of data and accessibility."""
