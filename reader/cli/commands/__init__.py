"""One module per command: its options, and what it does. See `reader.cli.arguments.CommandModule`."""
