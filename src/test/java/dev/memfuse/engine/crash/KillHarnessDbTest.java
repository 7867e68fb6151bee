package dev.memfuse.engine.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.TestLocales;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No acknowledged message is lost or stored twice when the program is killed repeatedly, whatever its locale, and none
/// that the database refuses is lost.
///
/// With more kills: `mvn test-compile surefire:test@db -Dtest=KillHarnessDbTest -Dmemfuse.kills=100`
@Tag("db")
class KillHarnessDbTest {
    private static final int KILLS = Integer.getInteger("memfuse.kills", 8);
    private static final int SESSIONS = 6;
    private static final int ACKNOWLEDGEMENTS_UNDER_LOAD = 200;
    private static final long MAX_MILLIS = 700;

    private final Ledger ledger = new Ledger(SESSIONS);
    private final Random random = new Random();

    @Test
    void losesAndDuplicatesNothingWhenTheProgramIsKilledRepeatedly() throws Exception {
        TestServer.TestDatabase database = TestServer.newDatabase();
        Path folder = TestFolders.create();
        List<SessionKey> sessions = createSessions(database);
        int deathsWhileStarting = 0;
        for (int i = 0; i < KILLS; i++) {
            deathsWhileStarting += runAndKill(database, folder, sessions, locale(i)) ? 0 : 1;
        }

        try (EngineFixture fixture = EngineFixture.on(database, folder, "buffer.bypass_mode=false")) {
            fixture.engine().flush();
            Set<UUID> deadLetters = new HashSet<>();
            fixture.engine().deadLetters()
                    .forEach(letter -> letter.messages().forEach(message -> deadLetters.add(message.id())));
            assertTrue(!deadLetters.isEmpty(), "some are refused");
            assertEquals(0, fixture.count("SELECT count(*) FROM messages WHERE content LIKE '" + EngineChild.REFUSED
                    + "%'"));
            for (int i = 0; i < SESSIONS; i++) {
                ledger.check(i, stored(fixture, sessions.get(i)), deadLetters);
            }
            assertEquals(0, fixture.count("SELECT count(*) - count(DISTINCT content) FROM messages"), "duplicates");
            assertEquals(0, fixture.journal().status().backlogEntries(), "unreleased in the journal");
        }
        assertTrue(ledger.size() > KILLS, "acknowledged only " + ledger.size());
        System.out.printf("%d kills, %d of them before the first acknowledgement: %,d messages acknowledged, 0 lost, "
                + "0 stored twice%n", KILLS, deathsWhileStarting, ledger.size());
    }

    private static List<SessionKey> createSessions(TestServer.TestDatabase database) throws SQLException {
        List<SessionKey> sessions = new ArrayList<>();
        try (EngineFixture fixture = EngineFixture.on(database, TestFolders.create());
                Connection connection = fixture.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE messages ADD CHECK (content NOT LIKE '" + EngineChild.REFUSED + "%')");
            for (int i = 0; i < SESSIONS; i += 2) {
                SessionKey first = fixture.newSession("user-" + i);
                sessions.add(first);
                sessions.add(fixture.anotherSession(first));
            }
        }
        return sessions;
    }

    /// Runs a program for a random time and kills it: mostly under load, sometimes while it starts and recovers.
    ///
    /// @return whether it acknowledged anything
    private boolean runAndKill(TestServer.TestDatabase database, Path folder, List<SessionKey> sessions,
            List<String> options) throws IOException, InterruptedException {
        try (EngineChild child = EngineChild.start(database, folder, sessions, options)) {
            boolean acknowledged = false;
            for (int before = random.nextInt(5) == 0 ? 0 : ACKNOWLEDGEMENTS_UNDER_LOAD; before > 0; before--) {
                String line = child.nextLine();
                if (line == null) {
                    fail("The program ended by itself.");
                }
                ledger.add(line);
                acknowledged = true;
            }
            Thread killer = Thread.ofPlatform().start(() -> killSoon(child));
            for (String line = child.nextLine(); line != null; line = child.nextLine()) {
                ledger.add(line);
                acknowledged = true;
            }
            killer.join();
            return acknowledged;
        }
    }

    private void killSoon(EngineChild child) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(MAX_MILLIS)));
        try {
            child.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Each process has another locale than the one before, so that each reads a journal written in another locale.
    private static List<String> locale(int run) {
        return TestLocales.OPTIONS.get(run % TestLocales.OPTIONS.size());
    }

    private static List<UUID> stored(EngineFixture fixture, SessionKey session) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        for (Message message : fixture.store().messages().ofSession(session, Integer.MAX_VALUE, Order.OLDEST_FIRST)) {
            ids.add(message.id());
        }
        return ids;
    }
}
