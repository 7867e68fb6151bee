package dev.memfuse.console.flags;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.exception.EngineException;

/// A job with cost and progress that the test sets.
public final class FakeLayerBuild implements LayerBuild {
    /// Requests in their order.
    public final List<String> requests = new ArrayList<>();
    public Cost cost = new Cost(40, 80, 12, 0);
    public Status status = new Status(State.IDLE, 0, 0, Double.POSITIVE_INFINITY, 0, "");
    /// Message with which the cost is refused; empty to return it.
    public String refusal = "";
    public Runnable measuring = () -> {};

    @Override
    public Cost cost(DerivedLayer layer, Scope scope) {
        requests.add("cost " + layer + suffix(scope));
        measuring.run();
        if (!refusal.isEmpty()) {
            throw new EngineException(refusal);
        }
        return cost;
    }

    @Override
    public void start(DerivedLayer layer, Scope scope) {
        requests.add("start " + layer + suffix(scope));
        status = new Status(State.RUNNING, 0, 0, Double.POSITIVE_INFINITY, 0, "");
    }

    private static String suffix(Scope scope) {
        return scope == Scope.MISSING ? "" : " again";
    }

    @Override
    public void cancel() {
        requests.add("cancel");
    }

    @Override
    public Status status() {
        return status;
    }
}
