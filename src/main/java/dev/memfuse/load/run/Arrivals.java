package dev.memfuse.load.run;

/// Generates the arrivals of operations. [#run] is for one thread; the other methods are thread-safe.
interface Arrivals {

    /// Generates arrivals until a time or until [#stop], then returns at once; operations may still be in flight.
    /// Blocks.
    ///
    /// @param until end on the clock of [System#nanoTime]
    void run(long until);

    /// Returns the operations in flight.
    InFlight inFlight();

    /// Returns whether a slow engine causes a backlog of arrivals, so that the backlog of the warm-up has to be drained
    /// before measuring.
    boolean hasBacklog();

    /// Returns the offered load: operations per second or concurrency.
    double load();

    /// Changes the offered load, also during [#run].
    void load(double value);

    /// Ends [#run]; later calls of it return at once.
    void stop();
}
