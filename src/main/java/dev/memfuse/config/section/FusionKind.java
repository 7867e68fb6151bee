package dev.memfuse.config.section;

/// How the signals of a query become one score.
public enum FusionKind {
    /// Each signal is stretched to 0..1 over what is ranked, then they are averaged by weight.
    MINMAX,
    /// Reciprocal ranks are averaged by weight (Cormack, Clarke, Büttcher 2009).
    RRF
}
