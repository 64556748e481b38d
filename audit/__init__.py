"""What the user wrote: documents with positions, dialects, the plan, and the flow of every key through training code."""
