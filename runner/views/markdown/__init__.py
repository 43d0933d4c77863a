"""Values as Markdown for GitHub: bounded in size, and safe whatever a text holds."""
