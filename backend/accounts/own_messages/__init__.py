"""What somebody gets by mail, and when: chosen by themselves, and the quiet hours of the municipality."""
