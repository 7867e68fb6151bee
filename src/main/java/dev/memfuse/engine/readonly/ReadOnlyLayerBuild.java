package dev.memfuse.engine.readonly;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.exception.ReadOnlyException;

/// Job that never runs: layers stay as they are in a database that is open read-only.
record ReadOnlyLayerBuild(LayerBuild job) implements LayerBuild {
    @Override
    public Cost cost(DerivedLayer layer, Scope scope) {
        return job.cost(layer, scope);
    }

    @Override
    public void start(DerivedLayer layer, Scope scope) {
        throw new ReadOnlyException();
    }

    @Override
    public void cancel() {
        job.cancel();
    }

    @Override
    public Status status() {
        return job.status();
    }
}
