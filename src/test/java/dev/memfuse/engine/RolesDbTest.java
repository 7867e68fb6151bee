package dev.memfuse.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.store.EngineFixture;
import dev.memfuse.transfer.UserExport;
import dev.memfuse.transfer.UserImport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages of every role are kept from the call to a query, through buffers, journal, layers, export and import.
@Tag("db")
class RolesDbTest {
    private static final String FACT = "I live in Lisbon and my dog is called ";

    private static List<NewMessage> everyRole() {
        return Arrays.stream(Role.values()).map(role -> NewMessage.of(role, FACT + role.label() + ".")).toList();
    }

    private static Map<UUID, Role> roles(List<NewMessage> messages) {
        return messages.stream().collect(Collectors.toMap(NewMessage::id, NewMessage::role));
    }

    @ParameterizedTest
    @ValueSource(strings = {"buffer.bypass_mode=true", "buffer.bypass_mode=false buffer.durability=journal"})
    void everyRoleIsListedFoundExportedAndImported(String settings, @TempDir Path folder) throws Exception {
        try (EngineFixture fixture = EngineFixture.start(settings.split(" "))) {
            SessionKey session = fixture.newSession("Ann");
            List<NewMessage> messages = everyRole();
            fixture.engine().addBatch(session, messages);
            fixture.restart();

            assertEquals(messages.stream().map(NewMessage::role).toList(), fixture.engine()
                    .messages(session, 10, Order.OLDEST_FIRST).stream().map(Message::role).toList());
            assertEquals(roles(messages), fixture.engine().query(session.userId(), "dog in Lisbon", 10).hits().stream()
                    .map(QueryResult.Hit::message).collect(Collectors.toMap(Message::id, Message::role)));
            Path file = folder.resolve("ann.jsonl");
            new UserExport(fixture.engine()).write(session.userId(), file, _ -> {});
            for (Role role : Role.values()) {
                assertTrue(Files.readString(file).contains("\"role\":\"" + role.label() + "\""), role.label());
            }
            fixture.engine().deleteUser(session.userId());
            new UserImport(fixture.engine()).read(file, null, _ -> {});
            assertEquals(roles(messages), fixture.engine().messages(session, 10, Order.OLDEST_FIRST).stream()
                    .collect(Collectors.toMap(Message::id, Message::role)));
        }
    }

    /// Instructions and results of tools are no statements of a person.
    @Test
    void factsComeFromUsersAndAssistants() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true")) {
            SessionKey session = fixture.newSession("Ann");
            Map<UUID, Role> roles = roles(everyRole());
            fixture.engine().addBatch(session, everyRole());
            assertTrue(fixture.engine().awaitExtraction(Duration.ofMinutes(1)));

            Map<UUID, Role> stored = fixture.engine().messages(session, 10, Order.OLDEST_FIRST).stream()
                    .collect(Collectors.toMap(Message::id, Message::role));
            assertEquals(roles.size(), stored.size());
            assertEquals(List.of(Role.USER, Role.ASSISTANT),
                    fixture.engine().facts(session.userId(), FactQuery.history(10)).stream().map(Fact::messageIds)
                            .flatMap(List::stream).map(stored::get).sorted().toList());
        }
    }
}
