"""A call is a config: the arguments at a training call as a document whose places are in the code."""
