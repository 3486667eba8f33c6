"""What names say by themselves: how they are compared across documents, and how many may bear them."""
