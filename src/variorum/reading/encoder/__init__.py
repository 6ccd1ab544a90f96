"""The one learned part: windows of word pieces, one network over them, its heads' raw scores."""
