package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journals of one database on this machine: several processes may use one store, and each has a journal of its
/// own, `0`, `1` and so on. A process takes the first that is free, and takes over what dead processes left in the
/// others.
public final class JournalSlots {
    private static final Logger LOG = LoggerFactory.getLogger(JournalSlots.class);
    private static final int MAX_SLOTS = 64;

    private JournalSlots() {}

    /// Opens a journal in the folder of a database.
    ///
    /// @throws JournalException when none can be opened
    public static Journal open(Path folder, Supplier<JournalLimits> limits) {
        for (int slot = 0; slot < MAX_SLOTS; slot++) {
            Optional<Journal> own = tryOpen(folder.resolve(Integer.toString(slot)), limits);
            if (own.isPresent()) {
                takeOver(folder, slot, limits, own.get());
                return own.get();
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

    private static void takeOver(Path folder, int mine, Supplier<JournalLimits> limits, Journal own) {
        for (Path other : others(folder, mine)) {
            tryOpen(other, limits).ifPresent(journal -> {
                try (journal) {
                    own.adopt(journal.recovered());
                    journal.recovered().forEach(recovered -> journal.release(recovered.lsn()));
                }
            });
        }
    }

    private static List<Path> others(Path folder, int mine) {
        try (Stream<Path> slots = Files.list(folder)) {
            return new ArrayList<>(slots.filter(slot -> slot.getFileName().toString().matches("[0-9]{1,2}"))
                    .filter(slot -> !slot.getFileName().toString().equals(Integer.toString(mine))).sorted().toList());
        } catch (IOException e) {
            throw new JournalException("The journals in " + folder + " cannot be listed: " + e.getMessage());
        }
    }
}
