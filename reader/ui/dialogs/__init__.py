"""Questions, menus, prompts and pickers."""
