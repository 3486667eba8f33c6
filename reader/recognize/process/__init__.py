"""Run recognition in a child process, and cache its results."""
