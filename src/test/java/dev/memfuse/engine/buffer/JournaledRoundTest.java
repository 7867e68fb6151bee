package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.journal.JournalLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Buffers that keep rounds without their texts, on a real journal.
class JournaledRoundTest {
    private static final BufferConfig.RoundBufferConfig ONE_ROUND = new BufferConfig.RoundBufferConfig(800, 1,
            "gpt-4o-mini");

    @TempDir
    private Path folder;

    private final SessionKey session = Rounds.newSession();
    private final SessionKey other = new SessionKey(session.userId(), UUID.randomUUID());
    private Journal journal;
    private TextBudget budget;
    private UserBuffers buffers;

    @BeforeEach
    void open() {
        journal = Journal.open(folder, () -> new JournalLimits(1 << 30, Duration.ofHours(1), 1 << 16, Duration.ZERO));
        budget = new TextBudget(0);
        buffers = new UserBuffers(session.userId(), (lsns, each) -> journal.read(lsns, read -> {
            JournalEntry.Round round = read.round();
            each.accept(new BufferedRound(round.roundId(), round.session(), round.createdAt(), round.messages(),
                    round.tokens(), List.of(), read.lsn()));
        }), budget);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private BufferedRound add(SessionKey to, String... contents) {
        BufferedRound round = Rounds.saying(to, contents);
        long lsn = journal.append(new JournalEntry.Round(round.id(), to, round.createdAt(), round.messages(),
                round.tokens()));
        BufferedRound journaled = new BufferedRound(round.id(), to, round.createdAt(), round.messages(), round.tokens(),
                List.of(), lsn);
        buffers.add(journaled, ONE_ROUND);
        return journaled;
    }

    @Test
    void aRoundWithoutTextsIsReadBackInItsPlace() {
        List<BufferedRound> rounds = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> rounds.add(add(session, "a" + i, "b" + i)));
        rounds.add(add(other, "other"));

        assertEquals(List.of("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4", "other"),
                Rounds.contents(buffers));
        assertEquals(new UserBuffers.Depth(1, 10, 0), buffers.depth());
        assertEquals(List.of("other"), buffers.messages(other).stream().map(Message::content).toList());
        assertEquals(List.of("b2"), buffers.messages(Set.of(rounds.get(2).messages().get(1).id())).stream()
                .map(Message::content).toList());
        FlushBatch batch = buffers.takeEverything(FlushBatch.Priority.HIGH).orElseThrow();
        assertInstanceOf(JournaledRound.class, batch.rounds().getFirst());
        assertEquals(11, batch.messageCount());
        assertEquals(rounds.stream().map(BufferedRound::lsn).toList(),
                batch.rounds().stream().map(PendingRound::lsn).toList());
        assertEquals(11, Rounds.contents(buffers).size());

        batch.rounds().forEach(round -> journal.release(round.lsn()));
        buffers.stored(batch);

        assertTrue(buffers.isEmpty());
        assertEquals(List.of(), Rounds.contents(buffers));
    }

    @Test
    void messagesAreRemovedFromRoundsWithoutTexts() {
        BufferedRound partly = add(session, "kept", "removed");
        BufferedRound wholly = add(session, "removed too");
        add(session, "stays");
        add(other, "of another session");
        add(other, "last");
        Set<UUID> ids = Set.of(partly.messages().getLast().id(), wholly.messages().getFirst().id());
        journal.append(new JournalEntry.Erasure(session.userId(), Optional.of(session.sessionId()), ids));

        UserBuffers.Removal removal = buffers.remove(session, ids);

        assertEquals(new UserBuffers.Removal(2, List.of(wholly.lsn())), removal);
        assertEquals(List.of("kept", "stays", "of another session", "last"), Rounds.contents(buffers));

        assertEquals(2, buffers.removeSession(session).messages());
        assertEquals(List.of("of another session", "last"), Rounds.contents(buffers));
    }

    @Test
    void textsStayInMemoryWithinTheBudgetAndReturnToIt() {
        budget.add(-10_000);
        for (int i = 0; i < 100; i++) {
            add(session, "text " + i);
        }
        FlushBatch first = buffers.takeEverything(FlushBatch.Priority.HIGH).orElseThrow();
        long inMemory = first.rounds().stream().filter(BufferedRound.class::isInstance).count();
        assertTrue(inMemory > 10 && inMemory < 50, inMemory + " rounds in memory");

        buffers.restore(first, new IllegalStateException("The database is down."));
        FlushBatch again = buffers.takeEverything(FlushBatch.Priority.HIGH).orElseThrow();
        buffers.stored(again);

        add(session, "one");
        add(session, "two");
        assertInstanceOf(BufferedRound.class,
                buffers.takeEverything(FlushBatch.Priority.HIGH).orElseThrow().rounds().getFirst());
    }

    @Test
    void recoveredRoundsHaveNoTexts() {
        BufferedRound round = Rounds.saying(session, "recovered", "both");
        long lsn = journal.append(new JournalEntry.Round(round.id(), session, round.createdAt(), round.messages(),
                round.tokens()));

        buffers.recover(session, lsn, round.messages());

        assertEquals(List.of("recovered", "both"), Rounds.contents(buffers));
        assertEquals(new UserBuffers.Depth(0, 2, 0), buffers.depth());
    }
}
