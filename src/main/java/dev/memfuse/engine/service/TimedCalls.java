package dev.memfuse.engine.service;

import java.util.function.Supplier;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Trace;

/// Times the calls of the engine's API and counts those that fail, from the check of the arguments on: a call that is
/// refused before any work, since the database is away, too much work waits or the engine is shutting down, is an error
/// of its operation like one that fails in the database. What the caller alone has to change is no error: an invalid
/// value, a name that exists, and a write to an engine that was opened for reading only, which does not get here.
/// Thread-safe.
///
/// @param metrics takes times and errors
record TimedCalls(MetricsHub metrics) {
    /// Runs a call; a call inside of another one is a part of it.
    <T> T run(Operation operation, Supplier<T> call) {
        Trace trace = metrics.begin(operation);
        boolean failed = true;
        try {
            T result = call.get();
            failed = false;
            return result;
        } catch (InvalidValueException | DuplicateNameException e) {
            failed = false;
            throw e;
        } finally {
            metrics.end(trace, failed);
        }
    }
}
