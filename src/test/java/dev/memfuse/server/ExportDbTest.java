package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.server.HttpFixture.Answer;
import dev.memfuse.transfer.UserExport;
import dev.memfuse.transfer.UserImport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An export over HTTP has the bytes of the command's file, for those who may use the user.
@Tag("db")
class ExportDbTest {
    private static HttpFixture http;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    private static String path(String user) {
        return "/api/v1/users/" + user + "/export";
    }

    @Test
    void theStreamIsTheFileOfTheCommandAndCanBeImported() throws IOException {
        String user = http.user("exported");
        String session = http.session(user, http.agent("of the export"), "long");
        SessionKey key = new SessionKey(UUID.fromString(user), UUID.fromString(session));
        for (int i = 0; i < 5; i++) {
            http.engine().engine().addBatch(key, IntStream.range(0, 1_000)
                    .mapToObj(number -> NewMessage.of(Role.USER, "The tide is at \u00e4 " + number)).toList());
        }
        http.post("/users/" + user + "/knowledge", "{\"knowledge\":[\"The harbour is deep\"]}");
        http.put("/sessions/" + session + "/messages", "{\"message_ids\":[\"" + http.engine().engine()
                .messages(key, 1, Order.OLDEST_FIRST).getFirst().id() + "\"],\"new_messages\":[{\"role\":\"user\","
                + "\"content\":\"changed\"}]}");

        Answer answer = http.send("GET", path(user), null, Map.of());

        Path file = folder.resolve("file.jsonl");
        new UserExport(http.engine().engine()).write(UUID.fromString(user), file, _ -> {});
        assertEquals(200, answer.status());
        assertEquals(Files.readString(file), answer.text());
        Path streamed = Files.writeString(folder.resolve("streamed.jsonl"), answer.text());
        UserImport.Result copy = new UserImport(http.engine().engine()).read(streamed, "copy", _ -> {});
        assertEquals(5_000, copy.records().get("message"));
        assertEquals("The harbour is deep", http.engine().engine()
                .facts(copy.user().id(), FactQuery.current(10)).getFirst().content());
    }

    @Test
    void anUnknownUserAndTheKeyOfAnotherAreNotFound() {
        String user = http.user("not for others");
        String other = http.engine().engine().apiKeys()
                .create(Optional.of(UUID.fromString(http.user("another"))), Optional.empty(), Optional.empty()).text();
        Answer unknown = http.send("GET", path(UUID.randomUUID().toString()), null, Map.of());
        Answer refused = http.send("GET", path(user), null, Map.of("X-API-Key", other));

        assertEquals(List.of(404, 404), List.of(unknown.status(), refused.status()));
        assertEquals("error", unknown.json().get("status").stringValue());
        assertFalse(refused.text().contains("not for others"));
    }
}
