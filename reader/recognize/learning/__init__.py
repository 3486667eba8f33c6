"""Train and evaluate a pipeline on annotated documents."""
