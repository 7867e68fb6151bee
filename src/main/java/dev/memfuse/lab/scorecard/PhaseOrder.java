package dev.memfuse.lab.scorecard;

import java.util.List;

/// Order of the phases in a round: a Williams design, in which each phase has each place and follows each other phase
/// equally often within four rounds. Drift and what a phase leaves behind then favour none.
final class PhaseOrder {
    private static final int[][] ROWS = {{0, 1, 3, 2}, {1, 2, 0, 3}, {2, 3, 1, 0}, {3, 0, 2, 1}};

    private PhaseOrder() {}

    /// Returns the phases of a round.
    ///
    /// @param round number of the round, from 1
    static List<Phase> of(int round) {
        int[] row = ROWS[(round - 1) % ROWS.length];
        return List.of(Phase.values()[row[0]], Phase.values()[row[1]], Phase.values()[row[2]], Phase.values()[row[3]]);
    }
}
