package dev.memfuse.engine.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Restores the rounds that an earlier process left in the journal to the buffers, in their order. They are readable at
/// once and flushed as usual; storing a round a second time has no effect, since its ids exist.
final class JournalRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);

    private JournalRecovery() {}

    /// Called once, before the engine accepts operations.
    static void restore(Journal journal, UserStates states) {
        Map<UUID, List<BufferedRound>> byUser = new LinkedHashMap<>();
        journal.forEachUnreleased(recovered -> {
            JournalEntry.Round round = recovered.round();
            byUser.computeIfAbsent(round.session().userId(), _ -> new ArrayList<>())
                    .add(new BufferedRound(round.roundId(), round.session(), round.createdAt(), round.messages(),
                            round.tokens(), List.of(), recovered.lsn()));
        });
        byUser.forEach((user, rounds) -> states.of(user).buffers().recover(rounds));
        if (!byUser.isEmpty()) {
            LOG.info("Journal: {} rounds of {} users are still to be stored",
                    byUser.values().stream().mapToInt(List::size).sum(), byUser.size());
        }
    }
}
