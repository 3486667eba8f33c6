"""Find, install, check and describe the pipelines and plug-ins on this machine."""
