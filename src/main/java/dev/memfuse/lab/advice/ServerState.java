package dev.memfuse.lab.advice;

import java.util.Map;

/// Settings and counters of a database server at one moment.
///
/// @param settings from `pg_settings` by name, sizes in bytes and times in seconds; those that the server does not have
///        are left out
/// @param statements state of the extension `pg_stat_statements`: `installed`, `available` or `missing`
/// @param connectionsLeft connections that this user can still open; negative when not known
/// @param databaseBytes size of the database
/// @param blocksHit blocks of this database that were found in the shared buffers, since the statistics were reset
/// @param blocksRead blocks that were not
/// @param checkpointsTimed checkpoints of the server after its time
/// @param checkpointsRequested checkpoints of the server because of the amount of write-ahead log, or by request
/// @param walBytes write-ahead log of the server so far
public record ServerState(Map<String, String> settings, String statements, int connectionsLeft, long databaseBytes,
        long blocksHit, long blocksRead, long checkpointsTimed, long checkpointsRequested, long walBytes) {
    public ServerState {
        settings = Map.copyOf(settings);
    }

    /// Returns a numeric setting; NaN when the server does not have it.
    double number(String name) {
        String value = settings.get(name);
        if (value == null) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
