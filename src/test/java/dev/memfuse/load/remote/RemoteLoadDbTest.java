package dev.memfuse.load.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.client.MemFuseClient;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.RunSink;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.EngineLoadService;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.server.HttpFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A load on a server: the same operations, counts and verdict as on the engine of this process.
@Tag("db")
class RemoteLoadDbTest {
    private static HttpFixture http;
    private static MemFuseClient client;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start();
        client = new MemFuseClient(URI.create(http.server().url() + "/"), Optional.empty());
    }

    @AfterAll
    static void stop() {
        client.close();
        http.close();
    }

    private static LoadResult run(MemFuseClient on, String... settings) {
        LiveTunables tunables = new LiveTunables(new ConfigLoader().withOverrides(List.of(settings)).load());
        try (EngineLoadService loads = EngineLoadService.of(new RemoteSystem(on), tunables,
                new MetricsHub(Clock.systemUTC()), () -> Map.of("target", "test"), RunSink.NONE)) {
            return loads.start(new Workload(3, new Workload.Arrival.Closed(3), Duration.ofSeconds(2),
                    Duration.ofMillis(200), new Workload.Mix(60, 30, 10), 4, 5, 42, Optional.empty())).result().join();
        }
    }

    @Test
    void everyAcknowledgedMessageIsCountedAndTheUsersAreRemoved() throws SQLException {
        LoadResult result = run(client);

        assertEquals(Verdict.Outcome.GOOD, result.verdict().outcome(), result.verdict().toString());
        assertTrue(result.succeeded() > 10, result.toString());
        assertEquals(0, result.errors());
        assertTrue(result.storage().acknowledged() > 0, result.storage().toString());
        assertEquals(0, result.storage().unsaved());
        assertEquals("test", result.environment().get("target"));
        assertEquals(0, http.engine().count("SELECT count(*) FROM users WHERE name LIKE 'load-%'"));
    }

    @Test
    void aMessageThatTheServerLostFailsTheRun() {
        RemoteSystem system = new RemoteSystem(client);
        UUID user = client.createUser("loser " + UUID.randomUUID());
        UUID session = client.createSession(user, client.agent("loser"), "lost");
        List<NewMessage> messages = List.of(NewMessage.of(Role.USER, "one"), NewMessage.of(Role.USER, "two"),
                NewMessage.of(Role.USER, "three"));
        system.add(new SessionKey(user, session), messages);
        assertEquals(3, system.data().storedMessages(user, List.of()));

        http.delete("/sessions/" + session + "/messages", "{\"message_ids\":[\"" + messages.get(1).id() + "\"]}");

        assertEquals(2, system.data().storedMessages(user, List.of()));
        system.deleteUser(user);
    }

    @Test
    void aServerThatIsAwayIsASentence() {
        try (MemFuseClient away = new MemFuseClient(URI.create("http://127.0.0.1:1"), Optional.empty())) {
            String sentence = String.valueOf(
                    assertThrows(StorageUnavailableException.class, away::version).getMessage());
            assertEquals("The server at http://127.0.0.1:1/api/v1 does not answer.", sentence);
        }
    }

    @Test
    void aRefusedKeyIsASentence() {
        try (MemFuseClient wrong = new MemFuseClient(URI.create(http.server().url()), Optional.of("mf_wrong"))) {
            String sentence = String.valueOf(
                    assertThrows(EngineException.class, () -> wrong.createUser("no")).getMessage());
            assertEquals("The server answered 401: The API key is unknown, revoked or expired.", sentence);
        }
    }
}
