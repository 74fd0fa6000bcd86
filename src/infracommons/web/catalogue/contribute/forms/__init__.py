"""Forms made from field definitions: what is typed, what it means, and how it is shown again."""
