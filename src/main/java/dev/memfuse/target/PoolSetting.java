package dev.memfuse.target;

import java.util.Locale;

/// Settings of a HikariCP pool that change while it runs.
public enum PoolSetting {
    /// Largest number of connections.
    MAXIMUM_POOL_SIZE("maximumPoolSize", ""),
    /// Number of connections that the pool keeps idle.
    MINIMUM_IDLE("minimumIdle", ""),
    /// Longest wait for a connection.
    CONNECTION_TIMEOUT("connectionTimeout", "ms"),
    /// Longest check of a connection.
    VALIDATION_TIMEOUT("validationTimeout", "ms"),
    /// Time after which an idle connection above the minimum closes; 0 for never.
    IDLE_TIMEOUT("idleTimeout", "ms"),
    /// Time after which a connection is replaced; 0 for never.
    MAX_LIFETIME("maxLifetime", "ms"),
    /// Time after which the target logs a connection that was not returned; 0 for never.
    LEAK_DETECTION_THRESHOLD("leakDetectionThreshold", "ms");

    private final String key;
    private final String unit;

    PoolSetting(String key, String unit) {
        this.key = key;
        this.unit = unit;
    }

    /// Returns HikariCP's name of the setting.
    public String key() {
        return key;
    }

    /// Returns the unit; empty for a number of connections.
    public String unit() {
        return unit;
    }

    /// Returns the name of the attribute of the MBean.
    public String attribute() {
        return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }

    /// Returns whether the attribute is an `int`; the others are `long`.
    public boolean isCount() {
        return unit.isEmpty();
    }

    /// Returns a value with its unit: `30,000 ms`.
    public String format(long value) {
        return String.format(Locale.ROOT, "%,d", value) + (unit.isEmpty() ? "" : " " + unit);
    }
}
