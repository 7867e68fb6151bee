package dev.memfuse.console;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.ServerView;

/// A server with two sessions, one of which waits for the other.
public final class FakeServerView implements ServerView {
    /// Sessions whose statement was cancelled or that were ended, in order.
    public final List<String> signals = new ArrayList<>();
    public List<Session> sessions = List.of(
            new Session(102, "memfuse", "psql", false, "active", "Lock: transactionid", List.of(101), 12, 11.5,
                    "UPDATE users SET name = 'x'"),
            new Session(101, "memfuse", "memfuse-console", true, "idle in transaction", "Client: ClientRead",
                    List.of(), 90, 80, "SELECT 1"));
    public List<Setting> settings = List.of(
            new Setting("port", "5432", "", "Connections and Authentication / Connection Settings",
                    "Sets the TCP port the server listens on.", "1 to 65535", "configuration file", Need.RESTART,
                    false),
            new Setting("shared_buffers", "128MB", "8kB", "Resource Usage / Memory",
                    "Sets the number of shared memory buffers used by the server.", "16 to 1073741823 x 8 kB",
                    "configuration file", Need.RESTART, false),
            new Setting("synchronous_commit", "on", "", "Write-Ahead Log / Settings",
                    "Sets the current transaction's synchronization level.",
                    "local, remote_write, remote_apply, on, off", "configuration file", Need.RELOAD, false),
            new Setting("work_mem", "4MB", "kB", "Resource Usage / Memory",
                    "Sets the maximum memory to be used for query workspaces.", "64 to 2147483647 kB", "default",
                    Need.RELOAD, false));
    /// Why settings, sessions and counters cannot be read; empty when they can.
    public String unreadable = "";
    private int readings;
    /// Whether statements are counted.
    public boolean counted;

    @Override
    public List<Session> sessions() {
        if (!unreadable.isEmpty()) {
            throw new EngineException(unreadable);
        }
        return sessions;
    }

    @Override
    public List<LockWait> lockWaits() {
        return List.of(new LockWait(102, List.of(101), "users", "ShareLock", 11.5, "UPDATE users SET name = 'x'",
                "SELECT 1"));
    }

    @Override
    public Statements statements() {
        return counted
                ? new Statements(List.of(new StatementCount("SELECT 1", 12_000, 480, 0.04, 12_000, 0.99)), "", false)
                : new Statements(List.of(), "The counters of statements are not readable yet.", true);
    }

    @Override
    public void countStatements() {
        counted = true;
    }

    @Override
    public List<TableSize> tables() {
        return List.of(new TableSize("messages", 120_000, 40, 12_345_678, 4_567_890));
    }

    @Override
    public Counters counters() {
        if (!unreadable.isEmpty()) {
            throw new EngineException(unreadable);
        }
        readings++;
        Map<Counter, Long> values = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            values.put(counter, readings * 1_000L * (counter.ordinal() + 1));
        }
        return new Counters(readings * 2_000_000_000L, values, "");
    }

    @Override
    public List<Setting> settings() {
        if (!unreadable.isEmpty()) {
            throw new EngineException(unreadable);
        }
        return settings;
    }

    @Override
    public boolean cancel(int pid) {
        signals.add("cancel " + pid);
        return true;
    }

    @Override
    public boolean terminate(int pid) {
        signals.add("terminate " + pid);
        return pid != 101;
    }
}
