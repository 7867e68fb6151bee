package dev.memfuse.engine;

import static dev.memfuse.engine.validation.AnyValue.id;
import static dev.memfuse.engine.validation.AnyValue.text;
import static dev.memfuse.engine.validation.AnyValue.time;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.generators.Generate.enumValues;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import dev.memfuse.transfer.UserExport;
import dev.memfuse.transfer.UserImport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;

/// What comes back equals what was given, or the engine refuses it: for messages of any text, time, role and id, on
/// every path, through restart, export and import. A failure prints the seed; `-DQT_SEED=…` repeats it.
@Tag("db")
class ExactStorageDbTest implements WithQuickTheories {
    private static final int EXAMPLES = 150;

    @ParameterizedTest
    @ValueSource(strings = {"buffer.bypass_mode=true", "buffer.bypass_mode=true queries.consolidated=false",
            "buffer.bypass_mode=false buffer.durability=journal", "buffer.bypass_mode=false buffer.durability=memory",
            "buffer.bypass_mode=false buffer.durability=database",
            "buffer.bypass_mode=false buffer.durability=journal queries.consolidated=false"})
    void everyMessageIsStoredExactlyOrRefused(String settings) throws Exception {
        try (EngineFixture fixture = EngineFixture.start(settings.split(" "))) {
            SessionKey session = fixture.newSession("Ann");
            List<NewMessage> accepted = new ArrayList<>();
            qt().withExamples(EXAMPLES).withShrinkCycles(0)
                    .forAll(id(), enumValues(Role.class), text(), time())
                    .checkAssert((id, role, content, at) -> add(fixture, session, id, role, content, at)
                            .ifPresent(accepted::add));

            assertTrue(accepted.size() > EXAMPLES / 10, accepted.size() + " of " + EXAMPLES + " accepted");
            assertStored(accepted, fixture, session);
            fixture.restart();
            fixture.engine().flush();
            assertStored(accepted, fixture, session);
            assertStored(accepted, fixture, copyOf(session, fixture));
            assertEquals(0, fixture.journal().status().backlogEntries(), "entries left in the journal");
        }
    }

    /// Adds one message; empty when the engine refuses it, which it may do with one kind of exception only.
    private static Optional<NewMessage> add(EngineFixture fixture, SessionKey session, UUID id, Role role,
            String content, Instant at) {
        try {
            NewMessage message = new NewMessage(id, role, content, at);
            fixture.engine().addBatch(session, List.of(message));
            assertEquals(at.truncatedTo(ChronoUnit.MICROS), message.createdAt());
            return Optional.of(message);
        } catch (InvalidValueException e) {
            assertFalse(e.field().isEmpty(), e.getMessage());
            assertTrue(e.getMessage().startsWith(e.field() + " "), e.getMessage());
            assertTrue(refusable(content, at), () -> "refused: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean refusable(String content, Instant at) {
        boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(content);
        int year = at.isBefore(Instant.parse("0000-01-01T00:00:00Z")) ? 0 : at.isAfter(Instant.parse(
                "9999-12-31T23:59:59.999999999Z")) ? 10_000 : at.atOffset(ZoneOffset.UTC).getYear();
        return content.isEmpty() || content.indexOf(0) >= 0 || !encodable || year < 1 || year > 9_999;
    }

    /// Storage keeps the first of two messages with one id.
    private static void assertStored(List<NewMessage> accepted, EngineFixture fixture, SessionKey session) {
        Map<UUID, NewMessage> expected = new LinkedHashMap<>();
        accepted.forEach(message -> expected.putIfAbsent(message.id(), message));
        List<NewMessage> found = fixture.engine().messages(session, 10_000, Order.OLDEST_FIRST).stream()
                .map(message -> new NewMessage(message.id(), message.role(), message.content(), message.createdAt()))
                .toList();
        assertEquals(List.copyOf(expected.values()), found);
    }

    /// Exports the user to a file and imports it as another one.
    private static SessionKey copyOf(SessionKey session, EngineFixture fixture) throws IOException {
        Path folder = TestFolders.create();
        try {
            Path file = folder.resolve("user.jsonl");
            new UserExport(fixture.engine()).write(session.userId(), file, _ -> {});
            User copy = new UserImport(fixture.engine()).read(file, "copy", _ -> {}).user();
            return new SessionKey(copy.id(), session.sessionId());
        } finally {
            TestFolders.remove(folder);
        }
    }
}
