package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.memfuse.file.FileFailures;
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
        boolean done = false;
        try {
            others(folder, slot).forEach(other -> takeOver(other, limits, journal));
            done = true;
        } finally {
            if (!done) {
                journal.close();
            }
        }
    }

    /// A journal that cannot be taken over now keeps its entries for the next start.
    private static void takeOver(Path other, Supplier<JournalLimits> limits, Journal journal) {
        try {
            tryOpen(other, limits).ifPresent(abandoned -> {
                try (abandoned) {
                    journal.adopt(abandoned);
                }
            });
        } catch (JournalException e) {
            LOG.error("Journal: the entries in {} could not be taken over; the next start tries again. {}", other,
                    e.getMessage(), e);
        }
    }

    private static List<Path> others(Path folder, int slot) {
        try (Stream<Path> slots = Files.list(folder)) {
            return slots.filter(other -> other.getFileName().toString().matches("[0-9]{1,2}"))
                    .filter(other -> !other.getFileName().toString().equals(Integer.toString(slot))).sorted().toList();
        } catch (IOException e) {
            throw new JournalException("The journals in " + folder + " cannot be listed: " + FileFailures.reason(e));
        }
    }
}
