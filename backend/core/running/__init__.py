"""What keeps the processes of web and worker going: the start, health, jobs, the way to stop."""
