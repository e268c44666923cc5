"""Pages of internships, follow-ups and employments."""
