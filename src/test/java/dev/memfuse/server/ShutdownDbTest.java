package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.Message;
import dev.memfuse.server.HttpFixture.Answer;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that stops under load has kept every message that it acknowledged.
@Tag("db")
class ShutdownDbTest {
    private static final int CLIENTS = 8;
    private static final int ACKNOWLEDGED = 300;

    @ParameterizedTest
    @ValueSource(strings = {"buffer.bypass_mode=false", "buffer.bypass_mode=true"})
    void noAcknowledgedMessageIsLost(String setting) throws SQLException, InterruptedException {
        try (HttpFixture http = HttpFixture.start(setting)) {
            String user = http.user("loaded");
            String session = http.session(user, http.agent("loader"), "loaded");
            Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
            Set<Integer> statuses = ConcurrentHashMap.newKeySet();
            AtomicBoolean stopped = new AtomicBoolean();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(BackgroundThreads.virtual("client").start(() -> {
                    while (!stopped.get()) {
                        try {
                            Answer answer = http.post("/sessions/" + session + "/messages",
                                    HttpFixture.messages("a message", "and another"));
                            statuses.add(answer.status());
                            if (answer.status() == 201) {
                                answer.data().get("message_ids")
                                        .forEach(id -> acknowledged.add(UUID.fromString(id.stringValue())));
                            }
                        } catch (IllegalStateException e) {
                            // The connection was refused or closed.
                            stopped.set(true);
                        }
                    }
                }));
            }
            EngineFixture.await("acknowledged messages", () -> acknowledged.size() >= ACKNOWLEDGED);

            http.server().close();
            stopped.set(true);
            for (Thread client : clients) {
                client.join();
            }
            http.engine().restart();

            Set<UUID> stored = new HashSet<>();
            List<UUID> all = List.copyOf(acknowledged);
            for (int from = 0; from < all.size(); from += 1_000) {
                stored.addAll(http.engine().engine().read(UUID.fromString(user),
                        all.subList(from, Math.min(all.size(), from + 1_000))).stream().map(Message::id)
                        .collect(Collectors.toSet()));
            }
            assertEquals(acknowledged, stored);
            assertTrue(Set.of(201, 503).containsAll(statuses), statuses.toString());
        }
    }
}
