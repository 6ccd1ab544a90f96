"""Example reports that come with Variorum; README.md in this folder says what they are."""
