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

import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.postgres.program.ServerPrograms;
import dev.memfuse.postgres.program.ServerStartException;
import dev.memfuse.postgres.program.StartProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One start of the embedded server in a folder that is locked already. The steps, in order: unpack the programs,
/// look at what an earlier run left, create the cluster if there is none, start, create the database if there is none.
final class ServerStart {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStart.class);
    private static final int PORT_ATTEMPTS = 5;
    private static final String DATABASE = "memfuse";

    private final ServerOptions options;
    private final ServerFolder folder;
    private final ServerPrograms programs;
    private final StartFailure failures;
    private final Consumer<StartProgress> progress;

    ServerStart(ServerOptions options, ServerFolder folder, ServerPrograms programs, Consumer<StartProgress> progress) {
        this.options = options;
        this.folder = folder;
        this.programs = programs;
        this.progress = progress;
        this.failures = new StartFailure(folder.root());
    }

    /// What a running server can be reached by.
    record Started(ServerProcess process, int port, String password, String version) {
        String url(String database) {
            return urlOf(port, database);
        }
    }

    Started run() throws IOException {
        var cluster = new Cluster(folder, programs);
        var process = new ServerProcess(folder, programs);
        String password = cluster.exists() ? passwordOfOldCluster(cluster, process) : createCluster(cluster);
        progress.accept(StartProgress.of("Starting the server"));
        boolean complete = false;
        try {
            int port = listen(cluster, process);
            var started = new Started(process, port, password, openDatabase(port, password));
            complete = true;
            return started;
        } finally {
            if (!complete) {
                giveUp(process);
            }
        }
    }

    /// Leaves no server behind, also when the start was interrupted, which must not keep us from stopping it.
    private static void giveUp(ServerProcess process) throws IOException {
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
        progress.accept(StartProgress.of("Creating the database"));
        String password = PasswordFile.readOrCreate(folder.password());
        cluster.create(password, !options.ephemeral(), failures);
        return password;
    }

    private String passwordOfOldCluster(Cluster cluster, ServerProcess process) throws IOException {
        cluster.checkVersion(failures);
        if (!Files.exists(folder.password())) {
            throw new ServerStartException(
                    "The file " + folder.password() + " with the database's password is missing.",
                    "Put it back, or choose another folder with --data-dir.");
        }
        if (process.isRunning()) {
            stopLeftOver(process);
        }
        process.forgetDeadServer();
        return PasswordFile.readOrCreate(folder.password());
    }

    /// We hold the lock on the folder, so the program that started this server is dead. It is stopped rather than
    /// taken over: it may run with other settings, and a clean stop is quick since no client is left.
    private void stopLeftOver(ServerProcess process) throws IOException {
        progress.accept(StartProgress.of("Stopping the server an earlier run left behind"));
        LOG.info("PostgreSQL: the server in {} was left behind by an earlier run, stopping it", folder.root());
        if (!process.stop()) {
            throw failures.of("stop the server left behind", "lock file \"postmaster.pid\" already exists");
        }
    }

    private int listen(Cluster cluster, ServerProcess process) throws IOException {
        int port = PortChoice.choose(folder.port());
        Optional<String> failure = Optional.empty();
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            cluster.configure(port, options.settings());
            failure = process.start();
            if (failure.isEmpty()) {
                PortChoice.remember(folder.port(), port);
                return port;
            }
            if (!StartFailure.mayPass(failure.get())) {
                break;
            }
            port = StartFailure.isPortTaken(failure.get()) ? PortChoice.anyFree() : port;
        }
        throw failures.of("start", failure.orElse(""));
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

    private static Connection connect(int port, String database, String password) throws SQLException {
        var login = new Properties();
        login.putAll(Map.of("user", Cluster.USER, "password", password, "connectTimeout", "10", "socketTimeout", "60",
                "ApplicationName", "memfuse-start"));
        return DriverManager.getConnection(urlOf(port, database), login);
    }

    static String urlOf(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /// The URL of the engine's database.
    static String mainUrl(int port) {
        return urlOf(port, DATABASE);
    }

    /// Where a folder of data is that the server's account cannot enter, this says so.
    static void checkReachable(Path folder, ServerAccount account) {
        if (!account.canEnter(folder)) {
            throw new ServerStartException(
                    "PostgreSQL refuses to run as root, and the account it runs under instead cannot enter " + folder
                            + ".",
                    "Choose a folder every account may enter with --data-dir, for instance /var/lib/memfuse.");
        }
    }
}
