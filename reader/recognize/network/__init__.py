"""The bundled spaCy pipeline: tokenizer, features, encoder, tagger."""
