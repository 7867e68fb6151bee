package dev.memfuse.load.process;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.GeneratorResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadRun.Phase;
import dev.memfuse.load.Verdict.Cause;
import dev.memfuse.load.Verdict.Outcome;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.Workload.GeneratorPlace;
import dev.memfuse.load.Workload.Mix;
import dev.memfuse.load.run.Loads;
import dev.memfuse.load.shape.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Loads whose generator runs in a JVM of its own, against an engine in this one.
final class ProcessGeneratorTest {
    private static final Mix ALL = new Mix(3, 2, 1);

    /// Processes that other tests of this JVM keep, such as a database server.
    private final Set<ProcessHandle> others = children().collect(Collectors.toSet());
    private final Loads loads = new Loads(Duration.ofSeconds(15));

    @AfterEach
    void end() {
        loads.close();
        await("the process of the generator has ended", () -> generators().isEmpty());
    }

    private static Stream<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive);
    }

    private List<ProcessHandle> generators() {
        return children().filter(child -> !others.contains(child)).toList();
    }

    private static Workload open(double rate, Mix mix, Duration duration, GeneratorPlace place) {
        return new Workload(4, new Arrival.Open(ArrivalProcess.POISSON, new Shape.Steady(rate), 500), duration,
                Duration.ofMillis(300), mix, 5, 5, 42, Optional.empty()).withGenerator(place);
    }

    private LoadRun start(Mix mix, Duration duration) {
        return loads.service.start(open(200, mix, duration, GeneratorPlace.PROCESS));
    }

    private static Map<String, Long> counts(LoadResult result) {
        return Map.of("due", result.arrival().scheduled(), "add", count(result, "add"), "query",
                count(result, "query"), "list", count(result, "list"));
    }

    private static long count(LoadResult result, String operation) {
        return Objects.requireNonNull(result.operations().get(operation)).count();
    }

    @Test
    void theSameSeedGivesTheSameOperationsAsInOneProcess() {
        LoadResult shared = Loads.result(loads.service.start(open(200, ALL, Duration.ofSeconds(2),
                GeneratorPlace.SHARED)));
        LoadRun run = start(ALL, Duration.ofSeconds(2));
        await("figures while it runs", () -> run.interim().isPresent() && run.progress().operations() > 100
                && !run.recording().timeline().isEmpty());
        LoadResult own = Loads.result(run);

        assertEquals(counts(shared), counts(own));
        assertTrue(count(own, "add") > 100, own.operations().toString());
        assertNull(shared.generator());
        GeneratorResult generator = generator(own);
        assertTrue(generator.operations() >= own.succeeded(), generator.toString());
        assertTrue(generator.channelMs().p50() > 0 && generator.processorMs() > 0, generator.toString());
        assertEquals(2, run.recording().timeline().stream().filter(point -> !point.warmup()).count());
        double counted = run.recording().timeline().stream().filter(point -> !point.warmup())
                .mapToDouble(point -> point.count()).sum();
        // On a busy machine operations end after the measured part, and start late, which makes the load void.
        long late = own.operations().values().stream().mapToLong(operation -> operation.late()).sum();
        assertEquals((double) own.succeeded() - late, counted, 3);
        assertNotEquals(Outcome.FAILED, own.verdict().outcome(), own.verdict().toString());
        assertEquals(0, loads.engine.overlappingAdds.get());
    }

    private static GeneratorResult generator(LoadResult result) {
        return Objects.requireNonNull(result.generator(), "a process of its own");
    }

    @Test
    void aKilledGeneratorLeavesAVoidResult() {
        LoadRun run = start(ALL, Duration.ofSeconds(60));
        await("measured operations",
                () -> run.interim().map(now -> now.operations().values().stream().mapToLong(each -> each.count()).sum())
                        .orElse(0L) > 50);

        generators().forEach(ProcessHandle::destroyForcibly);
        LoadResult result = Loads.result(run);

        assertEquals(Outcome.VOID, result.verdict().outcome(), result.verdict().toString());
        assertEquals(Cause.GENERATOR_LOST, result.verdict().reasons().getFirst().cause());
        assertTrue(result.verdict().reasons().getFirst().sentence().matches(
                "Void: The process of the load generator \\(\\d+\\) was killed by signal 9\\. .*of 60\\.0 s\\."),
                result.verdict().toString());
        assertTrue(result.succeeded() > 50 && result.seconds() > 0 && result.seconds() < 20, result.toString());
        assertEquals(0, result.storage().unsaved());
        assertTrue(loads.engine.users().isEmpty(), "its users are removed");
        assertTrue(loads.engine.running.isEmpty(), "its lease has ended");
        assertTrue(Loads.result(loads.service.start(Loads.closed(1, Loads.QUERIES, Duration.ZERO,
                Duration.ofMillis(100)))).succeeded() > 0, "the next load runs");
    }

    @Test
    void aGeneratorThatIsKilledWhilePreparingFailsTheRun() {
        CountDownLatch release = new CountDownLatch(1);
        loads.engine.inside = _ -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        LoadRun run = start(ALL, Duration.ofSeconds(60));
        await("a user is being filled", () -> loads.engine.inFlight.get() > 0);

        generators().forEach(ProcessHandle::destroyForcibly);

        CompletionException failed = assertThrows(CompletionException.class, () -> Loads.result(run));
        assertTrue(String.valueOf(Objects.requireNonNull(failed.getCause()).getMessage())
                .matches("The process of the load generator \\(\\d+\\) was killed by signal 9\\."), "" + failed);
        release.countDown();
    }

    /// Ctrl+C reaches the process too until it has left the group of the terminal, and before the program stops the run.
    /// The test sends SIGTERM, since a JVM in the background of a shell ignores SIGINT.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGeneratorThatEndsByTheSignalThatStopsTheProgramIsNotLost(boolean measuring) throws Exception {
        LoadRun run = start(ALL, Duration.ofSeconds(60));
        await("its process", () -> !generators().isEmpty());
        if (measuring) {
            Loads.awaitPhase(run, Phase.MEASURING);
        }

        for (ProcessHandle generator : generators()) {
            assertTrue(new ProcessBuilder("kill", "-TERM", Long.toString(generator.pid())).start()
                    .waitFor(10, TimeUnit.SECONDS));
        }
        await("its end", () -> generators().isEmpty());
        run.stop();
        LoadResult result = Loads.result(run);

        assertEquals(Outcome.STOPPED, result.verdict().outcome(), result.verdict().toString());
        assertFalse(result.verdict().has(Cause.GENERATOR_LOST), result.verdict().toString());
    }

    @Test
    void obeysWhileItRunsAndStops() {
        LoadRun run = start(Loads.ADDS, Duration.ofSeconds(60));
        Loads.awaitPhase(run, Phase.MEASURING);

        run.changeMix(Loads.QUERIES);
        run.changeLoad(1_000);
        await("queries at a higher rate", () -> loads.engine.questions.size() > 1_000);
        loads.engine.inside = _ -> {
            throw new EngineException("The disk is full.");
        };
        await("failures", () -> run.progress().errors() > 10);
        run.stop();
        LoadResult result = Loads.result(run);

        assertEquals(Outcome.STOPPED, result.verdict().outcome(), result.verdict().toString());
        assertTrue(result.warnings().stream().anyMatch(note -> note.endsWith("query: The disk is full.")),
                result.warnings().toString());
        assertTrue(result.errors() > 10 && result.seconds() < 20, result.toString());
    }

    @Test
    void aCorpusThatCannotBeReadFailsTheRunWithItsSentence() throws IOException {
        Path file = Files.createTempFile("conversations", ".jsonl");
        Files.writeString(file, "{}\n");
        Workload base = open(10, ALL, Duration.ofSeconds(1), GeneratorPlace.PROCESS);
        Workload workload = new Workload(base.users(), base.arrival(), base.duration(), base.warmup(), base.mix(),
                new Workload.Content(5, 5, Optional.of(file), Optional.empty()), 42, List.of(),
                GeneratorPlace.PROCESS);

        CompletionException failed = assertThrows(CompletionException.class,
                () -> Loads.result(loads.service.start(workload)));

        assertInstanceOf(EngineException.class, failed.getCause());
        assertTrue(String.valueOf(failed.getMessage()).contains(file.toString()), "" + failed);
        Files.delete(file);
    }

    @Test
    void itEndsWithTheProgramAndKnowsNoSecret() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-classpath",
                System.getProperty("java.class.path"), LoadingProgram.class.getName());
        builder.environment().put("PGPASSWORD", "secret-of-the-program");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process program = builder.start();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("running", lines.readLine());
            ProcessHandle generator = program.toHandle().children().findFirst().orElseThrow();
            Path environment = Path.of("/proc/" + generator.pid() + "/environ");
            if (Files.isReadable(environment)) {
                assertFalse(Files.readString(environment, StandardCharsets.ISO_8859_1).contains("secret"));
            }
            assertFalse(generator.info().commandLine().orElse("").contains("secret"));

            program.destroyForcibly();

            assertEquals(generator, generator.onExit().get(20, TimeUnit.SECONDS));
        } finally {
            program.destroyForcibly();
        }
    }
}
