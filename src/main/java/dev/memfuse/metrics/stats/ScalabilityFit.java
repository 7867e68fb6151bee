package dev.memfuse.metrics.stats;

/// The outcome of fitting the Universal Scalability Law.
public sealed interface ScalabilityFit permits UniversalScalability, ScalabilityFit.Refused {
    /// The points are no basis for a fit.
    ///
    /// @param reason one sentence for the user
    record Refused(String reason) implements ScalabilityFit {}
}
