package dev.memfuse.load.report;

import java.util.Locale;

import dev.memfuse.load.LoadResult.FaultResult;
import dev.memfuse.metrics.stats.Numbers;

/// Formats a fault of the network and the recovery from it as one line.
public final class FaultText {
    private FaultText() {}

    /// Returns the line of a fault.
    public static String of(FaultResult fault) {
        String begin = String.format(Locale.ROOT, "%+.1f s: %s", fault.atSeconds(), fault.fault());
        Double length = fault.lengthSeconds();
        if (length == null) {
            return begin + " until the end of the run";
        }
        Double good = fault.goodAfterSeconds();
        Double drained = fault.drainedAfterSeconds();
        return begin + (length < 0.001 ? "" : " for " + Numbers.seconds(length)) + "; "
                + (good == null ? "no good second followed" : "first good second after " + Numbers.seconds(good)) + "; "
                + (drained == null ? "backlog not drained" : "backlog drained after " + Numbers.seconds(drained));
    }
}
