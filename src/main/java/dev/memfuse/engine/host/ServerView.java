package dev.memfuse.engine.host;

import java.util.List;
import java.util.Map;

import dev.memfuse.engine.exception.EngineException;

/// What the database server in use does now, for a person who examines it. Thread-safe; every method blocks for a
/// connection of its own and fails with an [EngineException] whose message is a sentence.
public interface ServerView {

    /// Returns the sessions of clients, without the one that reads them: those that wait first, then the longest
    /// transactions.
    List<Session> sessions();

    /// Returns the locks that sessions wait for.
    List<LockWait> lockWaits();

    /// Returns the statements with the largest total time since the server counts them.
    Statements statements();

    /// Makes the server count statements, where its settings allow it: creates the extension.
    void countStatements();

    /// Returns the tables with their indexes, the largest first.
    List<TableSize> tables();

    /// Returns the counters of the server's activity at this moment. A counter that cannot be read is left out.
    Counters counters();

    /// Returns the settings of the server, by name.
    List<Setting> settings();

    /// Asks a session to end its statement.
    ///
    /// @return false when there is no such session
    boolean cancel(int pid);

    /// Ends a session; its transaction is rolled back.
    ///
    /// @return false when there is no such session
    boolean terminate(int pid);

    /// A session of a client.
    ///
    /// @param own whether it is one of this program
    /// @param waitEvent type and name of what it waits for; empty while it works
    /// @param blockedBy ids of the sessions that hold a lock that it waits for
    /// @param transactionSeconds age of its transaction; negative outside of one
    /// @param statementSeconds time since its newest statement began; negative when it has run none
    /// @param statement its newest statement, at most 2000 characters
    record Session(int pid, String user, String application, boolean own, String state, String waitEvent,
            List<Integer> blockedBy, double transactionSeconds, double statementSeconds, String statement) {}

    /// A session that waits for a lock.
    ///
    /// @param object table or kind of what is locked
    /// @param mode mode of the lock that it waits for
    /// @param seconds time since it began to wait
    /// @param statement statement of the waiting session, or the right that is needed to see it
    /// @param holderStatement newest statement of the first session that holds it, or the right that is needed to see
    ///        it
    record LockWait(int pid, List<Integer> blockedBy, String object, String mode, double seconds, String statement,
            String holderStatement) {}

    /// Statements as the server counts them.
    ///
    /// @param problem why there are none, a sentence; else empty
    /// @param countable whether [#countStatements] helps
    record Statements(List<StatementCount> all, String problem, boolean countable) {}

    /// A statement with its counters.
    ///
    /// @param hitShare share of the blocks that were in the server's memory, 0..1; negative without blocks
    record StatementCount(String text, long calls, double totalMillis, double meanMillis, long rows, double hitShare) {}

    /// A counter of the server's activity. It grows until the server resets it.
    enum Counter {
        COMMITS,
        ROLLBACKS,
        BLOCKS_HIT,
        BLOCKS_READ,
        BLOCKS_WRITTEN,
        TEMPORARY_BYTES,
        DEADLOCKS,
        CHECKPOINTS_TIMED,
        CHECKPOINTS_REQUESTED,
        WAL_BYTES
    }

    /// Counters of one moment.
    ///
    /// @param nanos the moment, on the clock of [System#nanoTime]
    /// @param values the counters that could be read
    /// @param problem sentences about the other ones; empty when all could be read
    record Counters(long nanos, Map<Counter, Long> values, String problem) {
        public Counters {
            values = Map.copyOf(values);
        }
    }

    /// A setting of the server in force.
    ///
    /// @param value its value as the server prints it, with unit: "128MB"
    /// @param unit unit of a number without one; empty for none
    /// @param group group of PostgreSQL's manual
    /// @param description what it does, in the words of the server
    /// @param range accepted values: "64 to 2147483647 kB", "on, off"; empty when any text is
    /// @param source where the value comes from: "default", "configuration file"
    /// @param change what a change needs
    /// @param pending whether a changed value waits for a restart of the server
    record Setting(String name, String value, String unit, String group, String description, String range,
            String source, Need change, boolean pending) {}

    /// What a change of a setting needs.
    enum Need {
        RELOAD("reload"),
        CONNECTION("new connection"),
        RESTART("restart"),
        FIXED("fixed");

        private final String word;

        Need(String word) {
            this.word = word;
        }

        /// Returns it in one or two words.
        public String word() {
            return word;
        }
    }

    /// A table.
    ///
    /// @param rows estimate of the server
    /// @param deadRows rows that a vacuum will remove, an estimate
    record TableSize(String name, long rows, long deadRows, long tableBytes, long indexBytes) {}
}
