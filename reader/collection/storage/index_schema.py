"""The tables of an index. They are the same in every database, except for the type of the keys."""

from __future__ import annotations

from typing import Final

SCHEMA_VERSION: Final = 12
"""Increase it with every change of the tables or of what is written to them: older indexes are then built again."""

TABLES: Final = (
    "CREATE TABLE info (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    # What was indexed: folders, files, patterns and addresses, as absolute paths.
    "CREATE TABLE roots (path TEXT PRIMARY KEY)",
    # Files of which every document is in the index.
    "CREATE TABLE files (path TEXT PRIMARY KEY, mtime BIGINT NOT NULL, size BIGINT NOT NULL, digest TEXT NOT NULL)",
    """CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        author TEXT NOT NULL,
        date TEXT NOT NULL,
        day TEXT NOT NULL,
        model TEXT NOT NULL,
        recognized_by TEXT NOT NULL,
        decisions INTEGER NOT NULL,
        note TEXT NOT NULL,
        length INTEGER NOT NULL,
        mentions INTEGER NOT NULL,
        decided INTEGER NOT NULL,
        compared INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX documents_by_day ON documents (day)",
    # The documents whose names are not in `crossing_names` yet.
    "CREATE INDEX new_documents ON documents (id) WHERE compared = 0",
    "CREATE TABLE texts (document INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    # One text may have several sources; `file` is the source itself, or the container that it is in.
    "CREATE TABLE sources (source TEXT PRIMARY KEY, file TEXT NOT NULL, document INTEGER NOT NULL)",
    "CREATE INDEX sources_by_file ON sources (file)",
    "CREATE INDEX sources_by_document ON sources (document)",
    "CREATE TABLE names (id INTEGER PRIMARY KEY, text TEXT NOT NULL, label TEXT NOT NULL, folded TEXT NOT NULL)",
    "CREATE UNIQUE INDEX names_by_text ON names (text, label)",
    "CREATE INDEX names_by_folded ON names (folded)",
    # `number` is the id of the entity in its document, `detail` the rest of its record as JSON.
    """CREATE TABLE entities (
        id INTEGER PRIMARY KEY,
        document INTEGER NOT NULL,
        number TEXT NOT NULL,
        name TEXT NOT NULL,
        label TEXT NOT NULL,
        mentions INTEGER NOT NULL,
        detail TEXT NOT NULL,
        profile INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE UNIQUE INDEX entities_by_document ON entities (document, number)",
    "CREATE INDEX entities_by_profile ON entities (profile, document)",
    "CREATE INDEX entities_with_profile ON entities (document, profile)",
    # `short` is 1 for a short form, by which other documents do not know the entity.
    """CREATE TABLE entity_names (
        entity INTEGER NOT NULL,
        name INTEGER NOT NULL,
        mentions INTEGER NOT NULL,
        position INTEGER NOT NULL,
        short INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (entity, name)
    )""",
    "CREATE INDEX entity_names_by_name ON entity_names (name)",
    # Offsets in code points, end exclusive. `entity` is 0 for a mention of no entity.
    """CREATE TABLE mentions (
        document INTEGER NOT NULL,
        start_offset INTEGER NOT NULL,
        end_offset INTEGER NOT NULL,
        label TEXT NOT NULL,
        entity INTEGER NOT NULL,
        origin TEXT NOT NULL,
        decided INTEGER NOT NULL,
        paragraph INTEGER NOT NULL,
        sentence_start INTEGER NOT NULL,
        sentence_end INTEGER NOT NULL
    )""",
    "CREATE INDEX mentions_by_sentence ON mentions (document, paragraph, sentence_start, entity)",
    "CREATE INDEX mentions_by_label ON mentions (document, label)",
    "CREATE INDEX mentions_by_entity ON mentions (entity, document, paragraph, sentence_start)",
    """CREATE TABLE dates (
        document INTEGER NOT NULL,
        start_offset INTEGER NOT NULL,
        end_offset INTEGER NOT NULL,
        day TEXT NOT NULL,
        sentence_start INTEGER NOT NULL
    )""",
    "CREATE INDEX dates_by_sentence ON dates (document, sentence_start)",
    # Names as they are compared across documents. Those of one component are connected. `documents` is the number of
    # documents with an entity of this name, `counted` what it was when the profiles were written. `weighed` is 1 if it
    # counts what the documents of the component share.
    """CREATE TABLE crossing_names (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL,
        label TEXT NOT NULL,
        kind INTEGER NOT NULL,
        tokens TEXT NOT NULL,
        documents INTEGER NOT NULL DEFAULT 0,
        counted INTEGER NOT NULL DEFAULT 0,
        changed INTEGER NOT NULL DEFAULT 1,
        related INTEGER NOT NULL DEFAULT 0,
        common INTEGER NOT NULL DEFAULT 0,
        component INTEGER NOT NULL DEFAULT 0,
        weighed INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX crossing_names_by_component ON crossing_names (component)",
    "CREATE INDEX changed_names ON crossing_names (id) WHERE changed = 1",
    # The names by which other documents may know an entity, and the surface form of each in `names`. See `NameRole`.
    """CREATE TABLE entity_keys (
        entity INTEGER NOT NULL,
        name INTEGER NOT NULL,
        role INTEGER NOT NULL,
        form INTEGER NOT NULL,
        PRIMARY KEY (entity, name)
    )""",
    "CREATE INDEX entity_keys_by_name ON entity_keys (name, role)",
    # What a document says of an entity by other names, as JSON: the keys of those beside it, its countries, and if the
    # document tells several stories, the keys of those in the stories that mention it.
    """CREATE TABLE entity_contexts (
        entity INTEGER PRIMARY KEY,
        beside TEXT NOT NULL,
        countries TEXT NOT NULL,
        around TEXT NOT NULL
    )""",
    # Hashes by which full names of persons find each other. A name posts some, and probes some.
    """CREATE TABLE blocking_keys (
        hash BIGINT NOT NULL,
        probed INTEGER NOT NULL,
        name INTEGER NOT NULL,
        PRIMARY KEY (hash, probed, name)
    )""",
    "CREATE INDEX blocking_keys_by_name ON blocking_keys (name)",
    # Pairs of names of which one may be a form of the other.
    """CREATE TABLE name_relations (
        short INTEGER NOT NULL,
        long INTEGER NOT NULL,
        rule TEXT NOT NULL,
        score REAL NOT NULL,
        need REAL NOT NULL,
        safe INTEGER NOT NULL,
        PRIMARY KEY (short, long)
    )""",
    "CREATE INDEX name_relations_by_long ON name_relations (long)",
    # The user's general decisions that the profiles follow, and the entities that each is about.
    "CREATE TABLE profile_decisions (position INTEGER PRIMARY KEY, decision TEXT NOT NULL, entities TEXT NOT NULL)",
    # Made from all this when the documents are written.
    """CREATE TABLE profiles (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        label TEXT NOT NULL,
        folded TEXT NOT NULL,
        documents INTEGER NOT NULL,
        mentions INTEGER NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL
    )""",
    # Profiles that may be one, the two entities that the evidence is about, and what speaks for it.
    """CREATE TABLE suggestions (
        a INTEGER NOT NULL,
        b INTEGER NOT NULL,
        entity_a INTEGER NOT NULL,
        entity_b INTEGER NOT NULL,
        rule TEXT NOT NULL,
        score REAL NOT NULL,
        name_a TEXT NOT NULL,
        name_b TEXT NOT NULL,
        shared TEXT NOT NULL
    )""",
    "CREATE INDEX suggestions_by_a ON suggestions (a)",
    "CREATE INDEX suggestions_by_b ON suggestions (b)",
    # The review asks for the likeliest ones after each answer.
    "CREATE INDEX suggestions_by_score ON suggestions (score)",
    "CREATE INDEX profiles_by_folded ON profiles (folded)",
    "CREATE INDEX profiles_by_documents ON profiles (documents, mentions)",
)
