"""What the API of matching gives and takes: shapes alone; every rule is a service's."""
