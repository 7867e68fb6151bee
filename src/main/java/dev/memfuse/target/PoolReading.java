package dev.memfuse.target;

import java.util.Map;

/// Gauges and settings of one pool at one moment.
///
/// @param name name of the pool
/// @param active connections in use; -1 when the target does not tell, as for the other gauges
/// @param idle open connections that are not in use
/// @param waiting threads that wait for a connection
/// @param total open connections
/// @param settings settings in force, at most a second old; a setting that the version of HikariCP lacks is missing
public record PoolReading(String name, int active, int idle, int waiting, int total, Map<PoolSetting, Long> settings) {
    /// Value of a gauge that the target does not tell.
    public static final int UNKNOWN = -1;

    public PoolReading {
        settings = Map.copyOf(settings);
    }

    /// Returns the largest number of connections; [#UNKNOWN] when the target does not tell.
    public int maximum() {
        return Math.toIntExact(settings.getOrDefault(PoolSetting.MAXIMUM_POOL_SIZE, (long) UNKNOWN));
    }
}
