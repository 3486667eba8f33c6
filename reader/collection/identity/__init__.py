"""Identity across documents: which entities of several documents are one profile, and why. Pure.

It imports nothing: commands that only read profiles need the version, not the rules.
"""

from typing import Final

IDENTITY_VERSION: Final = 30
"""The version of the rules. Increase it if other entities are one, or have another name: profiles are built again."""
