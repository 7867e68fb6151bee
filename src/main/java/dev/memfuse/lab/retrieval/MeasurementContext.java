package dev.memfuse.lab.retrieval;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import dev.memfuse.metrics.RetrievalQuality;

/// What a measurement needs of the engine's host besides the engine's API.
///
/// @param databaseBytes returns the size of the database in bytes
/// @param backlog returns the number of rounds with pending extraction
/// @param properties settings and versions for the report
/// @param measured receives the quality over all questions, for the metrics
public record MeasurementContext(LongSupplier databaseBytes, LongSupplier backlog, Map<String, String> properties,
        Consumer<RetrievalQuality> measured) {}
