package dev.memfuse.store.plan;

import dev.memfuse.engine.plan.StatementPlans;

/// A call of the store that can be explained, and how to make it.
///
/// @param run makes the call, in a rehearsal
record Explainable(StatementPlans.Call call, Run run) {

    /// Calls the store.
    @FunctionalInterface
    interface Run {
        void on(Subject of);
    }

    static Explainable read(String name, String title, Run run) {
        return new Explainable(new StatementPlans.Call(name, title, false), run);
    }

    static Explainable write(String name, String title, Run run) {
        return new Explainable(new StatementPlans.Call(name, title, true), run);
    }
}
