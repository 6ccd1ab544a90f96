"""MUC-4 (1992): from what the reader finds to incident templates of 24 slots, and their scoring."""
