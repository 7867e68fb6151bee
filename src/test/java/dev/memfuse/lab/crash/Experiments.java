package dev.memfuse.lab.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Short experiments of each kind, for trials of the program.
enum Experiments {
    COMPARE("pair 1 of", "not final", "compare", "--set-b", "buffer.bypass_mode=false", "--rate", "150", "--users", "2",
            "--mix",
            "add=1", "--settle", "0.2s", "--block", "1s", "--pairs", "6", "--recall-turns", "0"),
    SWEEP("At rate ", "At rate 40", "sweep", "--parameter", "rate", "--values", "20,40,60,80", "--rounds", "3",
            "--duration", "2s",
            "--warmup", "0.2s", "--users", "2"),
    TUNE("Tuning, ", "candidate 2", "tune", "--goal", "minimise add.p50", "--budget", "1m", "--rate", "40", "--users",
            "2"),
    SCORECARD("Scorecard: ", ": 9 of 48", "scorecard", "--quick");

    /// A part of the line that says that it measures.
    final String underWay;
    /// A part of a line after which it has measured something.
    final String measured;
    /// Its words, one a line.
    private final String arguments;

    Experiments(String underWay, String measured, String... arguments) {
        this.underWay = underWay;
        this.measured = measured;
        this.arguments = String.join("\n", arguments);
    }

    /// Returns the command line with further options.
    String[] with(String... options) {
        List<String> all = new ArrayList<>(arguments.lines().toList());
        all.addAll(Arrays.asList(options));
        return all.toArray(String[]::new);
    }

    /// Returns the command line of a comparison whose arms both commit at once.
    static String[] withoutJournal() {
        return COMPARE.arguments.lines().map(word -> word.replace("buffer.bypass_mode=false", "postgres.pool_size=5"))
                .toArray(String[]::new);
    }
}
