"""Commands about the program itself: settings, keys, pipelines, installation."""
