package dev.memfuse.lab.effect;

import java.util.Map;
import java.util.Objects;

import dev.memfuse.metrics.EnvironmentInfo;

/// Where a figure was measured. Two origins are compared by what changes figures: version of the program, processor,
/// number of processors and memory.
///
/// @param version version of the program; empty when unknown
/// @param processor model and number of the processors
/// @param memoryGib memory of the machine, rounded, since a kernel keeps a changing part for itself
record Origin(String version, String processor, long memoryGib) {
    private static final double MIB_IN_GIB = 1024;

    /// Returns the origin of a result.
    ///
    /// @param environment properties of [EnvironmentInfo], as they are part of every result
    static Origin of(Map<String, String> environment) {
        return new Origin(environment.getOrDefault("program_version", ""),
                environment.getOrDefault("cpu_model", "") + " x " + environment.getOrDefault("cpu_count", ""),
                gib(environment.getOrDefault("memory_mib", "0")));
    }

    /// Returns the origin of figures that this process measures. Reads a few small files.
    static Origin here() {
        return of(EnvironmentInfo.ofThisProcess());
    }

    private static long gib(String mib) {
        try {
            return Math.round(Double.parseDouble(mib) / MIB_IN_GIB);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// Returns how a figure of this origin is to be read here.
    MeasuredEffect.Validity validity(Origin here) {
        if (!Objects.equals(processor, here.processor) || memoryGib != here.memoryGib) {
            return MeasuredEffect.Validity.OTHER_MACHINE;
        }
        return version.equals(here.version)
                ? MeasuredEffect.Validity.CURRENT
                : MeasuredEffect.Validity.OTHER_VERSION;
    }
}
