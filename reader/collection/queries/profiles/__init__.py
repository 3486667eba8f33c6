"""What a collection knows of its profiles: lists, reports, hints, questions."""
