package dev.memfuse.lab.crash;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.postgres.embedded.ServerOptions;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Experiments on a machine that does its worst: little memory, a full disk, processes that stand still, a database
/// that goes away.
@Tag("slow")
class HostileExperimentTest {
    private static final Duration PAUSE = Duration.ofSeconds(4);

    private Path data;

    @BeforeEach
    void createFolder() {
        data = TestFolders.create();
    }

    @AfterEach
    void removeFolder() {
        TestFolders.remove(data);
    }

    @ParameterizedTest
    @EnumSource(Experiments.class)
    void aHeapThatIsTooSmallIsRefusedAndASmallOneEndsWithASentence(Experiments kind) throws Exception {
        try (ProgramChild refused = ProgramChild.start(data, "64m", Map.of(), kind.with())) {
            assertEquals(1, refused.awaitEnd(), refused.output());
            assertTrue(refused.output().contains("is too small for the engine"), refused.output());
            refused.assertSentencesOnly();
        }
        try (ProgramChild small = ProgramChild.start(data, "128m", Map.of(), kind.with())) {
            small.awaitLine(kind.underWay);
            small.signal("INT");
            int code = small.awaitEnd();

            small.assertSentencesOnly();
            assertTrue(code == 130 || (code == 1 && small.output().contains("-Xmx")), code + "\n" + small.output());
        }
    }

    @Test
    void aComparisonInASmallHeapEndsWithAResultOrASentence() throws Exception {
        try (ProgramChild small = ProgramChild.start(data, "128m", Map.of(), Experiments.COMPARE.with())) {
            int code = small.awaitEnd();

            small.assertSentencesOnly();
            assertTrue(List.of(0, 1, 3).contains(code), code + "\n" + small.output());
            assertTrue(small.output().contains("Recorded as ") || small.output().contains("-Xmx"), small.output());
        }
    }

    @Test
    void aSecondProgramOnTheFolderIsRefusedAndTheFirstIsNotDisturbed() throws Exception {
        Path json = data.resolve("result.json");
        try (ProgramChild first = ProgramChild.start(data, Experiments.COMPARE.with("--json", json.toString()))) {
            first.awaitLine(Experiments.COMPARE.measured);

            for (Experiments kind : Experiments.values()) {
                try (ProgramChild second = ProgramChild.run(data, kind.with())) {
                    assertEquals(1, second.exitValue(), second.output());
                    assertTrue(second.output().contains("MemFuse is already running (process " + first.pid() + ")"),
                            second.output());
                    second.assertSentencesOnly();
                }
            }

            int code = first.awaitEnd();
            assertTrue(List.of(0, 1, 3).contains(code), first.output());
            assertTrue(Files.readString(json).contains("\"cancelled\" : false"), Files.readString(json));
            assertTrue(first.output().contains("Recorded as "), first.output());
        }
    }

    /// Files beyond a size cannot be written, as on a full disk; the files of the database are those of other processes.
    @Test
    void aRecordingThatDoesNotFitIsASentenceAndTheResultIsPrinted() throws Exception {
        try (ProgramChild child = ProgramChild.start(data, Experiments.withoutJournal())) {
            child.awaitLine(Experiments.COMPARE.measured);
            assertEquals(0, new ProcessBuilder("prlimit", "--pid", Long.toString(child.pid()), "--fsize=2048").start()
                    .waitFor());

            int code = child.awaitEnd();

            assertTrue(List.of(0, 1, 3).contains(code), child.output());
            child.assertSentencesOnly();
            assertTrue(child.output().contains("The run was not recorded. "), child.output());
            assertTrue(child.output().contains("add.p50"), child.output());
        }
        try (ProgramChild history = ProgramChild.run(data, "history", "list")) {
            assertEquals(0, history.exitValue(), history.output());
        }
        Path recordings = data.resolve("recordings");
        if (Files.isDirectory(recordings)) {
            try (var left = Files.list(recordings)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    @Test
    void blocksInWhichTheProgramStoodStillAreVoid() throws Exception {
        try (ProgramChild child = ProgramChild.start(data, Experiments.COMPARE.with())) {
            child.awaitLine(Experiments.COMPARE.measured);
            child.signal("STOP");
            await("it stands still", () -> stands(child.pid()));
            awaitPause();
            child.signal("CONT");

            int code = child.awaitEnd();

            child.assertSentencesOnly();
            assertTrue(List.of(0, 1, 3).contains(code), child.output());
            assertTrue(child.output().contains(" not valid: only "), child.output());
        }
    }

    /// The time for which something stands still is that of the trial.
    private static void awaitPause() {
        long until = System.nanoTime() + PAUSE.toNanos();
        await("the end of the pause", () -> System.nanoTime() > until);
    }

    private static boolean stands(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).matches("(?s)\\d+ \\(.*\\) T .*");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void blocksInWhichTheDatabaseStoodStillAreVoid() throws Exception {
        try (ProgramChild child = ProgramChild.start(data, Experiments.COMPARE.with())) {
            child.awaitLine(Experiments.COMPARE.measured);
            List<Long> server = family(ProgramChild.postmaster(data));
            for (long pid : server) {
                ProgramChild.signal(pid, "STOP");
            }
            awaitPause();
            for (long pid : server) {
                ProgramChild.signal(pid, "CONT");
            }

            int code = child.awaitEnd();

            child.assertSentencesOnly();
            assertTrue(List.of(0, 1, 3).contains(code), child.output());
            assertTrue(child.output().contains(" are not valid: "), child.output());
        }
    }

    private static List<Long> family(long postmaster) {
        return Stream.concat(Stream.of(postmaster),
                ProcessHandle.of(postmaster).orElseThrow().children().map(ProcessHandle::pid)).toList();
    }

    @Test
    void aKilledEmbeddedServerComesBackAndTheComparisonIsHonest() throws Exception {
        try (ProgramChild child = ProgramChild.start(data, Experiments.COMPARE.with())) {
            child.awaitLine(Experiments.COMPARE.measured);
            ProgramChild.signal(ProgramChild.postmaster(data), "KILL");

            int code = child.awaitEnd();

            child.assertSentencesOnly();
            assertTrue(List.of(0, 1, 3).contains(code), child.output());
            assertTrue(child.output().contains("Recorded as "), child.output());
        }
    }

    @ParameterizedTest
    @EnumSource(Experiments.class)
    void aDatabaseThatGoesAwayForGoodEndsTheExperimentWithASentence(Experiments kind) throws Exception {
        Path folder = TestFolders.create();
        EmbeddedServer server = EmbeddedServer.start(ServerOptions.keptIn(folder).withSettings(Map.of("fsync", "off"))
                .withExitGrace(Duration.ZERO), _ -> {});
        try (ProgramChild child = ProgramChild.start(data, "512m",
                Map.of("PGUSER", server.user(), "PGPASSWORD", server.password()),
                kind.with("--db", server.jdbcUrl()))) {
            child.awaitLine(kind.underWay);
            server.close();

            int code = child.awaitEnd();

            child.assertSentencesOnly();
            assertTrue(List.of(1, 3).contains(code), code + "\n" + child.output());
        } finally {
            server.close();
            TestFolders.remove(folder);
        }
    }
}
