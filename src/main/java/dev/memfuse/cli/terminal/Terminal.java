package dev.memfuse.cli.terminal;

import java.io.PrintWriter;
import java.util.List;

import dev.memfuse.load.LoadRun;

/// Where a command writes: results to one stream, what happens meanwhile to the other.
///
/// @param out results
/// @param err progress and problems
/// @param interactive whether a person watches: a bar that moves instead of lines
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {

    /// Prints lines of a result.
    public void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    /// Prints one line about what happens.
    public void step(String line) {
        err.println(line);
        err.flush();
    }

    /// Shows how far a run is until it ended.
    public void follow(LoadRun run) throws InterruptedException {
        if (interactive) {
            new ProgressBars(err).follow(run);
        } else {
            new ProgressLines(this).follow(run);
        }
    }
}
