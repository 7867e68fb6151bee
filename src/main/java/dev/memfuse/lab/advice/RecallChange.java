package dev.memfuse.lab.advice;

import java.util.List;

import dev.memfuse.lab.paired.PointsEstimate;

/// Recall@10 under the settings in force against the defaults of the settings that ranking depends on.
///
/// @param defaults the settings that differ, with their defaults
/// @param byDefault Recall@10 with the defaults, 0..1
/// @param now Recall@10 with the settings in force, 0..1
/// @param difference now minus by default, paired by question
public record RecallChange(List<Setting> defaults, double byDefault, double now, PointsEstimate difference) {
    public RecallChange {
        defaults = List.copyOf(defaults);
    }
}
