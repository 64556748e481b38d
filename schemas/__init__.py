"""What the libraries accept: surfaces as JSON Schema 2020-12, from introspection, static extraction and a bundled catalog."""
