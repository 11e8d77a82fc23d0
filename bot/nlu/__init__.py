"""Language understanding: from what people write to the situation; no privacy, no database, no business rules."""
