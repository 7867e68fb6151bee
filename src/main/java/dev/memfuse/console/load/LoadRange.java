package dev.memfuse.console.load;

import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;

/// Range of the slider for the offered load: each of its positions is a load that a running load accepts.
///
/// @param min smallest load
/// @param max largest load
/// @param whole whether only whole numbers are accepted
record LoadRange(double min, double max, boolean whole) {
    /// Maximum of the slider, as a multiple of the load that it begins with.
    private static final double MAX_FACTOR = 4;
    private static final double FINE_BELOW = 10;
    private static final double FINE = 100;

    /// Returns the range around a load.
    static LoadRange around(Workload.Arrival arrival, double load) {
        boolean whole = arrival instanceof Workload.Arrival.Closed;
        double least = WorkloadCheck.minLoad(arrival);
        double most = WorkloadCheck.maxLoad(arrival);
        double min = Math.clamp(Math.min(1, load), least, most);
        return new LoadRange(min, Math.clamp(Math.max(2 * min, load * MAX_FACTOR), min, most), whole);
    }

    /// Returns this range with room for a load.
    LoadRange with(double load) {
        return new LoadRange(Math.min(min, load), Math.max(max, load), whole);
    }

    /// Returns the load of a position of the slider: a round number in the range.
    double at(double position) {
        double round = whole || position >= FINE_BELOW ? Math.rint(position) : Math.rint(position * FINE) / FINE;
        return Math.clamp(round, min, max);
    }
}
