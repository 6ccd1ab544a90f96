"""Evaluation: findings in the shapes that scorers read, for measuring on the benchmarks or on own data."""
