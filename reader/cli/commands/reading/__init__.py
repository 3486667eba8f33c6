"""Commands that show documents."""
