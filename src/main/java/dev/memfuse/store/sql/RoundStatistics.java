package dev.memfuse.store.sql;

import java.util.concurrent.atomic.AtomicLong;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.store.pool.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets PostgreSQL count the rounds of a young database before its own turn, which comes once a minute.
///
/// PostgreSQL checks the foreign key of each message by a plan that every connection makes once. While the table is
/// small and was never counted, one round looks as likely as all rounds of its user, and the plan may read all of them
/// for each message (ADR 0074). New statistics replace the plans of all connections. Thread-safe.
final class RoundStatistics {
    private static final Logger LOG = LoggerFactory.getLogger(RoundStatistics.class);
    /// Rounds of this process until the first look. Fewer do not fill 32 pages.
    private static final long FIRST_LOOK = 2_000;
    /// The next look comes after as many times the rounds.
    private static final long GROWTH = 4;
    /// At least 32 pages: PostgreSQL would read a smaller table as a whole, and go on so while it grows. Where the
    /// table is distributed it has no pages of its own.
    private static final String OUTGROWN = """
                                           SELECT pg_relation_size(oid) / current_setting('block_size')::int
                                                    >= greatest(32, 2 * relpages) AS outgrown
                                           FROM pg_class WHERE oid = 'rounds'::regclass""";
    /// Does not wait for the same work of PostgreSQL.
    private static final String COUNT = "ANALYZE (SKIP_LOCKED) rounds";

    private final Database database;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong nextLook = new AtomicLong(FIRST_LOOK);

    RoundStatistics(Database database) {
        this.database = database;
    }

    /// Counts stored rounds, and looks at the statistics in the background from time to time. Does not block.
    void stored(int rounds) {
        long now = stored.addAndGet(rounds);
        long look = nextLook.get();
        if (now >= look && nextLook.compareAndSet(look, look * GROWTH)) {
            BackgroundThreads.virtual("engine-statistics").start(this::look);
        }
    }

    private void look() {
        try {
            if (renewOutgrown()) {
                LOG.debug("Database: statistics of the rounds were renewed");
            }
        } catch (EngineException e) {
            // PostgreSQL does the same by itself later.
            LOG.debug("Database: statistics of the rounds could not be renewed: {}", e.getMessage());
        }
    }

    /// Renews the statistics if the table has at least twice as many pages as they tell. Blocks.
    ///
    /// @return false when the statistics are good enough, or the table is small
    private boolean renewOutgrown() {
        return database.withConnection("renew the statistics of rounds", connection -> {
            boolean outgrown = Statements.query(connection, row -> row.getBoolean("outgrown"), OUTGROWN).contains(true);
            if (outgrown) {
                int _ = Statements.update(connection, COUNT);
            }
            return outgrown;
        });
    }
}
