package dev.memfuse.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Options of the embedded server.
///
/// @param dataDirectory folder of the unpacked programs and, unless `ephemeral`, of the data; created when missing
/// @param ephemeral whether the data lies in a temporary folder below `dataDirectory`, deleted when the server is
///     closed
/// @param settings PostgreSQL settings that override the defaults of the program, for instance `fsync=off` in tests
/// @param chosen PostgreSQL settings of the configuration, `postgres.server`, which override both
/// @param exitGrace time that the shutdown hook leaves the program to flush its buffers and close the server, before it
///     closes the server itself
public record ServerOptions(Path dataDirectory, boolean ephemeral, Map<String, String> settings,
        Map<String, String> chosen, Duration exitGrace) {
    public ServerOptions {
        settings = Map.copyOf(settings);
        chosen = Map.copyOf(chosen);
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /// Returns options that keep the data in a folder between runs.
    public static ServerOptions keptIn(Path dataDirectory) {
        return new ServerOptions(dataDirectory, false, Map.of(), Map.of(), Duration.ofSeconds(15));
    }

    /// Returns options with temporary data; the programs remain in the folder.
    public static ServerOptions temporary(Path dataDirectory) {
        return new ServerOptions(dataDirectory, true, Map.of(), Map.of(), Duration.ofSeconds(15));
    }

    /// Returns these options with other PostgreSQL settings.
    public ServerOptions withSettings(Map<String, String> others) {
        return new ServerOptions(dataDirectory, ephemeral, others, chosen, exitGrace);
    }

    /// Returns these options with the settings that a configuration chooses.
    public ServerOptions withChosen(Map<String, String> others) {
        return new ServerOptions(dataDirectory, ephemeral, settings, others, exitGrace);
    }

    /// Returns these options with another grace period of the shutdown hook.
    public ServerOptions withExitGrace(Duration grace) {
        return new ServerOptions(dataDirectory, ephemeral, settings, chosen, grace);
    }
}
