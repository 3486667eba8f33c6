"""One module per command, with the command's options and its code. See `reader.cli.arguments.CommandModule`."""
