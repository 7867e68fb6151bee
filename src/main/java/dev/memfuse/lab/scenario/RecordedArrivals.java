package dev.memfuse.lab.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.load.shape.Shape;

/// Reads the arrivals of each second of a run from the timeline in its report.
public final class RecordedArrivals {
    private static final String FILE = "timeline.csv";
    private static final List<String> RATES = List.of("throughput_per_s", "errors_per_s", "dropped_per_s");
    private static final String WARMUP = "warmup";

    private RecordedArrivals() {}

    /// Returns the shape of a recorded run: in each measured second as many arrivals as operations ended, failed or were
    /// dropped in it. Blocks.
    ///
    /// @param recording folder with a `timeline.csv`, or that file
    /// @param scale factor of the arrivals
    /// @throws IllegalArgumentException when it cannot be read; the message is for the user
    public static Shape.Replay read(Path recording, double scale) {
        Path file = Files.isDirectory(recording) ? recording.resolve(FILE) : recording;
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(Files.exists(file)
                    ? file + " cannot be read: " + e.getMessage()
                    : "there is no " + file + "; write a report of the run to replay with 'load --report'", e);
        }
        List<String> names = lines.isEmpty() ? List.of() : List.of(lines.getFirst().split(",", -1));
        if (!names.containsAll(RATES) || !names.contains(WARMUP)) {
            throw new IllegalArgumentException(file + " is not the timeline of a run: the columns "
                    + String.join(", ", RATES) + " and " + WARMUP + " are expected");
        }
        List<Double> perSecond = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            if (cells.length < names.size()) {
                throw wrong(file, i);
            }
            if (cells[names.indexOf(WARMUP)].equals("false")) {
                perSecond.add(RATES.stream().mapToDouble(name -> number(cells[names.indexOf(name)])).sum());
            }
            if (!perSecond.isEmpty() && !(perSecond.getLast() >= 0 && Double.isFinite(perSecond.getLast()))) {
                throw wrong(file, i);
            }
        }
        if (perSecond.stream().noneMatch(rate -> rate > 0)) {
            throw new IllegalArgumentException(file + " has no second with an arrival");
        }
        return new Shape.Replay(recording, scale, perSecond);
    }

    private static IllegalArgumentException wrong(Path file, int row) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "%s has a wrong value in line %d", file, row + 1));
    }

    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
