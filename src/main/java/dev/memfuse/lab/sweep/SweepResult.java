package dev.memfuse.lab.sweep;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// The result of a sweep. Serialized as JSON, with component names in snake_case.
///
/// @param formatVersion 1
/// @param startedAt start of the first load
/// @param cancelled whether it was ended by hand; a value without a complete load is left out
/// @param parameter the parameter
/// @param sentence finding in words
/// @param points ascending by value
/// @param law the fitted Universal Scalability Law; null when it does not fit these points
/// @param noLaw why there is no law; empty when there is one
/// @param problems sentences about what limits the figures, such as a disagreement with Little's law
/// @param design how it was measured, by name
/// @param environment machine, JVM, database, versions
/// @param secondParameter the other parameter of a grid, whose points have two values; null for one parameter
public record SweepResult(int formatVersion, Instant startedAt, boolean cancelled, String parameter, String sentence,
        List<SweepPoint> points, @Nullable Law law, String noLaw, List<String> problems, Map<String, String> design,
        Map<String, String> environment,
        @Nullable String secondParameter) {

    /// Creates the result of a sweep over one parameter.
    public SweepResult(int formatVersion, Instant startedAt, boolean cancelled, String parameter, String sentence,
            List<SweepPoint> points, @Nullable Law law, String noLaw, List<String> problems, Map<String, String> design,
            Map<String, String> environment) {
        this(formatVersion, startedAt, cancelled, parameter, sentence, points, law, noLaw, problems, design,
                environment, null);
    }

    /// The fitted law.
    ///
    /// @param rate throughput at a value of 1, in operations per second
    /// @param contention share of the work that is serial
    /// @param coherency cost of keeping each pair of workers coherent, in units of the work of one
    /// @param knee value of the largest throughput; null when throughput only approaches a limit
    /// @param misfit relative deviation of the points from the curve
    /// @param curve throughput by the law, with its interval, at each measured value
    public record Law(Interval rate, Interval contention, Interval coherency, @Nullable Interval knee, double misfit,
            List<Interval> curve) {

        /// Returns the throughput that the law states for a value of the parameter, in operations per second.
        ///
        /// @param value positive
        public double throughput(double value) {
            return rate.estimate() * value / (1 + contention.estimate() * (value - 1)
                    + coherency.estimate() * value * (value - 1));
        }

        /// Returns the coefficients with their 95 % intervals, by name.
        ///
        /// @param parameter the parameter, the unit of the knee
        public Map<String, String> facts(String parameter) {
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("throughput at 1", text(rate) + " per second");
            facts.put("contention", text(contention));
            facts.put("coherency", text(coherency));
            facts.put("knee", knee == null
                    ? "none: throughput only approaches a limit"
                    : text(knee) + " " + parameter);
            facts.put("misfit", String.format(Locale.ROOT, "%.1f %%", 100 * misfit));
            return facts;
        }

        private static String text(Interval interval) {
            return interval.bounded()
                    ? String.format(Locale.ROOT, "%s [%s, %s]", small(interval.estimate()), small(interval.low()),
                            small(interval.high()))
                    : small(interval.estimate());
        }

        /// Returns a number of any size; coefficients can be far below 0.001.
        private static String small(double value) {
            return value != 0 && Math.abs(value) < 0.01
                    ? String.format(Locale.ROOT, "%.2g", value)
                    : Numbers.value(value);
        }
    }
}
