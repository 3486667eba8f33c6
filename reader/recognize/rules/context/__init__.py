"""What the words in and around a name say about its label."""
