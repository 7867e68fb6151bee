package dev.memfuse.engine.host;

import java.util.List;

/// Result of a connection test.
///
/// @param reachable whether a connection was made and a statement answered
/// @param usable whether the engine can run on it: version, write access and rights suffice
/// @param summary one sentence for the user: success, or the problem and its remedy
/// @param properties in display order: version, `max_connections`, rights, extensions, round trip
/// @param warnings sentences about limitations
public record DatabaseReport(boolean reachable, boolean usable, String summary, List<Property> properties,
        List<String> warnings) {
    /// A property of the database.
    public record Property(String name, String value) {}
}
