package dev.memfuse.engine.retrieval;

import java.time.LocalDate;

/// Text of a query.
///
/// @param today day in UTC that "yesterday" or "last week" in the text refers to
public record QueryText(String text, LocalDate today) {}
