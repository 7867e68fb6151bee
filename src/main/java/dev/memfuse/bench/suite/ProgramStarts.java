package dev.memfuse.bench.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.harness.BenchWatch;

/// Starts of the whole program, window and engine, each in a process of its own: the first one on an empty data folder,
/// then several on that folder.
///
/// @param folder data folder of these programs, which the caller deletes
/// @param starts number of starts after the first
/// @param idle time with open window and ready engine before the memory is read
record ProgramStarts(BenchTarget target, Path folder, int starts, Duration idle) {
    private static final double WINDOW_MS = 1_500;
    private static final double READY_MS = 4_000;
    private static final double RESIDENT_MB = 600;

    /// Adds the figures of the starts.
    void measure(List<BenchReport.Figure> figures, BenchWatch watch) throws InterruptedException {
        watch.step("starting the program with its window for the first time");
        try (BenchTarget.StartedProgram first = target.startProgram(folder)) {
            figures.add(BenchReport.Figure.of("first start of the program to its window", first.windowMs(), "ms"));
            figures.add(BenchReport.Figure.of("first start of the program to the ready engine", first.readyMs(),
                    "ms"));
        }
        List<Double> window = new ArrayList<>();
        List<Double> ready = new ArrayList<>();
        OptionalDouble resident = OptionalDouble.empty();
        for (int start = 1; start <= starts && !watch.stopped(); start++) {
            watch.step("starting the program with its window, " + start + " of " + starts);
            try (BenchTarget.StartedProgram program = target.startProgram(folder)) {
                window.add(program.windowMs());
                ready.add(program.readyMs());
                if (start == starts) {
                    watch.pause(idle);
                    resident = program.residentMb();
                }
            }
        }
        add(figures, "start of the program to its window", window, WINDOW_MS);
        add(figures, "start of the program to the ready engine", ready, READY_MS);
        figures.add(new BenchReport.Figure("resident memory with open window and idle engine",
                resident.isPresent() ? resident.getAsDouble() : null, "MB", BenchReport.Target.atMost(RESIDENT_MB)));
    }

    private static void add(List<BenchReport.Figure> figures, String name, List<Double> values, double goal) {
        if (values.isEmpty()) {
            return;
        }
        BenchReport.Ratio spread = BenchReport.Ratio.of(values);
        figures.add(new BenchReport.Figure(name + ", median of " + values.size(), spread.median(), "ms",
                BenchReport.Target.atMost(goal)));
        figures.add(BenchReport.Figure.of(name + ", shortest", spread.min(), "ms"));
        figures.add(BenchReport.Figure.of(name + ", longest", spread.max(), "ms"));
    }
}
