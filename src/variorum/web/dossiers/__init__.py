"""What the dossier's page shows besides the dossier itself, each worked out for one request."""
