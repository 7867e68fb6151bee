package dev.memfuse.target;

import java.util.List;

/// Finds JVMs and connects to them. Thread-safe.
public interface Targets extends AutoCloseable {
    /// Returns the JVMs of this machine that accept an attachment, this one excepted. Attaches to none.
    List<LocalJvm> list();

    /// Attaches to each JVM of [#list] and returns their pools. Blocks for some seconds at most. Starts the management
    /// agent in JVMs where it does not run; it then listens on the loopback address.
    List<FoundTarget> find() throws InterruptedException;

    /// Starts a session. Does not block: [TargetSession#state] reports the outcome.
    TargetSession connect(Target target);

    /// Ends all sessions. Does not block.
    @Override
    void close();
}
