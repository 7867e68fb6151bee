package dev.memfuse.lab.compare;

import dev.memfuse.lab.paired.PointsEstimate;
import org.jspecify.annotations.Nullable;

/// Recall@10 and freshness of both arms, measured after the timed load on the same planted questions.
///
/// @param a Recall@10 of arm A, 0..1
/// @param b Recall@10 of arm B, 0..1
/// @param difference B minus A in points, paired by question
/// @param freshAMs time from the acknowledgement of a message until a query finds it under arm A, median in
///        milliseconds; null when one was not found within 5 s
/// @param freshBMs the same under arm B
public record RecallResult(double a, double b, PointsEstimate difference, @Nullable Double freshAMs,
        @Nullable Double freshBMs) {}
