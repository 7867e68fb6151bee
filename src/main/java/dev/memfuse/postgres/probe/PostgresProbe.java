package dev.memfuse.postgres.probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.host.DatabaseChoice;
import dev.memfuse.engine.host.DatabaseProbe;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.store.pool.DatabaseTarget;
import dev.memfuse.store.pool.ForeignTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tests a PostgreSQL server over a separate connection. Thread-safe; changes nothing on the server.
public final class PostgresProbe implements DatabaseProbe {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresProbe.class);
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "10";

    private final Supplier<Optional<DatabaseTarget>> inUse;
    private final Supplier<Credentials> credentials;

    /// @param inUse the database in use; empty when there is none
    /// @param credentials credentials for any other database
    public PostgresProbe(Supplier<Optional<DatabaseTarget>> inUse, Supplier<Credentials> credentials) {
        this.inUse = inUse;
        this.credentials = credentials;
    }

    @Override
    public DatabaseReport test(String url) {
        return test(new DatabaseChoice(url));
    }

    @Override
    public DatabaseReport test(DatabaseChoice choice) {
        String url = choice.url();
        if (url.isBlank()) {
            return inUse.get().map(PostgresProbe::probe)
                    .orElseGet(() -> failed(
                            "No database is in use: wait for the end of the start, or enter an address."));
        }
        String address = url.strip();
        Credentials login = credentials.get();
        return DriverSupport.problem(address).or(login::problem).map(PostgresProbe::failed)
                .orElseGet(() -> probe(login.at(address).readOnly(choice.readOnly())));
    }

    /// Reads settings and counters of the database in use, over a connection of its own. Blocks.
    ///
    /// @return empty when there is none, or it does not answer
    public Optional<ServerReading> reading() {
        Optional<DatabaseTarget> target = inUse.get();
        if (target.isEmpty()) {
            return Optional.empty();
        }
        try (Connection connection = open(target.get())) {
            return Optional.of(ServerReading.read(connection));
        } catch (SQLException e) {
            LOG.warn("PostgreSQL: settings and counters cannot be read. {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static DatabaseReport probe(DatabaseTarget target) {
        try (Connection connection = open(target)) {
            DatabaseReport server = new ServerAssessment(ServerFacts.read(connection), target.readOnly()).report();
            // First: tables of another application may have the names of ours, and other columns.
            Optional<String> foreign = server.usable() ? ForeignTables.problem(connection) : Optional.empty();
            if (foreign.isPresent()) {
                return refused(server, foreign.get());
            }
            DeploymentFacts deployment = DeploymentFacts.read(connection, target.readOnly());
            DatabaseReport report = new DatabaseReport(true, server.usable(), server.summary(),
                    joined(server.properties(), deployment.properties()),
                    joined(server.warnings(), deployment.warnings()));
            return report.usable()
                    ? deployment.problem().map(sentence -> refused(report, sentence)).orElse(report)
                    : report;
        } catch (SQLException e) {
            LOG.info("PostgreSQL: the connection test failed", e);
            return failed(new ConnectFailure(target).sentence(e));
        }
    }

    /// Opens a connection with short timeouts. Empty credentials are left to the driver, which then uses the password
    /// file.
    static Connection open(DatabaseTarget target) throws SQLException {
        var properties = new Properties();
        if (!target.user().isEmpty()) {
            properties.setProperty("user", target.user());
        }
        if (!target.password().isEmpty()) {
            properties.setProperty("password", target.password());
        }
        if (target.hasSeveralHosts()) {
            // A default only: the address may choose another one.
            properties.setProperty("targetServerType", "primary");
        }
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", ANSWER_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("ApplicationName", "memfuse-test");
        return DriverManager.getConnection(target.url(), properties);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static DatabaseReport refused(DatabaseReport report, String problem) {
        return new DatabaseReport(true, false, problem, report.properties(), report.warnings());
    }

    private static DatabaseReport failed(String sentence) {
        return new DatabaseReport(false, false, sentence, List.of(), List.of());
    }
}
