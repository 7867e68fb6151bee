package dev.memfuse.metrics.stats;

/// Least squares of few parameters: collects rows, solves the normal equations and inverts their matrix. Not
/// thread-safe.
final class NormalEquations {
    private final int size;
    private final double[][] matrix;
    private final double[] right;

    NormalEquations(int size) {
        this.size = size;
        matrix = new double[size][size];
        right = new double[size];
    }

    /// Adds an observation: the derivatives by the parameters and the value that they are to explain.
    void add(double[] derivatives, double value) {
        for (int row = 0; row < size; row++) {
            right[row] += derivatives[row] * value;
            for (int column = 0; column < size; column++) {
                matrix[row][column] += derivatives[row] * derivatives[column];
            }
        }
    }

    /// Returns the parameters; those whose derivatives are all 0 are 0.
    double[] solve() {
        double[][] inverse = inverse();
        double[] solution = new double[size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                solution[row] += inverse[row][column] * right[column];
            }
        }
        return solution;
    }

    /// Returns the inverse of the matrix, by Gauss-Jordan elimination on the matrix scaled to a diagonal of 1, with
    /// zeros for parameters whose derivatives are all 0.
    double[][] inverse() {
        double[] scale = new double[size];
        double[][] work = new double[size][2 * size];
        for (int i = 0; i < size; i++) {
            scale[i] = matrix[i][i] > 0 ? 1 / Math.sqrt(matrix[i][i]) : 0;
        }
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                work[row][column] = row == column ? 1 : matrix[row][column] * scale[row] * scale[column];
            }
            work[row][size + row] = 1;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            eliminate(work, pivot);
        }
        double[][] inverse = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                inverse[row][column] = work[row][size + column] * scale[row] * scale[column];
            }
        }
        return inverse;
    }

    /// The matrix is positive definite, so that the diagonal gives the pivots.
    private static void eliminate(double[][] work, int pivot) {
        double divisor = work[pivot][pivot];
        for (int column = 0; column < work[pivot].length; column++) {
            work[pivot][column] /= divisor;
        }
        for (int row = 0; row < work.length; row++) {
            double factor = row == pivot ? 0 : work[row][pivot];
            for (int column = 0; factor != 0 && column < work[row].length; column++) {
                work[row][column] -= factor * work[pivot][column];
            }
        }
    }
}
