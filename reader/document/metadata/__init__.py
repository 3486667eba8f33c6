"""The dates and titles of documents, as their texts state them."""
