package dev.memfuse.metrics.stats;

import java.util.Arrays;

/// The group-sequential rule of O'Brien and Fleming: a fixed number of looks at growing data, each with its own alpha,
/// so that the probability of a false alarm at any of them is the overall alpha. Early looks need much, the last one
/// costs little power.
///
/// The boundary of a look is `C * sqrt(last / pairs)` for a normal statistic. `C` comes from the distribution of a
/// Brownian motion at the looks, integrated numerically, so that any looks are allowed. Sources: O'Brien and Fleming,
/// *A Multiple Testing Procedure for Clinical Trials*, Biometrics 35 (1979); Armitage, McPherson and Rowe, JRSS A 132
/// (1969); Jennison and Turnbull, *Group Sequential Methods* (2000), table 2.3, and chapter 9 for intervals at each
/// look. A look without a decision says nothing; looks beside the plan are not allowed. Immutable.
public final class GroupSequential {
    private static final int GRID = 160;
    private static final int BISECTIONS = 40;

    private final int[] looks;
    private final double[] alphas;

    private GroupSequential(int[] looks, double[] alphas) {
        this.looks = looks;
        this.alphas = alphas;
    }

    /// Plans the looks.
    ///
    /// @param alpha overall probability of a false alarm, 0..1 exclusive
    /// @param looks numbers of pairs at the looks, ascending
    public static GroupSequential obrienFleming(double alpha, int... looks) {
        for (int i = 0; i < looks.length; i++) {
            if (looks[i] <= (i == 0 ? 0 : looks[i - 1])) {
                throw new IllegalArgumentException("The looks must ascend.");
            }
        }
        if (looks.length == 0) {
            throw new IllegalArgumentException("A plan has at least one look.");
        }
        double[] information = Arrays.stream(looks).mapToDouble(look -> (double) look / looks[looks.length - 1])
                .toArray();
        double boundary = boundary(information, alpha);
        double[] alphas = Arrays.stream(information).map(share -> 2 * Means.normal(-boundary / Math.sqrt(share)))
                .toArray();
        return new GroupSequential(looks.clone(), alphas);
    }

    /// Returns the numbers of pairs at the looks.
    public int[] looks() {
        return looks.clone();
    }

    /// Returns whether there is a look at a number of pairs.
    public boolean isLook(int pairs) {
        return Arrays.binarySearch(looks, pairs) >= 0;
    }

    /// Returns the alpha of the look at a number of pairs: that of its interval and test.
    ///
    /// @throws IllegalArgumentException when no look is planned there
    public double alphaAt(int pairs) {
        int look = Arrays.binarySearch(looks, pairs);
        if (look < 0) {
            throw new IllegalArgumentException("No look is planned at " + pairs + " pairs.");
        }
        return alphas[look];
    }

    private static double boundary(double[] information, double alpha) {
        double low = 0.1;
        double high = 10;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (crossing(information, middle) > alpha) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /// Returns the probability that a Brownian motion lies outside of `-boundary..boundary` at one of the times.
    private static double crossing(double[] times, double boundary) {
        double step = 2 * boundary / GRID;
        double[] density = new double[GRID + 1];
        for (int i = 0; i <= GRID; i++) {
            density[i] = gauss(i * step - boundary, times[0]);
        }
        for (int look = 1; look < times.length; look++) {
            density = advance(density, step, times[look] - times[look - 1]);
        }
        return 1 - integral(density, step);
    }

    private static double[] advance(double[] density, double step, double time) {
        double[] kernel = new double[GRID + 1];
        for (int i = 0; i <= GRID; i++) {
            kernel[i] = gauss(i * step, time);
        }
        double[] next = new double[GRID + 1];
        double[] product = new double[GRID + 1];
        for (int to = 0; to <= GRID; to++) {
            for (int from = 0; from <= GRID; from++) {
                product[from] = density[from] * kernel[Math.abs(to - from)];
            }
            next[to] = integral(product, step);
        }
        return next;
    }

    private static double gauss(double x, double variance) {
        return Math.exp(-x * x / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    }

    /// Integrates by Simpson's rule.
    private static double integral(double[] values, double step) {
        double sum = values[0] + values[GRID];
        for (int i = 1; i < GRID; i++) {
            sum += values[i] * (i % 2 == 1 ? 4 : 2);
        }
        return sum * step / 3;
    }
}
