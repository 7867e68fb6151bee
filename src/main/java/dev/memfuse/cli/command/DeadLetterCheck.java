package dev.memfuse.cli.command;

import java.time.Duration;
import java.util.Locale;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;

/// Finds out whether the database refused rounds since this check was made.
final class DeadLetterCheck {
    /// Longest wait until the buffered messages are stored. The shutdown waits again, with its own limit.
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);

    private final MemoryEngine memory;
    private final int before;

    DeadLetterCheck(MemoryEngine memory) {
        this.memory = memory;
        this.before = memory.deadLetters().count();
    }

    /// Stores the buffered messages and reports the rounds that the database refused.
    ///
    /// @return whether it refused none
    boolean none(Terminal terminal) throws InterruptedException {
        Thread flush = BackgroundThreads.virtual("load-flush").start(() -> {
            try {
                memory.flush();
            } catch (EngineException e) {
                terminal.step("Some messages are not stored yet: " + e.getMessage());
            }
        });
        boolean stored = flush.join(FLUSH_LIMIT);
        int refused = memory.deadLetters().count() - before;
        if (refused > 0) {
            terminal.step(String.format(Locale.ROOT, "%,d %s refused by the database and %s: "
                    + "see 'memfuse dead-letters list'.", refused, refused == 1 ? "round was" : "rounds were",
                    refused == 1 ? "is a dead letter" : "are dead letters"));
        } else if (!stored) {
            terminal.step("Buffered messages are still being stored.");
        }
        return refused <= 0;
    }
}
