"""Identity across documents: which entities of several documents are one profile, and why. Pure."""

from __future__ import annotations

from reader.collection.identity.profile_builder import ProfileBuilder, build_profiles
from reader.collection.identity.profiles import (
    Member,
    Profile,
    ProfileChanges,
    ProfileLink,
    Profiles,
    ProfileSuggestion,
)

__all__ = [
    "Member",
    "Profile",
    "ProfileBuilder",
    "ProfileChanges",
    "ProfileLink",
    "ProfileSuggestion",
    "Profiles",
    "build_profiles",
]
