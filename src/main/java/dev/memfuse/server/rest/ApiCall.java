package dev.memfuse.server.rest;

import java.util.Map;

import dev.memfuse.engine.MemoryEngine;

/// A request that a route answers.
///
/// @param path values of the parameters of the path, decoded
/// @param query parameters behind the question mark
/// @param body the checked body; empty for a route without one
/// @param accept the header `Accept`, or an empty text
record ApiCall(MemoryEngine engine, Caller caller, Map<String, String> path, QueryString query, Body body,
        String accept) {

    /// Returns a parameter of the path.
    String part(String name) {
        return path.getOrDefault(name, "");
    }
}
