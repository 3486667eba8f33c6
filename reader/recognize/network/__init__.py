"""The bundled spaCy pipeline (tokenizer, features, encoder, tagger), and the recognizer for spaCy pipelines."""
