package dev.memfuse.cli.terminal;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.transfer.Progress;

/// Tells every few seconds how far an export or an import is, and ends it when the program is asked to end.
public final class RecordProgress implements Progress {
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Terminal terminal;
    private final StopOnInterrupt interrupt;
    private final String verb;
    private long lastLine = System.nanoTime();

    /// @param verb what happens to the records: "exported"
    public RecordProgress(Terminal terminal, StopOnInterrupt interrupt, String verb) {
        this.terminal = terminal;
        this.interrupt = interrupt;
        this.verb = verb;
    }

    @Override
    public void done(long records, double share) {
        if (interrupt.requested()) {
            throw new EngineException("Stopped. Nothing was " + verb + ".");
        }
        long now = System.nanoTime();
        if (now - lastLine >= LINE_NANOS) {
            lastLine = now;
            terminal.step(line(records, share, verb));
        }
    }

    static String line(long records, double share, String verb) {
        String part = share < 0 ? "" : String.format(Locale.ROOT, " (%.0f %%)", share * 100);
        return String.format(Locale.ROOT, "%,d records %s%s", records, verb, part);
    }
}
