"""What pages say of employers, workplaces and openings: lines, columns, filters, and what comes next."""
