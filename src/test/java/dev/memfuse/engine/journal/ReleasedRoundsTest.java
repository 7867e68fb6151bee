package dev.memfuse.engine.journal;

import static dev.memfuse.engine.journal.TestJournal.round;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rounds that were released remain readable for a time.
class ReleasedRoundsTest {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Duration RETIRED = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private TestJournal files;

    @BeforeEach
    void start() {
        files = new TestJournal(folder.resolve("journal"));
        files.limits = new JournalLimits(1L << 30, Duration.ofDays(1), 16 << 10, Duration.ZERO, KEPT);
    }

    private static List<String> released(Journal journal) {
        List<String> contents = new ArrayList<>();
        journal.forEachReleased(round -> round.round().messages().forEach(message -> contents.add(message.content())));
        return contents;
    }

    private void pass(Duration time) {
        files.nanos.addAndGet(time.toNanos());
    }

    @Test
    void visitsWhatIsReleasedWithoutWhatWasErasedLater() {
        try (Journal journal = files.open()) {
            JournalEntry.Round first = round("one", "two");
            JournalEntry.Round last = round("not released");
            journal.release(journal.append(first));
            journal.append(last);
            journal.append(new JournalEntry.Erasure(first.session().userId(),
                    Optional.of(first.session().sessionId()), Set.of(first.messages().getFirst().id())));
            journal.release(journal.append(round("three")));

            assertEquals(List.of("two", "three"), released(journal));
        }
    }

    /// What is deleted while rounds are read may not be stored again, although their entries are released.
    @Test
    void aRoundThatWasPassedOnLosesWhatIsErasedSince() {
        try (Journal journal = files.open()) {
            JournalEntry.Round round = round("one", "two");
            journal.release(journal.append(round));
            List<String> left = new ArrayList<>();
            List<RecoveredRound> passed = new ArrayList<>();
            try (Journal.Keeping _ = journal.keepReleased()) {
                journal.forEachReleased(passed::add);
                journal.append(new JournalEntry.Erasure(round.session().userId(),
                        Optional.of(round.session().sessionId()), Set.of(round.messages().getFirst().id())));
                // Writes checkpoints, which forget erasures of released rounds.
                pass(RETIRED);
                for (int i = 0; i < 40; i++) {
                    journal.release(journal.append(round("x".repeat(1_000))));
                }
                journal.retire(RETIRED);
                passed.forEach(found -> journal.withoutErased(found).orElseThrow().round().messages()
                        .forEach(message -> left.add(message.content())));
            }

            assertEquals(List.of("two"), left);
        }
    }

    /// At full speed a segment is complete soon after its first round.
    @Test
    void aCompleteSegmentStaysForATime() throws IOException {
        try (Journal journal = files.open()) {
            String text = "x".repeat(1_000);
            for (int i = 0; i < 40; i++) {
                journal.release(journal.append(round(text)));
            }
            journal.retire(RETIRED);

            assertEquals(40, released(journal).size());
            pass(KEPT);
            journal.retire(RETIRED);
            assertTrue(released(journal).size() < 16, released(journal).size() + " rounds in the current segment");
        }
        assertEquals(0, files.segments().size());
    }

    @Test
    void everyRoundStaysForATimeAndNoneLongerThanItMay() {
        try (Journal journal = files.open()) {
            journal.release(journal.append(round("first")));
            pass(RETIRED.minus(KEPT));
            journal.release(journal.append(round("last")));
            journal.retire(RETIRED);
            pass(KEPT.minusMillis(1));
            journal.retire(RETIRED);
            assertEquals(List.of("first", "last"), released(journal));

            pass(Duration.ofMillis(1));
            journal.retire(RETIRED);

            assertEquals(List.of(), released(journal));
        }
    }
}
