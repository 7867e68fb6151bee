package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.postgres.embedded.TcpProxy;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("db")
class ServerConnectionsDbTest {
    private static final Duration FOREVER = Duration.ofSeconds(30);

    /// One thread fills a pool: if it waited for ever, the pool would stay empty although the server is there.
    @Test
    void aConnectionThatHangsAfterItsLoginFailsAndTheNextOneWorks() throws Exception {
        TestDatabase database = TestServer.newDatabase();
        URI server = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        try (TcpProxy proxy = new TcpProxy(server.getPort())) {
            String url = database.jdbcUrl().replace(":" + server.getPort() + "/", ":" + proxy.port() + "/");
            ServerConnections connections = new ServerConnections(
                    new DatabaseTarget(url, database.user(), database.password()),
                    () -> new ConfigLoader().withOverrides(List.of("postgres.connection_timeout=1")).load().postgres(),
                    new CircuitBreaker());
            proxy.freezeAfterLogin();

            assertThrows(SQLException.class,
                    () -> assertTimeoutPreemptively(FOREVER, () -> connections.getConnection()));

            try (Connection next = connections.getConnection()) {
                assertEquals(0, next.getNetworkTimeout());
            }
        }
    }
}
