package dev.memfuse.postgres.embedded;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Stops the shared server after the last test of a JVM. The server's shutdown hook does the same later, but Surefire
/// kills a JVM whose exit takes more than 30 s.
public final class TestServerStop implements LauncherSessionListener {
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        TestServer.stop();
    }
}
