package dev.memfuse.config.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.postgres.ServerSetting;
import dev.memfuse.config.postgres.ServerSettings;

/// The keys `postgres.server.<name>`: settings of the embedded server. They are not rows of [ConfigKeys], since a
/// configuration contains only those that differ from the defaults of the program.
public final class ServerKeys {
    /// Path of the section.
    public static final String SECTION = "postgres.server";
    /// Problem of these keys beside the URL of another server.
    public static final String EXTERNAL = "applies to the embedded server only, and postgres.url or --db names another "
            + "one; set it there, in postgresql.conf or by ALTER SYSTEM";
    /// Problem of a change of these keys while the engine works on another server.
    public static final String NOT_IN_USE = "applies to the embedded server, which is not the database in use";
    /// Problem of a change that needs a restart of the server.
    static final String AT_RESTART = "takes effect when the server starts; set it in the configuration file or with "
            + "--set and start again, or restart the server on the Database page";
    static final String PARENT = "postgres.";
    static final String PREFIX = SECTION + ".";
    static final List<String> EXAMPLES = List.of("shared_buffers", "work_mem", "synchronous_commit",
            "max_connections", "checkpoint_timeout");
    private static final Map<String, String> OFF = Map.of("off", "unsafe: acknowledged messages are lost when the "
            + "server or the machine crashes");

    private ServerKeys() {}

    /// Returns the path of a setting.
    public static String path(String name) {
        return PREFIX + name;
    }

    static List<String> names() {
        return ServerSettings.names();
    }

    static List<String> paths() {
        return names().stream().map(ServerKeys::path).toList();
    }

    static Optional<ConfigKey> find(String path) {
        return path.startsWith(PREFIX)
                ? ServerSettings.find(path.substring(PREFIX.length())).map(ServerKeys::key)
                : Optional.empty();
    }

    /// Returns why a setting that PostgreSQL has cannot be set; empty for any other path.
    static Optional<String> reserved(String path) {
        return path.startsWith(PREFIX)
                ? ServerSettings.reserved(path.substring(PREFIX.length())).map(reason -> "cannot be set: " + reason)
                : Optional.empty();
    }

    private static ConfigKey key(ServerSetting setting) {
        return new ConfigKey(path(setting.name()), "Server: " + setting.name(), "Embedded server", ConfigGroup.POOL,
                ValueRange.of(setting), !setting.restart(),
                "Setting " + setting.name() + " of the embedded PostgreSQL, "
                        + (setting.restart() ? "which takes effect at its start" : "which it reloads") + ".",
                "", setting.name().equals("synchronous_commit") ? OFF : Map.of());
    }
}
