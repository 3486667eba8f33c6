"""Identity across documents: which entities of several documents are one profile, and why. Pure."""

from __future__ import annotations

from typing import Final

from reader.collection.identity.profile_builder import build_profiles
from reader.collection.identity.profiles import (
    Profile,
    ProfileChanges,
    ProfileLink,
    ProfileMember,
    Profiles,
    ProfileSuggestion,
)

IDENTITY_VERSION: Final = 5
"""The version of the rules. Increase it if other entities are one, or have another name: profiles are built again."""

__all__ = [
    "IDENTITY_VERSION",
    "Profile",
    "ProfileChanges",
    "ProfileLink",
    "ProfileMember",
    "ProfileSuggestion",
    "Profiles",
    "build_profiles",
]
