"""Values as JSON for programs, and the JSON Schemas of it and of the files that people write."""
