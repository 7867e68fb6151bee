package dev.memfuse.lab.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.memfuse.file.FileFailures;
import dev.memfuse.file.PrivateFiles;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.PairedRatios;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last comparison of equal arms (A/A) on this machine: it tells the smallest difference that a comparison can
/// show here. Kept in one small file. Thread-safe.
public final class EqualArms {
    private static final Logger LOG = LoggerFactory.getLogger(EqualArms.class);
    private static final String SEPARATOR = ",";

    private final Path file;
    private volatile Optional<Last> last;

    /// The values of the pairs of an A/A.
    ///
    /// @param at start of the comparison
    /// @param pairs by metric: values of both blocks of each pair
    private record Last(Instant at, Map<String, List<double[]>> pairs) {}

    /// A smallest difference.
    ///
    /// @param relative relative change that is found with a probability of 80 %: 0.04 means a ratio of 1.04
    /// @param at time of the A/A that it comes from
    public record Smallest(double relative, Instant at) {}

    /// Reads the file, when there is one.
    public EqualArms(Path file) {
        this.file = file;
        last = read(file);
    }

    /// Keeps the blocks of a comparison of equal arms, in place of those before.
    ///
    /// @throws UncheckedIOException when the file cannot be written
    void keep(ComparisonResult result) {
        Map<Integer, Block> open = new TreeMap<>();
        Map<String, List<double[]>> pairs = new LinkedHashMap<>();
        for (Block block : result.blocks()) {
            Block other = open.putIfAbsent(block.pair(), block);
            if (other != null) {
                Block a = block.candidate() ? other : block;
                Block b = block.candidate() ? block : other;
                a.values().forEach((metric, value) -> {
                    Double same = b.values().get(metric);
                    if (same != null) {
                        pairs.computeIfAbsent(metric, _ -> new ArrayList<>()).add(new double[]{value, same});
                    }
                });
            }
        }
        last = Optional.of(new Last(result.startedAt(), pairs));
        List<String> lines = new ArrayList<>(List.of(result.startedAt().toString()));
        pairs.forEach((metric, values) -> values
                .forEach(pair -> lines.add(String.join(SEPARATOR, metric, Double.toString(pair[0]),
                        Double.toString(pair[1])))));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path _ = PrivateFiles.replace(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The A/A of this machine cannot be kept in " + file + ": "
                    + FileFailures.reason(e) + ".", e);
        }
    }

    /// Returns the smallest difference of a metric that pairs show on this machine; empty without an A/A that measured
    /// it.
    public Optional<Smallest> smallest(Metric metric, int pairs, double alpha) {
        return last.flatMap(known -> {
            List<double[]> values = known.pairs().getOrDefault(metric.name(), List.of());
            double relative = PairedRatios.of(values.stream().mapToDouble(pair -> pair[0]).toArray(),
                    values.stream().mapToDouble(pair -> pair[1]).toArray()).smallestDifference(pairs, alpha);
            return Double.isFinite(relative) ? Optional.of(new Smallest(relative, known.at())) : Optional.empty();
        });
    }

    private static Optional<Last> read(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            Map<String, List<double[]>> pairs = new LinkedHashMap<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(SEPARATOR, -1);
                pairs.computeIfAbsent(cells[0], _ -> new ArrayList<>())
                        .add(new double[]{Double.parseDouble(cells[1]), Double.parseDouble(cells[2])});
            }
            return Optional.of(new Last(Instant.parse(lines.getFirst()), pairs));
        } catch (IOException | DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.warn("Compare: the last A/A in {} cannot be read and is ignored", file, e);
            return Optional.empty();
        }
    }
}
