"""One loader per format: bytes or text in, a `Document` out."""
