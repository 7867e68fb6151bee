package dev.memfuse.console.lab.experiment;

/// A running experiment as text.
public interface RunningText {
    /// Returns what is in progress.
    String title();

    /// Returns the current step.
    String step();

    /// Returns the expected time to the end.
    String left();

    /// Returns the part that has ended, 0..1.
    double share();
}
