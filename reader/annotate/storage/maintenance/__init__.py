"""Backups of the store, its migration, and the recovery of a damaged one."""
