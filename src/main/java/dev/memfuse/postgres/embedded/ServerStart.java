package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

import dev.memfuse.config.ConfigException;
import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.postgres.program.ServerPrograms;
import dev.memfuse.postgres.program.ServerStartException;
import dev.memfuse.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the embedded server in a locked folder. Steps: create the cluster or stop the server of an earlier run, start
/// the server, create the database when it is missing.
final class ServerStart {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStart.class);
    private static final int PORT_ATTEMPTS = 5;
    private static final String DATABASE = "memfuse";

    private final ServerOptions options;
    private final ServerFolder folder;
    private final ServerPrograms programs;
    private final StartFailure failures;
    private final Consumer<Progress> progress;

    ServerStart(ServerOptions options, ServerFolder folder, ServerPrograms programs, Consumer<Progress> progress) {
        this.options = options;
        this.folder = folder;
        this.programs = programs;
        this.progress = progress;
        this.failures = new StartFailure(folder.root());
    }

    /// A started server: its process, port, password and version.
    ///
    /// @param cluster its files
    record Started(Cluster cluster, ServerProcess process, int port, String password, String version) {
        /// Returns the JDBC URL of a database.
        String url(String database) {
            return urlOf(port, database);
        }
    }

    /// Runs the steps.
    Started run() throws IOException {
        var cluster = new Cluster(folder, programs);
        var process = new ServerProcess(folder, programs);
        String password = cluster.exists() ? openCluster(cluster, process) : createCluster(cluster);
        progress.accept(Progress.of("Starting the server"));
        boolean complete = false;
        try {
            int port = listen(cluster, process);
            var started = new Started(cluster, process, port, password, openDatabase(port, password));
            complete = true;
            return started;
        } finally {
            if (!complete) {
                stopAfterFailure(process);
            }
        }
    }

    private void requireAccepted(Cluster cluster, int port) throws IOException {
        if (options.chosen().isEmpty()) {
            return;
        }
        // The check reads the file too, which may hold a wrong value of an earlier start.
        cluster.configure(port, options.settings(), Map.of());
        try {
            new ServerSettingsCheck(folder, programs).require(options.chosen());
        } catch (ConfigException e) {
            throw ServerSettingsCheck.refused(e);
        }
    }

    /// Stops the server after a failed start. Clears an interrupt for that time, since it would prevent the stop.
    private static void stopAfterFailure(ServerProcess process) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            process.stop();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String createCluster(Cluster cluster) throws IOException {
        progress.accept(Progress.of("Creating the database"));
        String password = PasswordFile.readOrCreate(folder.password());
        cluster.create(password, !options.ephemeral(), failures);
        return password;
    }

    private String openCluster(Cluster cluster, ServerProcess process) throws IOException {
        cluster.checkVersion(failures);
        if (!Files.exists(folder.password())) {
            throw new ServerStartException(
                    "The file " + folder.password() + " with the database's password is missing.",
                    "Put it back, or choose another folder with --data-dir.");
        }
        if (process.isRunning()) {
            stopAbandoned(process);
        }
        process.invalidatePidFile();
        return PasswordFile.readOrCreate(folder.password());
    }

    /// Stops a server whose program has ended: this program holds the lock on the folder. The server is not reused,
    /// because it may run with other settings; a clean stop is fast without clients.
    private void stopAbandoned(ServerProcess process) throws IOException {
        progress.accept(Progress.of("Stopping the server of an earlier run"));
        LOG.info("PostgreSQL: the server in {} of an earlier run is running, stopping it", folder.root());
        if (!process.stop()) {
            throw failures.of("stop the server of an earlier run", "lock file \"postmaster.pid\" already exists");
        }
    }

    private int listen(Cluster cluster, ServerProcess process) throws IOException {
        int port = PortChoice.choose(folder.port());
        requireAccepted(cluster, port);
        Optional<String> failure = Optional.empty();
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            cluster.configure(port, options.settings(), options.chosen());
            failure = process.start();
            if (failure.isEmpty()) {
                PortChoice.remember(folder.port(), port);
                return port;
            }
            if (!StartFailure.isTransient(failure.get())) {
                break;
            }
            port = StartFailure.isPortTaken(failure.get()) ? PortChoice.anyFree() : port;
        }
        throw refused(cluster, process, port, failure.orElse(""));
    }

    /// Blames the chosen settings when the server starts without them.
    private ServerStartException refused(Cluster cluster, ServerProcess process, int port, String output)
            throws IOException {
        if (options.chosen().isEmpty() || StartFailure.isTransient(output)) {
            return failures.of("start", output);
        }
        cluster.configure(port, options.settings(), Map.of());
        boolean starts = process.start().isEmpty();
        if (starts) {
            stopAfterFailure(process);
        }
        return starts ? ServerSettingsCheck.blame(options.chosen(), output) : failures.of("start", output);
    }

    private String openDatabase(int port, String password) {
        try (Connection connection = connect(port, "postgres", password);
                Statement statement = connection.createStatement()) {
            if (!hasDatabase(statement)) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new ServerStartException(
                    "The database in " + folder.root() + " does not answer: " + e.getMessage() + ".",
                    "Choose another folder with --data-dir, or put back its file 'password' if it was replaced.",
                    "SQLState " + e.getSQLState(), e);
        }
    }

    private static boolean hasDatabase(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            return found.next();
        }
    }

    static Connection connect(int port, String database, String password) throws SQLException {
        var login = new Properties();
        login.putAll(Map.of("user", Cluster.USER, "password", password, "connectTimeout", "10", "socketTimeout", "60",
                "ApplicationName", "memfuse-start"));
        return DriverManager.getConnection(urlOf(port, database), login);
    }

    /// Returns the JDBC URL of a database.
    static String urlOf(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /// Returns the JDBC URL of the engine's database.
    static String mainUrl(int port) {
        return urlOf(port, DATABASE);
    }

    /// Checks that the account of the server can enter the data folder.
    ///
    /// @throws ServerStartException when it cannot
    static void checkReachable(Path folder, ServerAccount account) {
        if (!account.canEnter(folder)) {
            throw new ServerStartException(
                    "PostgreSQL refuses to run as root, and the account it runs under instead cannot enter " + folder
                            + ".",
                    "Choose a folder every account may enter with --data-dir, for instance /var/lib/memfuse.");
        }
    }
}
