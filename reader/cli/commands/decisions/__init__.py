"""Commands about what the user decided and wrote, and its backups."""
