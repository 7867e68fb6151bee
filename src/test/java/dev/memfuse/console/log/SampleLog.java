package dev.memfuse.console.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

import dev.memfuse.config.section.LogLevel;
import dev.memfuse.log.LogEntry;
import dev.memfuse.log.LogLocation;

/// A log file as a program writes it, for tests and pictures.
public final class SampleLog {
    private static final String TRACE = """
                                        dev.memfuse.postgres.program.ServerStartException: The disk with /data is full. Free some space.
                                        \tat dev.memfuse.postgres.embedded.EmbeddedServer.start(EmbeddedServer.java:61)
                                        \tat dev.memfuse.bootstrap.LocalEngineHost.startEmbedded(LocalEngineHost.java:128)
                                        \tat java.base/java.lang.Thread.run(Thread.java:1474)
                                        Caused by: java.io.IOException: No space left on device
                                        \tat java.base/sun.nio.ch.UnixFileDispatcherImpl.write0(Native Method)
                                        \t... 12 more""";

    private final Path file;
    private Instant at;

    /// @param begin time of the first entry
    public SampleLog(Path file, Instant begin) {
        this.file = file;
        this.at = begin;
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "", StandardOpenOption.CREATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file with the lines of a start, a load and a failure, ending now.
    public static LogLocation in(Path folder) {
        SampleLog log = new SampleLog(folder.resolve("logs").resolve("memfuse.log"), Instant.now().minusSeconds(120));
        log.start();
        for (int i = 1; i <= 30; i++) {
            log.add(LogLevel.INFO, "load-1", "Load", "run " + i + " started, 20 users, closed, concurrency 8", "")
                    .add(LogLevel.INFO, "memfuse-worker-" + i, "Configuration",
                            "buffer.bypass_mode: true → false (Flags page)", "")
                    .add(LogLevel.DEBUG, "engine-timer", "Flush", "4 batches of 3 users stored in 12 ms", "");
        }
        log.add(LogLevel.WARN, "engine-health", "Database",
                "it cannot be reached; reads are degraded, journaled messages wait", "")
                .add(LogLevel.ERROR, "engine-start", "Engine", "the start failed. The disk with /data is full. Free at "
                        + "least 200 MB, then retry.", TRACE)
                .add(LogLevel.INFO, "engine-health", "Database", "it can be reached again", "")
                .add(LogLevel.INFO, "load-1", "Load", "run 30 ended, 48,210 operations, 3 errors in 30.1 s, 1 warnings",
                        "");
        return LogLocation.at(log.file);
    }

    private void start() {
        for (String[] line : List.of(
                new String[]{"main", "Program",
                        "MemFuse Console 0.2.0, process 4711, Java 25.0.1 (OpenJDK 64-Bit Server VM), "
                                + "Linux 6.12 amd64, 8 processors, heap limit 1024 MiB of 15916 MiB, data folder "
                                + "/home/alice/.local/share/memfuse, command: memfuse"},
                new String[]{"engine-start", "Engine", "starting"},
                new String[]{"engine-start", "PostgreSQL", "version 18.6 runs on port 54321, data in /home/alice"},
                new String[]{"engine-start", "Schema", "flyway_schema_history is up to date"},
                new String[]{"engine-start", "Journal", "open in /home/alice/journal, 12 rounds recovered, 0 damaged "
                        + "places"},
                new String[]{"engine-start", "Pool", "memfuse opens, 10 to 30 connections, a wait of at most 30000 ms"},
                new String[]{"engine-start", "Engine",
                        "ready after 1240 ms on PostgreSQL 18.6, embedded, port 54321"})) {
            add(LogLevel.INFO, line[0], line[1], line[2], "");
        }
    }

    /// Appends an entry one second after the one before.
    public SampleLog add(LogLevel level, String thread, String component, String text, String details) {
        try {
            Files.writeString(file, new LogEntry(at, level, thread, component, text, details).asText() + "\n",
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        at = at.plusSeconds(1);
        return this;
    }

    /// Appends an INFO entry of the component `Engine`.
    public SampleLog add(String text) {
        return add(LogLevel.INFO, "main", "Engine", text, "");
    }
}
