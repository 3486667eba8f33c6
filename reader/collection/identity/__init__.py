"""Identity across documents: which entities of several documents are one profile, and why. Pure."""

from __future__ import annotations

from reader.collection.identity.profile_builder import ProfileBuilder, build_profiles
from reader.collection.identity.profiles import (
    Profile,
    ProfileChanges,
    ProfileLink,
    ProfileMember,
    Profiles,
    ProfileSuggestion,
)

__all__ = [
    "Profile",
    "ProfileBuilder",
    "ProfileChanges",
    "ProfileLink",
    "ProfileMember",
    "ProfileSuggestion",
    "Profiles",
    "build_profiles",
]
