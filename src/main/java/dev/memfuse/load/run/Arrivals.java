package dev.memfuse.load.run;

/// How operations arrive. [#run] is for one thread; the other methods are thread-safe.
interface Arrivals {

    /// Lets operations arrive until `until` on the clock of [System#nanoTime] or until [#stop]; then returns at once,
    /// with operations possibly still under way.
    void run(long until);

    /// Operations under way.
    InFlight inFlight();

    /// Whether operations wait outside the engine when it is slow, so that the warm-up's backlog must not be measured.
    boolean hasBacklog();

    /// The load offered now: operations per second or concurrency.
    double load();

    /// Changes the offered load; works while [#run] is running.
    void load(double value);

    /// Ends [#run] early and lets no later one begin.
    void stop();
}
