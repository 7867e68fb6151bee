package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program in a real X window whose server dies, or which another X client destroys. Needs Xvfb, xdotool and GTK 3;
/// run by name.
@Tag("slow")
class DisplayLossTest {
    private static final String GONE = "Window: The display is gone: its X server ended or closed the connection.";

    @TempDir
    private Path folder;

    private XWindowProgram open() throws IOException {
        return XWindowProgram.open(folder);
    }

    private void assertEndsInOrder(XWindowProgram open, int code, String sentence) throws Exception {
        assertTrue(open.program().waitFor(XWindowProgram.LIMIT_SECONDS, TimeUnit.SECONDS), "it does not end");
        assertEquals(code, open.program().exitValue());
        List<String> lines = open.logged().lines().toList();
        int reason = first(lines, sentence);
        int journal = first(lines, ", 0 entries are still to be stored");
        int postgres = first(lines, "PostgreSQL: the server on port");
        int engine = first(lines, "Engine: stopped");
        assertTrue(0 <= reason && reason < journal && journal < postgres && postgres < engine,
                String.join("\n", lines));
    }

    @Test
    void aProgramWhoseDisplayGoesAwayStoresWhatItHasAndEndsWithAReason() throws Exception {
        try (XWindowProgram open = open()) {
            open.server().destroyForcibly();

            assertEndsInOrder(open, 1, GONE);
        }
    }

    @Test
    void aProgramWhoseConnectionAnotherClientCutsStoresWhatItHasAndEndsWithAReason() throws Exception {
        try (XWindowProgram open = open()) {
            open.client("windowkill");

            assertEndsInOrder(open, 1, GONE);
        }
    }

    @Test
    void aSignalAtTheMomentOfTheLossEndsTheProgramToo() throws Exception {
        try (XWindowProgram open = open()) {
            open.program().destroy();
            open.server().destroyForcibly();

            assertTrue(open.program().waitFor(XWindowProgram.LIMIT_SECONDS, TimeUnit.SECONDS), "it does not end");
            assertTrue(open.logged().contains("Engine: stopped"), open.logged());
        }
    }

    @Test
    void aWindowThatAnotherClientDestroysCountsAsClosed() throws Exception {
        try (XWindowProgram open = open()) {
            open.client("windowclose");

            assertEndsInOrder(open, 0, "Window: Another program destroyed the window \"MemFuse Console\".");
        }
    }

    /// Returns the number of the first line after the start of the engine with a text; -1 without one.
    private static int first(List<String> lines, String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text) && !lines.get(i).contains("started")) {
                return i;
            }
        }
        return -1;
    }
}
