package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of dead letters: those of deleted data are removed whoever deleted it, and a damaged one stops no other.
@Tag("db")
class DeadLetterFilesDbTest {
    private EngineFixture fixture;
    private SessionKey alice;
    private SessionKey second;
    private SessionKey bob;

    /// Statement with which another program deletes.
    enum Deletion {
        SESSION,
        USER
    }

    @BeforeEach
    void refuseEverything() throws SQLException {
        fixture = EngineFixture.start("buffer.bypass_mode=false", "buffer.performance.enable_auto_flush=false");
        alice = fixture.newSession("alice");
        second = fixture.anotherSession(alice);
        bob = fixture.newSession("bob");
        execute("ALTER TABLE messages ADD CONSTRAINT good CHECK (content NOT LIKE 'secret%') NOT VALID");
        fixture.engine().addBatch(alice, messages("secret one"));
        fixture.engine().addBatch(second, messages("secret two"));
        fixture.engine().addBatch(bob, messages("secret three"));
        fixture.engine().flush();
        assertEquals(3, letters().size());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<DeadLetter> letters() {
        List<DeadLetter> letters = new ArrayList<>();
        fixture.engine().deadLetters().forEach(letters::add);
        return letters;
    }

    private List<SessionKey> sessions() {
        return letters().stream().map(DeadLetter::session).toList();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(fixture.folder().resolve("journal").resolve("dead-letters"))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String text) {
        return files().stream().filter(file -> holds(file, text)).findFirst().orElseThrow();
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(Deletion what) throws SQLException {
        // As an engine on another machine does, and as an administrator may.
        execute(switch (what) {
            case SESSION -> "DELETE FROM sessions WHERE session_id = '" + alice.sessionId() + "'";
            case USER -> "DELETE FROM users WHERE user_id = '" + alice.userId() + "'";
        });
    }

    private void assertErased(Deletion what) {
        assertFalse(files().stream().anyMatch(file -> holds(file, "secret one")));
        assertEquals(what == Deletion.USER ? 1 : 2, files().size());
    }

    @ParameterizedTest
    @EnumSource
    void areRemovedWhileTheEngineRuns(Deletion what) throws Exception {
        fixture.withShortDiskIntervals();
        delete(what);

        await("the files are gone", () -> files().size() == (what == Deletion.USER ? 1 : 2));
        assertErased(what);
    }

    @ParameterizedTest
    @EnumSource
    void areRemovedAtTheStart(Deletion what) throws Exception {
        Path folder = fixture.folder();
        List<byte[]> contents = new ArrayList<>();
        List<Path> files = files();
        for (Path file : files) {
            contents.add(Files.readAllBytes(file));
        }
        fixture.withShortDiskIntervals();
        delete(what);
        await("the files are gone", () -> files().size() == (what == Deletion.USER ? 1 : 2));
        fixture.withUsualDiskIntervals();
        for (int i = 0; i < files.size(); i++) {
            Files.createDirectories(files.get(i).getParent());
            Files.write(files.get(i), contents.get(i));
        }

        fixture.restart();

        assertEquals(folder, fixture.folder());
        await("the files are gone", () -> files().size() == (what == Deletion.USER ? 1 : 2));
        assertErased(what);
    }

    @ParameterizedTest
    @EnumSource
    void areRemovedByARetry(Deletion what) throws Exception {
        List<UUID> all = letters().stream().map(DeadLetter::roundId).toList();
        delete(what);

        DeadLetters.Retry retry = fixture.engine().deadLetters().retry(all);

        assertErased(what);
        assertEquals(0, retry.stored());
        // The sweep may have removed some before.
        assertTrue(retry.deleted() <= 2 && retry.refused() <= 2, retry.toString());
    }

    /// An older backup has neither the user nor the session of the letter, nor its round among the refused ones.
    @ParameterizedTest
    @EnumSource
    void ofAnOlderStateOfTheDatabaseAreKeptAndMarked(Deletion what) throws Exception {
        execute("DELETE FROM refused_rounds");
        delete(what);
        fixture.restart();
        int unknown = what == Deletion.USER ? 2 : 1;

        assertEquals(unknown, fixture.engine().deadLetters().unknown().size());
        List<UUID> all = letters().stream().map(DeadLetter::roundId).toList();
        DeadLetters.Retry retry = fixture.engine().deadLetters().retry(all);
        assertEquals(new DeadLetters.Retry(0, 3 - unknown, 0, unknown), retry);
        // The sweep notes the rounds whose sessions exist, after it has left the others.
        await("a sweep", () -> count("SELECT count(*) FROM refused_rounds") == 3 - unknown);

        assertEquals(3, files().size());
        assertEquals(unknown, fixture.engine().deadLetters().unknown().size());
        assertEquals(3, fixture.engine().deadLetters().discard(all));
        assertEquals(0, files().size());
        assertEquals(0, count("SELECT count(*) FROM refused_rounds"));
    }

    private long count(String sql) {
        try {
            return fixture.count(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aUserWithADamagedLetterIsRemovedToo() throws Exception {
        fixture.withShortDiskIntervals();
        Files.write(file("secret one"), new byte[0]);
        delete(Deletion.USER);

        await("the files are gone", () -> files().size() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "cut", "changed in the text", "changed in the reason", "longer", "renamed"})
    void aDamagedLetterIsListedAndCanBeDiscarded(String damage) throws Exception {
        Path file = damage(file("secret one"), damage);

        assertEquals(List.of(second, bob), sessions());
        DamagedLetter damaged = fixture.engine().deadLetters().damaged().getFirst();
        assertEquals(1, fixture.engine().deadLetters().damaged().size());
        assertEquals(alice.userId(), damaged.userId());
        assertEquals(Files.size(file), damaged.bytes());
        assertFalse(damaged.reason().isBlank());
        assertEquals(3, fixture.engine().deadLetters().count());
        execute("ALTER TABLE messages DROP CONSTRAINT good");
        List<UUID> all = new ArrayList<>(letters().stream().map(DeadLetter::roundId).toList());
        all.add(damaged.roundId());
        assertEquals(2, fixture.engine().deadLetters().retry(all).stored());
        assertEquals(List.of(file), files());

        assertEquals(1, fixture.engine().deadLetters().discard(List.of(damaged.roundId())));

        assertEquals(List.of(), files());
        assertEquals(0, fixture.engine().deadLetters().count());
        assertEquals(List.of(), fixture.engine().deadLetters().damaged());
    }

    private static Path damage(Path file, String damage) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        switch (damage) {
            case "empty" -> Files.write(file, new byte[0]);
            case "cut" -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
            case "longer" -> Files.write(file, Arrays.copyOf(bytes, bytes.length + 3));
            case "renamed" -> {
                return Files.move(file, file.resolveSibling(UUID.randomUUID() + ".letter"));
            }
            default -> {
                bytes[text.indexOf(damage.endsWith("text") ? "secret one" : "Could not") + 3] ^= 1;
                Files.write(file, bytes);
            }
        }
        return file;
    }

    /// As an earlier version wrote it: without a checksum.
    @Test
    void aLetterWithoutAChecksumIsRead() throws Exception {
        Path file = file("secret one");
        byte[] bytes = Files.readAllBytes(file);
        byte[] older = new byte[bytes.length - Integer.BYTES];
        System.arraycopy(bytes, 0, older, 0, 4);
        older[4] = 1;
        System.arraycopy(bytes, 9, older, 5, bytes.length - 9);
        Files.write(file, older);

        assertEquals(List.of(), fixture.engine().deadLetters().damaged());
        assertTrue(sessions().contains(alice));
    }

    @Test
    void filesOfOthersStayAndAreNotCounted() throws Exception {
        Path foreign = Files.writeString(files().getFirst().resolveSibling("notes.letter"), "not a letter");

        assertEquals(3, letters().size());
        assertEquals(List.of(), fixture.engine().deadLetters().damaged());
        fixture.restart();
        assertEquals(3, fixture.engine().deadLetters().count());
        assertTrue(Files.exists(foreign));
    }
}
