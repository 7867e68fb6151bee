package dev.memfuse.load.generator;

import dev.memfuse.load.generator.Generator.Part;

/// Generates the arrivals of operations. [#run] is for one thread; the other methods are thread-safe.
interface Arrivals {
    /// Generates the arrivals of a part until its end, until [#endPart] or until [#stop], then returns at once;
    /// operations may still be in flight. Blocks.
    ///
    /// @param from start on the clock of [System#nanoTime]
    /// @param until end on that clock
    void run(Part part, long from, long until);

    /// Ends the part that [#run] generates now; without one it has no effect.
    void endPart();

    /// Returns the operations in flight.
    InFlight inFlight();

    /// Returns whether a slow engine causes a backlog of arrivals, so that the backlog of the warm-up has to be drained
    /// before measuring.
    boolean hasBacklog();

    /// Changes the offered load, also during [#run]: the level of the shape in operations per second, or the
    /// concurrency.
    void load(double value);

    /// Ends [#run]; later calls of it return at once.
    void stop();
}
