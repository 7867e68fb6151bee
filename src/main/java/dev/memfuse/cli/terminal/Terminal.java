package dev.memfuse.cli.terminal;

import java.io.PrintWriter;
import java.util.List;

import dev.memfuse.progress.Progress;

/// The output of a command: results on one stream, progress and problems on the other. Escapes control characters.
/// Thread-safe.
public final class Terminal {
    private final PrintWriter out;
    private final PrintWriter err;
    private final ProgressPrinter progress;

    /// @param out receives results
    /// @param err receives progress and problems
    /// @param interactive whether a person reads the terminal: progress is a moving bar instead of lines
    public Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
        this.out = out;
        this.err = err;
        this.progress = new ProgressPrinter(err, interactive, System::nanoTime);
    }

    /// Prints the lines of a result.
    public void print(List<String> lines) {
        progress.end();
        lines.forEach(line -> out.println(PrintableText.line(line)));
        out.flush();
    }

    /// Prints a line about the work, for instance where its result is.
    public void step(String line) {
        styled(PrintableText.line(line));
    }

    /// Prints a line that has colours and whose other control characters are escaped.
    void styled(String line) {
        progress.end();
        err.println(line);
        err.flush();
    }

    /// Prints the progress of the work: a bar or, from time to time, a line.
    public void progress(Progress now) {
        progress.print(now);
    }

    /// Returns the stream of results.
    public PrintWriter out() {
        return out;
    }

    /// Returns the stream of progress and problems, on a new line.
    public PrintWriter err() {
        progress.end();
        return err;
    }
}
