package dev.memfuse.metrics.stats;

import java.util.Arrays;
import java.util.OptionalDouble;

/// The Universal Scalability Law fitted to measured points: throughput at `n` is
/// `rate * n / (1 + contention * (n - 1) + coherency * n * (n - 1))`.
///
/// Start: weighted linear least squares of `n / throughput`. Then Gauss-Newton on the logarithm of the throughput, so
/// that every level counts by its relative error, with halved steps. Contention and coherency are 0 or larger; one that
/// would be negative is fixed at 0, and the others are fitted without it. Intervals are those of the linearised model
/// with Student's distribution. Sources: Gunther, *Guerrilla Capacity Planning* (2007), chapters 5 and 6; Schwartz,
/// *Practical Scalability Analysis with the Universal Scalability Law* (2015), for the third coefficient; Seber and
/// Wild, *Nonlinear Regression* (1989), chapters 2 and 5. Immutable.
public final class UniversalScalability implements ScalabilityFit {
    /// Minimum number of different levels.
    public static final int MIN_LEVELS = 6;
    private static final int RATE = 0;
    private static final int CONTENTION = 1;
    private static final int COHERENCY = 2;
    private static final int PARAMETERS = 3;
    private static final int ITERATIONS = 100;
    private static final double CONVERGED = 1e-12;

    /// Logarithm of the rate, contention, coherency.
    private final double[] values;
    private final double[][] covariance;
    private final double quantile;
    private final double misfit;

    private UniversalScalability(double[] values, double[][] covariance, double quantile, double misfit) {
        this.values = values;
        this.covariance = covariance;
        this.quantile = quantile;
        this.misfit = misfit;
    }

    /// Fits the law to points in any order; several points of one level are allowed.
    ///
    /// @param levels concurrency or size of each point, positive
    /// @param throughputs operations per second of each point, positive
    /// @param alpha probability that an interval misses its true value, 0..1 exclusive
    /// @return a `UniversalScalability`, or a refusal when the points are no basis for one
    public static ScalabilityFit fit(double[] levels, double[] throughputs, double alpha) {
        if (levels.length != throughputs.length) {
            throw new IllegalArgumentException("Each level must have a throughput.");
        }
        long different = Arrays.stream(levels).distinct().count();
        if (different < MIN_LEVELS) {
            return new ScalabilityFit.Refused("The Universal Scalability Law needs at least " + MIN_LEVELS
                    + " different levels, but there " + (different == 1 ? "is 1." : "are " + different + "."));
        }
        if (!allPositive(levels) || !allPositive(throughputs)) {
            return new ScalabilityFit.Refused("The Universal Scalability Law needs levels and throughputs above 0.");
        }
        boolean[] free = {true, true, true};
        double[] values = gaussNewton(levels, throughputs, start(levels, throughputs, free), free);
        while (fixNegative(values, free)) {
            values = gaussNewton(levels, throughputs, start(levels, throughputs, free), free);
        }
        return summary(levels, throughputs, values, free, alpha);
    }

    private static boolean allPositive(double[] points) {
        return Arrays.stream(points).allMatch(value -> value > 0 && Double.isFinite(value));
    }

    /// Fixes one negative coefficient at 0, coherency first, since the other may be positive without it.
    private static boolean fixNegative(double[] values, boolean[] free) {
        for (int i : new int[]{COHERENCY, CONTENTION}) {
            if (free[i] && values[i] < 0) {
                free[i] = false;
                return true;
            }
        }
        return false;
    }

    private static double[] start(double[] levels, double[] throughputs, boolean[] free) {
        NormalEquations equations = new NormalEquations(PARAMETERS);
        for (int i = 0; i < levels.length; i++) {
            double n = levels[i];
            double weight = throughputs[i] / n;
            equations.add(new double[]{weight, free[CONTENTION] ? weight * (n - 1) : 0,
                    free[COHERENCY] ? weight * n * (n - 1) : 0}, 1);
        }
        double[] linear = equations.solve();
        double first = Math.max(linear[0], Double.MIN_NORMAL);
        return new double[]{-Math.log(first), linear[1] / first, linear[2] / first};
    }

    private static double[] gaussNewton(double[] levels, double[] throughputs, double[] start, boolean[] free) {
        double[] values = start;
        if (!Double.isFinite(squares(levels, throughputs, values))) {
            // A negative coefficient makes the law's denominator negative: begin with perfect scaling.
            values = new double[]{Math.log(throughputs[0] / levels[0]), 0, 0};
        }
        for (int i = 0; i < ITERATIONS; i++) {
            double[] step = equations(levels, throughputs, values, free).solve();
            double before = squares(levels, throughputs, values);
            double share = 1;
            double[] next = moved(values, step, share);
            while (!(squares(levels, throughputs, next) <= before) && share > CONVERGED) {
                share /= 2;
                next = moved(values, step, share);
            }
            if (share <= CONVERGED || before - squares(levels, throughputs, next) <= CONVERGED * before) {
                return share <= CONVERGED ? values : next;
            }
            values = next;
        }
        return values;
    }

    private static double[] moved(double[] values, double[] step, double share) {
        double[] next = values.clone();
        for (int i = 0; i < PARAMETERS; i++) {
            next[i] += share * step[i];
        }
        return next;
    }

    private static NormalEquations equations(double[] levels, double[] throughputs, double[] values, boolean[] free) {
        NormalEquations equations = new NormalEquations(PARAMETERS);
        for (int i = 0; i < levels.length; i++) {
            equations.add(gradient(levels[i], values, free),
                    Math.log(throughputs[i]) - logThroughput(levels[i], values));
        }
        return equations;
    }

    private static double squares(double[] levels, double[] throughputs, double[] values) {
        double sum = 0;
        for (int i = 0; i < levels.length; i++) {
            double residual = Math.log(throughputs[i]) - logThroughput(levels[i], values);
            sum += residual * residual;
        }
        return sum;
    }

    private static double denominator(double n, double[] values) {
        return 1 + values[CONTENTION] * (n - 1) + values[COHERENCY] * n * (n - 1);
    }

    private static double logThroughput(double n, double[] values) {
        return values[RATE] + Math.log(n) - Math.log(denominator(n, values));
    }

    private static double[] gradient(double n, double[] values, boolean[] free) {
        double denominator = denominator(n, values);
        return new double[]{1, free[CONTENTION] ? -(n - 1) / denominator : 0,
                free[COHERENCY] ? -n * (n - 1) / denominator : 0};
    }

    private static UniversalScalability summary(double[] levels, double[] throughputs, double[] values, boolean[] free,
            double alpha) {
        int parameters = (free[CONTENTION] ? 1 : 0) + (free[COHERENCY] ? 1 : 0) + 1;
        int degrees = levels.length - parameters;
        double variance = squares(levels, throughputs, values) / degrees;
        double[][] covariance = equations(levels, throughputs, values, free).inverse();
        for (int row = 0; row < PARAMETERS; row++) {
            for (int column = 0; column < PARAMETERS; column++) {
                // A fixed coefficient has no variance.
                covariance[row][column] *= free[row] && free[column] ? variance : 0;
            }
        }
        return new UniversalScalability(values, covariance, Means.t(1 - alpha / 2, degrees), Math.sqrt(variance));
    }

    /// Returns the throughput at a level of 1, in operations per second.
    public Interval rate() {
        return interval(values[RATE], new double[]{1, 0, 0}).map(Math::exp);
    }

    /// Returns the share of the work that is serial, 0 or larger.
    public Interval contention() {
        return coefficient(CONTENTION);
    }

    /// Returns the cost of keeping each pair of workers coherent, in units of the work of one, 0 or larger.
    public Interval coherency() {
        return coefficient(COHERENCY);
    }

    private Interval coefficient(int i) {
        double[] gradient = new double[PARAMETERS];
        gradient[i] = 1;
        Interval interval = interval(values[i], gradient);
        return new Interval(interval.estimate(), Math.max(0, interval.low()), interval.high());
    }

    /// Returns the level of the largest throughput, the knee: `sqrt((1 - contention) / coherency)`; empty when the law
    /// has none: without coherency cost throughput only approaches a limit.
    public OptionalDouble knee() {
        double contention = values[CONTENTION];
        double coherency = values[COHERENCY];
        return coherency <= 0 || contention >= 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt((1 - contention) / coherency));
    }

    /// Returns the knee with its interval, from the linearised logarithm; unbounded and NaN when there is none.
    public Interval kneeInterval() {
        OptionalDouble knee = knee();
        if (knee.isEmpty()) {
            return Interval.unbounded(Double.NaN);
        }
        double[] gradient = {0, -0.5 / (1 - values[CONTENTION]), -0.5 / values[COHERENCY]};
        return interval(Math.log(knee.getAsDouble()), gradient).map(Math::exp);
    }

    /// Returns the throughput that the law states for a level, with the interval of the fitted curve.
    ///
    /// @param level positive
    public Interval throughput(double level) {
        return interval(logThroughput(level, values), gradient(level, values, new boolean[]{true, true, true}))
                .map(Math::exp);
    }

    /// Returns the relative deviation of the points from the curve, as a standard deviation.
    public double misfit() {
        return misfit;
    }

    private Interval interval(double estimate, double[] gradient) {
        double variance = 0;
        for (int row = 0; row < PARAMETERS; row++) {
            for (int column = 0; column < PARAMETERS; column++) {
                variance += gradient[row] * covariance[row][column] * gradient[column];
            }
        }
        double half = quantile * Math.sqrt(Math.max(0, variance));
        return new Interval(estimate, estimate - half, estimate + half);
    }
}
