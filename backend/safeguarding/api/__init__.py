"""Trust in employers in the API: reviews, concerns without an internship, and what unions were asked."""
