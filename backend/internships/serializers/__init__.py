"""What the API of internships gives and takes: shapes alone; every rule is a service's."""
