package dev.memfuse.config.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.memfuse.config.postgres.ServerSetting.Kind;

/// The settings of the embedded server: those that a configuration may contain, and why it may not contain the others.
/// Read from `postgres-settings.tsv`, whose rows are those of the server's `pg_settings`. Immutable, for any thread.
public final class ServerSettings {
    private static final String TABLE = "/postgres-settings.tsv";
    private static final int COLUMNS = 8;
    /// Groups of PostgreSQL's manual whose settings are free, by the beginning of their names.
    private static final List<String> FREE = List.of("Resource Usage /", "Query Tuning /", "Vacuuming /",
            "Lock Management", "Write-Ahead Log / Settings", "Write-Ahead Log / Checkpoints",
            "Write-Ahead Log / Recovery", "Write-Ahead Log / Summarization", "Replication / Sending Servers",
            "Statistics / Cumulative");
    private static final Set<String> FREE_NAMES = Set.of("max_connections", "reserved_connections",
            "superuser_reserved_connections");
    private static final String CORRUPTS = "without it a crash of the machine can destroy the database; "
            + "synchronous_commit is the safe way to write faster";
    private static final String CODE = "it loads code into the server";
    /// Settings of a free group that are not free, with the reason.
    private static final Map<String, String> RESERVED_NAMES = Map.of("fsync", CORRUPTS, "full_page_writes", CORRUPTS,
            "output_plugin_libraries", CODE, "application_name", "the program names each of its connections");
    private static final List<Map.Entry<String, String>> REASONS = List.of(
            Map.entry("Preset Options", "it is fixed when PostgreSQL is built or the database is created"),
            Map.entry("File Locations", "the program chooses the folders of the server"),
            Map.entry("Connections and Authentication", "the program chooses how it reaches the server"),
            Map.entry("Reporting and Logging / Process Title", "the server is the program's own and needs no name"),
            Map.entry("Reporting and Logging", "the program reads the server's log to explain a failed start"),
            Map.entry("Statistics / Monitoring", "the program reads the server's log and its counters of statements"),
            Map.entry("Error Handling", "the program restarts the server itself"),
            Map.entry("Developer Options", "it is for those who debug PostgreSQL, and can destroy data"),
            Map.entry("Client Connection Defaults / Shared Library Preloading", CODE),
            Map.entry("Client Connection Defaults / Other", CODE),
            Map.entry("Client Connection Defaults", "the statements of the program depend on it"),
            Map.entry("Version and Platform", "the statements of the program depend on it"),
            Map.entry("Replication", "the embedded server has no standby"),
            Map.entry("Write-Ahead Log", "the embedded server has no archive"));
    private static final String OTHER_REASON = "the program sets it";

    private static final Map<String, ServerSetting> FREE_SETTINGS = new TreeMap<>();
    private static final Map<String, String> RESERVED = new TreeMap<>();

    static {
        for (String[] row : rows()) {
            if (isFree(row[0], row[7])) {
                FREE_SETTINGS.put(row[0], setting(row));
            } else {
                RESERVED.put(row[0].toLowerCase(Locale.ROOT), reason(row[0], row[7]));
            }
        }
    }

    private ServerSettings() {}

    private static List<String[]> rows() {
        try (InputStream table = ServerSettings.class.getResourceAsStream(TABLE)) {
            String text = new String(Objects.requireNonNull(table, TABLE).readAllBytes(), StandardCharsets.UTF_8);
            List<String[]> rows = new ArrayList<>();
            text.lines().forEach(line -> rows.add(line.split("\t", COLUMNS)));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(String name, String group) {
        boolean freeGroup = FREE.stream().anyMatch(group::startsWith)
                && !group.equals("Write-Ahead Log / Recovery Target");
        return FREE_NAMES.contains(name) || (freeGroup && !RESERVED_NAMES.containsKey(name));
    }

    private static String reason(String name, String group) {
        String own = RESERVED_NAMES.get(name);
        return own != null
                ? own
                : REASONS.stream().filter(reason -> group.startsWith(reason.getKey())).map(Map.Entry::getValue)
                        .findFirst().orElse(OTHER_REASON);
    }

    private static ServerSetting setting(String[] row) {
        return new ServerSetting(row[0], Kind.valueOf(row[2].toUpperCase(Locale.ROOT)), row[3], row[4], row[5],
                row[6].isEmpty() ? List.of() : List.of(row[6].split(",")), row[1].equals("postmaster"));
    }

    /// Returns the names of the settings that a configuration may contain, sorted.
    public static List<String> names() {
        return List.copyOf(FREE_SETTINGS.keySet());
    }

    /// Returns a setting that a configuration may contain; empty when there is none of that name.
    public static Optional<ServerSetting> find(String name) {
        return Optional.ofNullable(FREE_SETTINGS.get(name));
    }

    /// Returns why a configuration may not contain a setting that PostgreSQL has, as a clause: "the program chooses the
    /// folders of the server"; empty for any other name.
    public static Optional<String> reserved(String name) {
        return Optional.ofNullable(RESERVED.get(name.toLowerCase(Locale.ROOT)));
    }
}
