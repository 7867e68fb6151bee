package dev.memfuse.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalException;
import dev.memfuse.engine.journal.JournalLimits;
import dev.memfuse.engine.journal.JournalSlots;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FolderRemoval;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal of an engine. An engine that only reads gets an empty one in a temporary folder, so that it stores
/// nothing: what waits in the journal of its database stays there for the next engine that writes.
///
/// @param waiting number of rounds that stay in the journal of the database
/// @param temporary folder that is removed at the end; empty for the journal of the database
record EngineJournal(Journal journal, long waiting, Optional<Path> temporary) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineJournal.class);
    /// Nothing is appended.
    private static final JournalLimits SMALL = new JournalLimits(1, Duration.ZERO, 1 << 16, Duration.ZERO);

    /// Opens the journal of a database.
    ///
    /// @param folder folder of its journals
    static EngineJournal open(Path folder, Supplier<JournalLimits> limits) {
        return new EngineJournal(JournalSlots.open(folder, limits), 0, Optional.empty());
    }

    /// Opens an empty journal and counts what waits in that of the database.
    ///
    /// @param folder folder of the journals of the database
    static EngineJournal empty(Path folder, Supplier<JournalLimits> limits) {
        long waiting = Files.isDirectory(folder) ? waiting(folder, limits) : 0;
        Path temporary;
        try {
            temporary = Files.createTempDirectory("memfuse-journal-");
        } catch (IOException e) {
            throw new EngineException("No temporary folder can be made: " + FileFailures.reason(e) + ".", "", e);
        }
        return new EngineJournal(Journal.open(temporary, () -> SMALL), waiting, Optional.of(temporary));
    }

    private static long waiting(Path folder, Supplier<JournalLimits> limits) {
        try (Journal journal = JournalSlots.open(folder, limits)) {
            long rounds = journal.status().backlogEntries();
            if (rounds > 0) {
                LOG.warn("Journal: {} acknowledged entries for this database stay in {}. They are stored when it is "
                        + "opened for writing.", rounds, folder);
            }
            return rounds;
        } catch (JournalException e) {
            LOG.warn("Journal: what waits in {} cannot be counted; it stays there. {}", folder, e.getMessage());
            return 0;
        }
    }

    @Override
    public void close() {
        journal.close();
        temporary.ifPresent(folder -> {
            try {
                FolderRemoval.remove(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
