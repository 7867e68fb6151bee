package dev.memfuse.store.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.engine.DatabaseProbe;
import dev.memfuse.engine.DatabaseReport;

/// Tries a PostgreSQL over a connection of its own. Thread-safe; changes nothing on the server.
public final class PostgresProbe implements DatabaseProbe {
    private final Supplier<Optional<DatabaseLogin>> inUse;
    private final Supplier<Credentials> credentials;

    /// @param inUse the database in use, if one is
    /// @param credentials for any other database
    public PostgresProbe(Supplier<Optional<DatabaseLogin>> inUse, Supplier<Credentials> credentials) {
        this.inUse = inUse;
        this.credentials = credentials;
    }

    @Override
    public DatabaseReport test(String url) {
        if (url.isBlank()) {
            return inUse.get().map(PostgresProbe::look)
                    .orElseGet(() -> failed(
                            "No database is in use now: wait for the start to finish, or enter an address."));
        }
        String address = url.strip();
        return DatabaseUrl.problem(address).map(PostgresProbe::failed)
                .orElseGet(() -> look(new DatabaseLogin(address, credentials.get())));
    }

    private static DatabaseReport look(DatabaseLogin login) {
        try (Connection connection = login.open("memfuse-test")) {
            return new ServerVerdict(ServerFacts.read(connection)).report();
        } catch (SQLException e) {
            return failed(new ConnectFailure(login).sentence(e));
        }
    }

    private static DatabaseReport failed(String sentence) {
        return new DatabaseReport(false, sentence, List.of(), List.of());
    }
}
