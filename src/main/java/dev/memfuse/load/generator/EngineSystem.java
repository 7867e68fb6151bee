package dev.memfuse.load.generator;

import java.util.UUID;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.MemoryEngine;

/// The engine of this process as the system that a load drives.
public record EngineSystem(MemoryEngine engine) implements LoadSystem {
    @Override
    public LoadTarget target() {
        return new EngineTarget(engine);
    }

    @Override
    public boolean inThisProcess() {
        return true;
    }

    @Override
    public LoadData data() {
        return engine.loadData();
    }

    @Override
    public int deadLetters() {
        return engine.deadLetters().count();
    }

    @Override
    public void flush() {
        engine.flush();
    }

    @Override
    public DeleteResult deleteUser(UUID user) {
        return engine.deleteUser(user);
    }
}
