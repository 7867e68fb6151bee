package dev.memfuse.cli.terminal;

import java.util.function.Consumer;

/// Passes on what happens, but not the same line twice in a row: a step with a percentage tells often. Thread-safe.
public final class DistinctLines implements Consumer<String> {
    private final Terminal terminal;
    private String last = "";

    public DistinctLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void accept(String step) {
        if (!step.equals(last)) {
            last = step;
            terminal.step(step);
        }
    }
}
