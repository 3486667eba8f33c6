"""The pipelines on this machine: find, install, check and describe them."""
