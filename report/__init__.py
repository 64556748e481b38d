"""How findings are shown: terminal, concise, json, sarif, github. Each format is a pure function of the findings."""
