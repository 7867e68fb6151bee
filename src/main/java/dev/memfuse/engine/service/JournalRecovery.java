package dev.memfuse.engine.service;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Restores the rounds that an earlier process left in the journal to the buffers, in their order and without their
/// texts. They are readable at once and flushed as usual; storing a round a second time has no effect, since its ids
/// exist.
final class JournalRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);

    private JournalRecovery() {}

    /// Called once, before the engine accepts operations.
    static void restore(Journal journal, UserStates states) {
        Set<UUID> users = new HashSet<>();
        long[] rounds = {0};
        journal.forEachUnreleased(recovered -> {
            SessionKey session = recovered.round().session();
            UserState state = states.of(session.userId());
            state.buffers().recover(session, recovered.lsn(), recovered.round().messages());
            state.activity().buffered();
            users.add(session.userId());
            rounds[0]++;
        });
        if (rounds[0] > 0) {
            LOG.info("Journal: {} rounds of {} users are still to be stored", rounds[0], users.size());
        }
    }
}
