"""The shape of what employers and coaches write."""
