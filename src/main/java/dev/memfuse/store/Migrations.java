package dev.memfuse.store;

import dev.memfuse.engine.EngineException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/// Brings the schema to the version of this program.
public final class Migrations {
    private Migrations() {}

    /// Applies what is missing. Blocks; two programs that start at once wait for each other.
    ///
    /// @throws EngineException when the schema cannot be brought to this version
    public static void apply(DatabaseTarget target) {
        PGSimpleDataSource source = target.connections("memfuse-migrations");
        try {
            Flyway.configure().dataSource(source).locations("classpath:db/migration").connectRetries(0).load()
                    .migrate();
        } catch (FlywayException e) {
            throw new EngineException(
                    "The database's schema could not be brought to this version: "
                            + firstLine(String.valueOf(e.getMessage())),
                    target.url(), e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }
}
