package dev.memfuse.config.section;

/// How keyword and vector scores of a query become one score.
public enum FusionKind {
    /// Weighted average of the scores, each normalized to 0..1 over the ranked entries.
    MINMAX,
    /// Weighted average of reciprocal ranks (Cormack, Clarke, Büttcher 2009).
    RRF
}
