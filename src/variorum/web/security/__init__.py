"""What keeps the reading room from being used against its users."""
