package dev.memfuse.lab.scenario;

/// The network between the pool and the database, as far as a scenario controls it. Thread-safe.
public interface ScenarioNetwork {
    /// Puts the database at a distance from now on. Blocks until new round trips take that time.
    void use(Network network);

    /// Begins a fault. Blocks until it has effect.
    void begin(ScenarioFault fault);

    /// Ends a fault that lasts.
    void end(ScenarioFault fault);
}
