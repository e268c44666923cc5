"""What a placement is judged by: dated rules, gates, what keeps it from going on, and every refusal."""
