package dev.memfuse.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// How to run the embedded server.
///
/// @param dataDirectory folder of the unpacked programs and, unless `ephemeral`, of the data; created when missing
/// @param ephemeral true keeps the data in a throw-away folder below `dataDirectory`, deleted when the server closes
/// @param settings PostgreSQL settings that override ours, for instance `fsync=off` in tests
/// @param exitGrace how long the shutdown hook waits for somebody else to close the server before it does so itself;
///        lets the program write out its buffers first when it is told to terminate
public record ServerOptions(Path dataDirectory, boolean ephemeral, Map<String, String> settings, Duration exitGrace) {
    public ServerOptions {
        settings = Map.copyOf(settings);
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /// Data kept in this folder between runs.
    public static ServerOptions keptIn(Path dataDirectory) {
        return new ServerOptions(dataDirectory, false, Map.of(), Duration.ofSeconds(15));
    }

    /// Data thrown away at the end; the programs are kept in this folder.
    public static ServerOptions throwAway(Path dataDirectory) {
        return new ServerOptions(dataDirectory, true, Map.of(), Duration.ofSeconds(15));
    }

    /// The same with other PostgreSQL settings.
    public ServerOptions withSettings(Map<String, String> others) {
        return new ServerOptions(dataDirectory, ephemeral, others, exitGrace);
    }

    /// The same with another time to wait in the shutdown hook.
    public ServerOptions withExitGrace(Duration grace) {
        return new ServerOptions(dataDirectory, ephemeral, settings, grace);
    }
}
