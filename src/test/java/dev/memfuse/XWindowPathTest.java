package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user does first, in a real X window and by keys: start a load, switch the bypass, stop the load, close. Runs
/// where Xvfb and xdotool are installed.
@Tag("xwindow")
class XWindowPathTest {
    @TempDir
    private Path folder;

    @Test
    void aLoadRunsTheBypassIsSwitchedAndTheProgramEndsWithAllThatWasAcknowledgedStored() throws Exception {
        try (XWindowProgram open = XWindowProgram.open(folder)) {
            open.awaitLogged("Engine: ready after");

            open.press("ctrl+r");
            open.awaitLogged("Load: run 1 started");
            open.press("ctrl+b");
            open.awaitLogged("buffer.bypass_mode: true");
            open.press("ctrl+r");
            open.awaitLogged("Load: run 1 ended");
            open.press("ctrl+q");

            assertTrue(open.program().waitFor(XWindowProgram.LIMIT_SECONDS, TimeUnit.SECONDS), "it does not end");
            assertEquals(0, open.program().exitValue(), open.logged());
            String log = open.logged();
            assertTrue(log.contains(", 0 entries are still to be stored"), log);
            assertTrue(log.contains("Engine: stopped"), log);
            assertTrue(log.lines().noneMatch(line -> line.contains(" ERROR ")), log);
        }
    }
}
