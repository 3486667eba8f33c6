"""Private parts of Textual, apart from those of the driver, which are in `reader/ui/terminal/terminal_driver.py`.

`tests/ui/test_textual.py` fails if a release of Textual changes what these modules rely on.
"""
