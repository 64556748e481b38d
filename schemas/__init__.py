"""What the libraries accept: surfaces as JSON Schema, from introspection, static extraction and a bundled catalog."""
