"""Questions, menus, prompts and pickers over a screen."""
