package dev.memfuse.lab.crash;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Experiments that are killed or interrupted while they measure.
@Tag("slow")
class KilledExperimentTest {
    private static Path data;

    @BeforeAll
    static void createFolder() {
        data = TestFolders.create();
    }

    @AfterAll
    static void removeFolder() {
        TestFolders.remove(data);
    }

    /// Returns the recordings of a kind, complete or not.
    private static List<Path> recordings(Experiments kind) throws IOException {
        Path folder = data.resolve("recordings");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        String label = switch (kind) {
            case COMPARE -> "comparison";
            case SWEEP -> "sweep";
            case TUNE -> "tuning";
            case SCORECARD -> "scorecard";
        };
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().contains(label)).toList();
        }
    }

    private static void assertServerIsGone(long server) {
        assertTrue(server > 0, "the server ran");
        await("the end of the server", () -> ProcessHandle.of(server).isEmpty());
    }

    /// The next programs find nothing that harms.
    private static void assertNothingIsLeft() throws IOException, InterruptedException {
        try (ProgramChild removal = ProgramChild.run(data, "load-data", "remove");
                ProgramChild show = ProgramChild.run(data, "load-data");
                ProgramChild history = ProgramChild.run(data, "history", "list")) {
            assertEquals(0, removal.exitValue(), removal.output());
            assertTrue(!removal.output().contains("of running loads"), removal.output());
            assertTrue(show.output().replaceAll(" +", " ").contains("users made by loads 0"), show.output());
            assertEquals(0, history.exitValue(), history.output());
            assertTrue(!history.output().toLowerCase(Locale.ROOT).contains("damaged"), history.output());
            history.assertSentencesOnly();
        }
        try (Stream<Path> temporary = Files.list(data)) {
            assertEquals(List.of(), temporary.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("temporary") || name.contains("ephemeral")).toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Experiments.class)
    void aKilledOneLeavesNoServerNoUsersAndNoTornRecording(Experiments kind) throws Exception {
        int before = recordings(kind).size();
        try (ProgramChild child = ProgramChild.start(data, kind.with())) {
            child.awaitLine(kind.underWay);
            long server = ProgramChild.postmaster(data);

            child.signal("KILL");
            assertEquals(137, child.awaitEnd(), child.output());

            assertServerIsGone(server);
        }
        assertEquals(before, recordings(kind).size(), "a recording is written as a whole, at the end");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(Experiments.class)
    void anInterruptedOneKeepsWhatItMeasured(Experiments kind) throws Exception {
        int before = recordings(kind).size();
        try (ProgramChild child = ProgramChild.start(data, kind.with())) {
            child.awaitLine(kind.measured);
            long server = ProgramChild.postmaster(data);

            child.signalGroup("INT");
            assertEquals(130, child.awaitEnd(), child.output());

            assertServerIsGone(server);
            child.assertSentencesOnly();
            assertTrue(child.output().contains("Recorded as "), child.output());
        }
        assertEquals(before + 1, recordings(kind).size());
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(Experiments.class)
    void oneThatIsInterruptedBeforeItMeasuredAnythingSaysSo(Experiments kind) throws Exception {
        int before = recordings(kind).size();
        try (ProgramChild child = ProgramChild.start(data, kind.with())) {
            child.awaitLine("Database: ");
            long server = ProgramChild.postmaster(data);

            child.signalGroup("INT");
            assertEquals(130, child.awaitEnd(), child.output());

            assertServerIsGone(server);
            child.assertSentencesOnly();
            assertTrue(child.output().contains("Stopped"), child.output());
        }
        assertEquals(before, recordings(kind).size());
        assertNothingIsLeft();
    }

    /// Until it has left the group of the terminal, Ctrl+C reaches the second JVM too.
    @Test
    void aLoadIsStoppedAndNotLostWhenCtrlCReachesItsGeneratorToo() throws Exception {
        try (ProgramChild child = ProgramChild.start(data, "load", "--generator", "process", "--duration", "30s",
                "--rate", "20", "--users", "2")) {
            child.awaitLine("Database: ");
            await("a second JVM beside the guard of the server", () -> ProcessHandle.of(child.pid()).stream()
                    .flatMap(ProcessHandle::children).filter(KilledExperimentTest::isJava).count() == 2);

            child.signalGroup("INT");
            assertEquals(130, child.awaitEnd(), child.output());

            child.assertSentencesOnly();
            assertFalse(child.output().contains("process of the load generator"), child.output());
            assertFalse(child.output().contains("ended with exit code"), child.output());
        }
        assertNothingIsLeft();
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().filter(command -> command.endsWith("java")).isPresent();
    }
}
