"""What two names, or the text around them, say for or against one entity."""
