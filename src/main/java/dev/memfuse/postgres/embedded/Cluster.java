package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.memfuse.file.FolderRemoval;
import dev.memfuse.postgres.program.CommandRunner;
import dev.memfuse.postgres.program.ServerPrograms;
import dev.memfuse.postgres.program.ServerStartException;

/// The files of a database cluster: creates and checks them, and writes the settings.
///
/// @param folder folder of the server
/// @param programs PostgreSQL's programs
record Cluster(ServerFolder folder, ServerPrograms programs) {
    static final String USER = "memfuse";
    static final String MAJOR_VERSION = "18";
    private static final String SETTINGS_FILE = "memfuse.conf";
    private static final Duration CREATION_LIMIT = Duration.ofMinutes(5);
    private static final Map<String, String> SETTINGS = settings();

    private static Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "100");
        settings.put("shared_buffers", "128MB");
        settings.put("max_wal_size", "1GB");
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("password_encryption", "scram-sha-256");
        // Counts statements for the Database page; the extension is made when it is first asked for.
        settings.put("shared_preload_libraries", "pg_stat_statements");
        settings.put("log_timezone", "UTC");
        settings.put("timezone", "UTC");
        return settings;
    }

    /// Returns whether the cluster was created.
    boolean exists() {
        return Files.exists(folder.cluster());
    }

    /// Checks the major version of the cluster before PostgreSQL opens it.
    ///
    /// @throws ServerStartException when it is another one
    void checkVersion(StartFailure failures) throws IOException {
        Path file = folder.cluster().resolve("PG_VERSION");
        if (!Files.exists(file)) {
            throw new ServerStartException("The folder " + folder.cluster() + " is not a PostgreSQL database.",
                    "Move it away, or choose another folder with --data-dir.");
        }
        String found = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!found.equals(MAJOR_VERSION)) {
            throw failures.otherVersion(found, "this is PostgreSQL " + MAJOR_VERSION);
        }
    }

    /// Creates the cluster by `initdb`. The folder gets its final name when it is complete, so that an interrupted
    /// creation leaves no incomplete cluster.
    ///
    /// @param durable false for a temporary cluster, which need not survive a crash of the machine
    void create(String password, boolean durable, StartFailure failures) throws IOException {
        Path draft = folder.root().resolve("cluster.new");
        Path passwordCopy = folder.root().resolve("password.initdb");
        FolderRemoval.remove(draft);
        Files.deleteIfExists(passwordCopy);
        Files.createDirectory(draft);
        programs.account().handOver(draft);
        try {
            PasswordFile.writePrivate(passwordCopy, password);
            programs.account().handOver(passwordCopy);
            CommandRunner.Outcome outcome = programs.run(CREATION_LIMIT, "initdb",
                    arguments(draft, passwordCopy, durable));
            if (!outcome.succeeded()) {
                throw failures.of("create the database", outcome.output());
            }
            Files.writeString(draft.resolve("postgresql.conf"), "\ninclude '" + SETTINGS_FILE + "'\n",
                    StandardOpenOption.APPEND);
            Files.move(draft, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(passwordCopy);
            FolderRemoval.remove(draft);
        }
    }

    /// Returns the arguments of `initdb`. The built-in locale sorts by code point on every system; a locale of the
    /// system's libraries can change with them and corrupt indexes of text.
    private static List<String> arguments(Path draft, Path passwordCopy, boolean durable) {
        var arguments = new ArrayList<>(List.of("--pgdata=" + draft, "--username=" + USER, "--pwfile=" + passwordCopy,
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8", "--no-instructions"));
        if (!durable) {
            arguments.add("--no-sync");
        }
        return arguments;
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /// Writes the settings, for the next start or a reload.
    ///
    /// @param overrides settings beside the defaults of the program
    /// @param chosen settings beside both
    void configure(int port, Map<String, String> overrides, Map<String, String> chosen) throws IOException {
        var settings = new LinkedHashMap<>(SETTINGS);
        settings.putAll(overrides);
        settings.putAll(chosen);
        settings.put("port", Integer.toString(port));
        String text = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + quoted(setting.getValue()) + "\n")
                .collect(Collectors.joining("", "# Written by MemFuse at each start; changes are lost.\n",
                        ""));
        Path file = folder.cluster().resolve(SETTINGS_FILE);
        Path draft = folder.cluster().resolve(SETTINGS_FILE + ".new");
        Files.writeString(draft, text);
        programs.account().handOver(draft);
        // The server may read the file at any time, for instance when it restarts its processes.
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
