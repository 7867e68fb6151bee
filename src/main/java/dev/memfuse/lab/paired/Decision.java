package dev.memfuse.lab.paired;

/// The decision about one metric of a comparison: arm B against arm A.
public enum Decision {
    /// The whole interval lies on the good side of no difference, and the estimate beyond the margin.
    BETTER("better"),
    /// The whole interval lies on the bad side of no difference, and the estimate beyond the margin.
    WORSE("worse"),
    /// The whole interval lies within the margin.
    SAME("same"),
    /// The data decide none of the others.
    NOT_ENOUGH("not enough data");

    private final String label;

    Decision(String label) {
        this.label = label;
    }

    /// Returns the words for results.
    public String label() {
        return label;
    }

    /// Returns the decision that follows from an interval of a difference.
    ///
    /// @param estimate positive when B's value is larger
    /// @param low lower bound
    /// @param high upper bound
    /// @param margin smallest difference that matters, in the unit of the estimate, positive
    static Decision of(double estimate, double low, double high, double margin, Direction direction) {
        if (-margin <= low && high <= margin) {
            return SAME;
        }
        if (Math.abs(estimate) > margin && (low > 0 || high < 0)) {
            return estimate > 0 == (direction == Direction.HIGHER_IS_BETTER) ? BETTER : WORSE;
        }
        return NOT_ENOUGH;
    }
}
