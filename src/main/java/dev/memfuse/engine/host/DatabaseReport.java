package dev.memfuse.engine.host;

import java.util.List;

/// What a connection test found.
///
/// @param reachable whether a connection was made and a statement answered
/// @param usable whether the engine can run on it: new enough, writable, with the rights it needs
/// @param summary one sentence for the user: success, or what is wrong and what to do
/// @param facts name and value, in the order to show them: version, `max_connections`, rights, extensions, round trip
/// @param warnings sentences about what will not work well
public record DatabaseReport(boolean reachable, boolean usable, String summary, List<Fact> facts,
        List<String> warnings) {
    /// One line of the report.
    public record Fact(String name, String value) {}
}
