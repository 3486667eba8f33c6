"""Notices about a pipeline that can be used but may find less than it should."""

from __future__ import annotations

from reader.recognize.models.ancestry import outdated_notice
from reader.recognize.models.compatibility import compatibility_problem
from reader.recognize.models.find import BUNDLED, identify
from reader.recognize.models.identity import ModelIdentity


def model_notice(identity: ModelIdentity) -> str:
    """Return one line if a pipeline requires another version of spaCy, or was trained from an earlier bundled pipeline.

    Returns:
        The notice about the pipeline, or else about the one for a second opinion; "" if there is none.
    """
    if not identity.plugin and identity.path != BUNDLED:
        display_name = identity.name.partition("+")[0]
        if problem := compatibility_problem(identity.path, display_name):
            return f"{problem}; it may find wrong names"
        if outdated := outdated_notice(identity.path):
            return f"{display_name}: {outdated}"
    return model_notice(identify(identity.second)) if identity.second else ""
