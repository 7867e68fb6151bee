package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journals of one database on this machine. Several processes may use one store; each has its own journal, in the
/// folder `0`, `1` and so on. A process opens the first free one and takes over the entries of processes that ended
/// without storing them.
public final class JournalSlots {
    private static final Logger LOG = LoggerFactory.getLogger(JournalSlots.class);
    private static final int MAX_SLOTS = 64;

    private JournalSlots() {}

    /// Opens a free journal in the folder of a database.
    ///
    /// @throws JournalException when none can be opened
    public static Journal open(Path folder, Supplier<JournalLimits> limits) {
        for (int slot = 0; slot < MAX_SLOTS; slot++) {
            Optional<Journal> journal = tryOpen(folder.resolve(Integer.toString(slot)), limits);
            if (journal.isPresent()) {
                takeOver(folder, slot, limits, journal.get());
                return journal.get();
            }
        }
        throw new JournalException("More than " + MAX_SLOTS + " programs use the journals in " + folder
                + ". Close some, or choose another folder with --data-dir.");
    }

    private static Optional<Journal> tryOpen(Path folder, Supplier<JournalLimits> limits) {
        try {
            return Optional.of(Journal.open(folder, limits));
        } catch (JournalLockedException e) {
            LOG.debug("Journal: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static void takeOver(Path folder, int slot, Supplier<JournalLimits> limits, Journal journal) {
        for (Path other : others(folder, slot)) {
            tryOpen(other, limits).ifPresent(abandoned -> {
                try (abandoned) {
                    journal.adoptCreations(abandoned.recoveredCreations());
                    abandoned.recoveredCreations().forEach(recovered -> abandoned.release(recovered.lsn()));
                    journal.adopt(abandoned.recovered());
                    abandoned.recovered().forEach(recovered -> abandoned.release(recovered.lsn()));
                }
            });
        }
    }

    private static List<Path> others(Path folder, int slot) {
        try (Stream<Path> slots = Files.list(folder)) {
            return slots.filter(other -> other.getFileName().toString().matches("[0-9]{1,2}"))
                    .filter(other -> !other.getFileName().toString().equals(Integer.toString(slot))).sorted().toList();
        } catch (IOException e) {
            throw new JournalException("The journals in " + folder + " cannot be listed: " + e.getMessage());
        }
    }
}
