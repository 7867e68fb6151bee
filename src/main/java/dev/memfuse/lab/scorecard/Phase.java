package dev.memfuse.lab.scorecard;

import java.util.Locale;

/// The states of the engine that the plan describes, each with the profile that sets it.
public enum Phase {
    /// Before the plan.
    LEGACY("legacy"),
    /// Connection manager, buffer bypass and service cache.
    PHASE1("phase 1"),
    /// Phase 1 with consolidated queries.
    PHASE2("phase 2"),
    /// Phase 2 with selected memory layers: the whole plan.
    PHASE3("phase 3");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /// Returns the name on screen.
    public String title() {
        return title;
    }

    /// Returns the name of the profile.
    public String profile() {
        return name().toLowerCase(Locale.ROOT);
    }
}
