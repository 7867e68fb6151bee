package dev.memfuse.console.fx;

/// Lets one task of a kind run at a time, and merges what is asked for during its run into one more run afterwards, so
/// that the newest input counts. FX thread only.
public final class TaskCoalescer {
    private boolean running;
    private boolean again;

    /// Begins a run.
    ///
    /// @return false when the task runs already; its end then asks for one more run
    public boolean begin() {
        again = running;
        boolean begun = !running;
        running = true;
        return begun;
    }

    /// Ends the run, with a result or without.
    ///
    /// @return whether to begin once more, because something was asked for since
    public boolean end() {
        running = false;
        return again;
    }
}
