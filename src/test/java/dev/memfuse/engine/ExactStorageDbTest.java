package dev.memfuse.engine;

import static dev.memfuse.engine.validation.AnyValue.id;
import static dev.memfuse.engine.validation.AnyValue.number;
import static dev.memfuse.engine.validation.AnyValue.text;
import static dev.memfuse.engine.validation.AnyValue.time;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.Generate.enumValues;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.service.DefaultMemoryEngine;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import dev.memfuse.transfer.UserExport;
import dev.memfuse.transfer.UserImport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;
import org.quicktheories.core.Gen;

/// What comes back equals what was given, or the engine refuses it: for messages of any text, time, role and id, on
/// every path, through restart, export and import. A failure prints the seed; `-DQT_SEED=…` repeats it.
@Tag("db")
@SuppressWarnings("NullAway") // callers without static analysis pass null
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

    @Test
    void everyNameIsStoredExactlyOrRefused() throws Exception {
        try (EngineFixture fixture = EngineFixture.start()) {
            DefaultMemoryEngine engine = fixture.engine();
            UUID owner = engine.createUser("owner").id();
            UUID agent = engine.createAgent(owner, "agent").id();
            // Long names of different characters, which PostgreSQL cannot compress to fit into an index.
            Gen<String> names = text().mix(integers().between(0, 4_000).map(ExactStorageDbTest::longName), 30);
            qt().withExamples(EXAMPLES).withShrinkCycles(0).forAll(names).checkAssert(name -> {
                storedOrRefused(() -> engine.createUser(name).name(), () -> engine.user(name).orElseThrow().name());
                storedOrRefused(() -> engine.createAgent(owner, name).name(),
                        () -> engine.agent(owner, name).orElseThrow().name());
                storedOrRefused(() -> engine.createSession(owner, agent, name).name(),
                        () -> engine.sessions(owner).getLast().name());
            });
        }
    }

    private static String longName(int length) {
        StringBuilder name = new StringBuilder();
        Random random = new Random(length);
        random.ints(length, 0x4e00, 0x9fff).forEach(name::appendCodePoint);
        return name.toString();
    }

    private static void storedOrRefused(Supplier<String> store, Supplier<String> read) {
        try {
            assertEquals(store.get(), read.get());
        } catch (DuplicateNameException e) {
            assertTrue(e.getMessage().contains("already"), e.getMessage());
        } catch (InvalidValueException e) {
            assertEquals("name", e.field());
        }
    }

    /// The filter selects what a comparison of the given instants selects.
    @ParameterizedTest
    @ValueSource(strings = {"buffer.bypass_mode=true", "buffer.bypass_mode=false"})
    void everyQueryIsAnsweredExactlyOrRefused(String path) throws Exception {
        try (EngineFixture fixture = EngineFixture.start(path)) {
            SessionKey session = fixture.newSession("Ann");
            List<NewMessage> messages = Stream.of("0001-01-01T00:00:00Z", "1851-03-04T05:06:07.000001Z",
                    "2026-01-01T00:00:00.123456Z", "9999-12-31T23:59:59.999999Z")
                    .map(at -> new NewMessage(UUID.randomUUID(), Role.USER, "kayak", Instant.parse(at))).toList();
            fixture.engine().addBatch(session, messages);
            qt().withExamples(EXAMPLES).withShrinkCycles(0)
                    .forAll(text().mix(constant("kayak"), 50), number(), time(), time())
                    .checkAssert((text, number, from, until) -> query(fixture, session, messages, text, number, from,
                            until));
        }
    }

    private static void query(EngineFixture fixture, SessionKey session, List<NewMessage> messages, String text,
            int number, Instant from, Instant until) {
        try {
            QueryFilter filter = new QueryFilter(Set.of(), Set.of(), Optional.of(from), Optional.of(until),
                    Set.of(MemoryLayer.M0));
            QueryResult result = fixture.engine().query(session.userId(),
                    new QueryRequest(text, number, 0, filter, QueryRequest.Explain.OFF));
            long expected = messages.stream().map(NewMessage::createdAt)
                    .filter(at -> !at.isBefore(from) && at.isBefore(until)).count();
            assertEquals(expected, result.searched(), () -> from + " to " + until);
        } catch (InvalidValueException e) {
            // An empty span is refused since it is a mistake; everything else as before.
            boolean emptySpan = until.isBefore(from);
            assertTrue(Set.of("text", "topK").contains(e.field()) || (e.field().equals("until") && emptySpan),
                    e.getMessage());
            assertTrue(text.isBlank() || number < 0 || number > 1_000 || !storable(text) || emptySpan,
                    e.getMessage());
        }
    }

    private static boolean storable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text) && text.indexOf(0) < 0;
    }

    /// Titles, summaries and chunks are cut from texts: never within a character.
    @Test
    void extractionStoresTextsOfCharactersOfTwoUnits() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true")) {
            SessionKey session = fixture.newSession("Ann");
            String emoji = "\ud83d\ude00".repeat(600);
            List<UUID> rounds = Stream.of(emoji, "a" + emoji, "I live in " + emoji + ".")
                    .map(text -> fixture.engine().addBatch(session, EngineFixture.messages(text)).roundId()).toList();

            assertTrue(fixture.engine().awaitExtraction(Duration.ofMinutes(2)));
            rounds.forEach(round -> fixture.engine().layerResults(session.userId(), round)
                    .forEach(result -> assertEquals(AddResult.LayerStatus.DONE, result.status(), result.toString())));
        }
    }

    @Test
    void nullsEmptyListsAndBadNumbersAreRefusedWithTheFieldInOneKindOfException() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("buffer.bypass_mode=false")) {
            SessionKey session = fixture.newSession("Ann");
            UUID user = session.userId();
            DefaultMemoryEngine engine = fixture.engine();
            NewMessage message = NewMessage.of(Role.USER, "hello");
            Map<String, Executable> calls = new LinkedHashMap<>();
            calls.put("session", () -> engine.addBatch(null, List.of(message)));
            calls.put("messages", () -> engine.addBatch(session, null));
            calls.put("messages ", () -> engine.addBatch(session, List.of()));
            calls.put("messages[1]", () -> engine.addBatch(session, Arrays.asList(message, null)));
            calls.put("messages[1].id", () -> engine.addBatch(session, List.of(message, message)));
            calls.put("content", () -> new NewMessage(message.id(), Role.USER, null, Instant.EPOCH));
            calls.put("createdAt", () -> new NewMessage(message.id(), Role.USER, "a", null));
            calls.put("role", () -> new NewMessage(message.id(), null, "a", Instant.EPOCH));
            calls.put("id", () -> new NewMessage(null, Role.USER, "a", Instant.EPOCH));
            calls.put("sessionId", () -> new SessionKey(user, null));
            calls.put("userId", () -> new SessionKey(null, user));
            calls.put("userId ", () -> engine.query(null, "a", 1));
            calls.put("text", () -> engine.query(user, null, 1));
            calls.put("request", () -> engine.query(user, null));
            calls.put("limit", () -> engine.messages(session, 10_001, Order.OLDEST_FIRST));
            calls.put("order", () -> engine.messages(session, 1, null));
            calls.put("messageIds[0]", () -> engine.read(user, Arrays.asList((UUID) null)));
            calls.put("messageIds", () -> engine.deleteMessages(session, null));
            calls.put("sessions[0]", () -> new QueryFilter(new HashSet<>(Arrays.asList((UUID) null)), Set.of(),
                    Optional.empty(), Optional.empty(), Set.of(MemoryLayer.M0)));
            calls.put("layers",
                    () -> new QueryFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), Set.of()));
            calls.put("minConfidence", () -> new FactQuery(Set.of(), Double.NaN, FactQuery.Versions.CURRENT, 1));
            calls.put("types", () -> new FactQuery(Set.of("a\u0000"), 0, FactQuery.Versions.CURRENT, 1));
            calls.put("limit ", () -> EpisodeQuery.newest(Integer.MIN_VALUE));
            calls.put("name", () -> engine.createUser("  "));
            calls.put("name ", () -> engine.user("a\u0000"));
            calls.put("agentId", () -> engine.createSession(user, null, "name"));
            calls.put("roundId", () -> engine.layerResults(user, null));
            calls.put("limit  ", () -> engine.awaitExtraction(null));

            calls.forEach((field, call) -> assertEquals(field.strip(),
                    assertThrows(InvalidValueException.class, call, field).field()));
            assertTrue(engine.awaitExtraction(Duration.ofSeconds(Long.MAX_VALUE)));
            assertFalse(engine.awaitExtraction(Duration.ofSeconds(Long.MIN_VALUE)));
            assertEquals(0, fixture.journal().status().appended());
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
        int year = at.isBefore(Instant.parse("0000-01-01T00:00:00Z"))
                ? 0
                : at.isAfter(Instant.parse(
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
