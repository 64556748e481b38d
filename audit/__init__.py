"""What the user wrote: documents with positions, dialects, the plan, and every key's flow through training code."""
