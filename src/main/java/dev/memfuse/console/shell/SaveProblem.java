package dev.memfuse.console.shell;

import java.util.function.Consumer;

/// Says that the window cannot save what it remembers: once, until it could again. The window saves after every change,
/// so that a full disk would be said at each key. FX thread only.
public final class SaveProblem {
    private final Consumer<String> warn;
    private String said = "";

    /// @param warn shows one sentence about a failure
    public SaveProblem(Consumer<String> warn) {
        this.warn = warn;
    }

    /// Takes the outcome of a save.
    ///
    /// @param problem empty for a save that succeeded
    public void show(String problem) {
        if (!problem.isEmpty() && said.isEmpty()) {
            warn.accept(problem);
        }
        said = problem;
    }
}
