"""What goes out to other programs and comes in from them: ads, feeds, calendars, sheets."""
