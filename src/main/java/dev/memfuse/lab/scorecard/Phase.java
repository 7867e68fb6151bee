package dev.memfuse.lab.scorecard;

import java.util.Locale;

/// The states of the engine that the plan describes, each with the profile that sets it.
public enum Phase {
    /// Before the plan.
    LEGACY("legacy", "As before the plan"),
    /// Connection manager, buffer bypass and service cache.
    PHASE1("phase 1", "Connection manager, buffer bypass, service cache"),
    /// Phase 1 with consolidated queries.
    PHASE2("phase 2", "Consolidated queries"),
    /// Phase 2 with selected memory layers: the whole plan.
    PHASE3("phase 3", "Selected memory layers");

    private final String title;
    private final String effect;

    Phase(String title, String effect) {
        this.title = title;
        this.effect = effect;
    }

    /// Returns the name on screen.
    public String title() {
        return title;
    }

    /// Returns what the phase changes, a few words.
    public String effect() {
        return effect;
    }

    /// Returns the name of the profile.
    public String profile() {
        return name().toLowerCase(Locale.ROOT);
    }
}
