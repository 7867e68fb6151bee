package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;

/// A folder of a journal with a faulty disk and manual clocks, for tests.
final class TestJournal {
    static final JournalLimits LARGE = new JournalLimits(1L << 30, Duration.ofDays(1), 16 << 10, Duration.ZERO);
    static final SessionKey SESSION = new SessionKey(UUID.randomUUID(), UUID.randomUUID());

    final Path folder;
    final FaultyDisk disk = new FaultyDisk();
    final AtomicLong nanos = new AtomicLong();
    volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    volatile JournalLimits limits = LARGE;

    TestJournal(Path folder) {
        this.folder = folder;
    }

    /// Opens the journal.
    Journal open() {
        return Journal.open(new JournalSetup(folder, () -> limits, () -> now, nanos::get, disk));
    }

    static JournalEntry.Round round(String... contents) {
        return round(SESSION, contents);
    }

    static JournalEntry.Round round(SessionKey session, String... contents) {
        Instant at = Instant.parse("2026-01-01T00:00:00.123456Z");
        return new JournalEntry.Round(UUID.randomUUID(), session, at, Arrays.stream(contents)
                .map(content -> new NewMessage(UUID.randomUUID(), Role.USER, content, at)).toList(),
                Collections.nCopies(contents.length, 3));
    }

    /// Returns the unreleased rounds, oldest first.
    static List<RecoveredRound> unreleased(Journal journal) {
        List<RecoveredRound> rounds = new ArrayList<>();
        journal.forEachUnreleased(rounds::add);
        return rounds;
    }

    static List<String> contents(Journal journal) {
        return unreleased(journal).stream().flatMap(recovered -> recovered.round().messages().stream())
                .map(NewMessage::content).toList();
    }

    static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /// Returns the segments, oldest first.
    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Segment.isSegment(file.getFileName().toString())).sorted().toList();
        }
    }

    /// Copies the folder as a crash would leave it now.
    TestJournal copy(Path to) throws IOException {
        Files.createDirectories(to);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(folder.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                return FileVisitResult.CONTINUE;
            }
        });
        return new TestJournal(to);
    }
}
