package dev.memfuse.engine.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.journal.RecoveredRound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts what an earlier process left in the journal back into the buffers, in its order: readable at once, and flushed
/// like everything else. What was stored already is stored again without effect, because its ids are known.
final class JournalRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);

    private JournalRecovery() {}

    static void putBack(Journal journal, Function<UUID, UserState> states) {
        Map<UUID, List<BufferedRound>> byUser = new LinkedHashMap<>();
        for (RecoveredRound recovered : journal.recovered()) {
            JournalEntry.Round round = recovered.round();
            byUser.computeIfAbsent(round.session().userId(), _ -> new ArrayList<>())
                    .add(new BufferedRound(round.roundId(), round.session(), round.createdAt(), round.messages(),
                            round.tokens(), List.of(), recovered.lsn()));
        }
        byUser.forEach((user, rounds) -> states.apply(user).buffers().recover(rounds));
        if (!byUser.isEmpty()) {
            LOG.info("Journal: {} rounds of {} users wait to be stored",
                    byUser.values().stream().mapToInt(List::size).sum(), byUser.size());
        }
    }
}
