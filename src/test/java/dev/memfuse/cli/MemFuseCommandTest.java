package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import dev.memfuse.bench.BenchTask;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.TimedChange;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.engine.DamagedLetter;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.EnvironmentInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemFuseCommandTest {
    private static final String SHORT = "load --duration 100ms --warmup 0 --users 2 --concurrency 2";

    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    private int run(String line, String... more) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ");
        String[] arguments = Stream.of(words, more).flatMap(Stream::of)
                .toArray(String[]::new);
        return MemFuseCommand.run(services, new Terminal(new PrintWriter(out), new PrintWriter(err), false),
                arguments);
    }

    @Test
    void opensTheWindowWithoutACommand() {
        services.windowExit = 1;

        assertEquals(1, run("--profile legacy --set buffer.bypass_mode=false --ephemeral "
                + "--change 10s:buffer.bypass_mode=true"));

        assertEquals(List.of("window"), services.events);
        assertEquals(new LaunchOptions(Optional.empty(), Optional.of("legacy"), Map.of("buffer.bypass_mode", "false"),
                Optional.empty(), Optional.empty(), true,
                List.of(new TimedChange(Duration.ofSeconds(10), "buffer.bypass_mode", "true"))), services.launched);
    }

    @Test
    void opensTheLogWithTheCommandLineBeforeTheCommandRuns() {
        run("--data-dir /data --log-level debug");

        assertEquals(List.of(List.of("--data-dir", "/data", "--log-level", "debug")), services.logged);
        assertEquals(Optional.of(LogLevel.DEBUG), services.logLevel);
        assertEquals("debug", Objects.requireNonNull(services.launched).settings().get("monitoring.log_level"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "load --duration 1ms", "bench --quick", "export --user a --out f",
            "import f", "erase --user a", "retrieval --dataset nowhere", "reembed", "llm-simulator --duration 1ms"})
    void everyCommandThatStartsSomethingHasALogLevel(String line) {
        run(line + (line.isEmpty() ? "" : " ") + "--log-level trace");

        assertEquals(Optional.of(LogLevel.TRACE), services.logLevel, err.toString());
        assertEquals(1, services.logged.size());
    }

    @Test
    void checksADataSetWithoutADatabase(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good"), "{\"role\": \"tool\", \"content\": \"ok\"}\n");
        Path bad = Files.writeString(folder.resolve("bad"), "{\"role\": \"tool\", \"content\": \"ok\"}\n{}\n");
        Path json = folder.resolve("report.json");

        assertEquals(0, run("dataset check", good.toString(), "--json", json.toString()));
        assertTrue(out.toString().contains("turns      1 (1 tool)"), out.toString());
        assertTrue(Files.readString(json).contains("\"problem_count\" : 0"), Files.readString(json));
        assertEquals(1, run("dataset check", bad.toString()));
        assertTrue(out.toString().contains(bad + ", line 2: this is none of the forms"), out.toString());
        assertEquals(2, run("dataset check", folder.resolve("missing").toString()));
        assertEquals(2, run("dataset repair", good.toString()));
        assertEquals(List.of(), services.events);
        assertEquals(List.of(), services.logged);
    }

    @Test
    void retrievalNeedsQuestions(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("chats"),
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}");

        assertEquals(2, run("retrieval --dataset", file.toString()));
        assertTrue(err.toString().contains(file + " holds chats, which have no questions with known evidence."),
                err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "load --help", "--version", "profiles", "load --no-such-option"})
    void writesNoLogWhenNothingStarts(String line) {
        run(line);

        assertEquals(List.of(), services.logged);
    }

    @Test
    void anUnexpectedFailureNamesTheLog() {
        services.startFailure = new UnsupportedOperationException("nobody thought of this");

        assertEquals(1, run("load --duration 1ms"));

        assertEquals("Unexpected failure: java.lang.UnsupportedOperationException: nobody thought of this. "
                + "The log has the details: /data/logs/memfuse.log", err.toString().strip());
    }

    @Test
    void anErrorEndsTheCommandWithASentenceToo() {
        services.startError = new OutOfMemoryError("Java heap space");

        assertEquals(1, run("load --duration 1ms"));

        List<String> lines = err.toString().strip().lines().toList();
        assertEquals("Unexpected failure: java.lang.OutOfMemoryError: Java heap space. "
                + "The log has the details: /data/logs/memfuse.log", lines.getFirst());
        assertEquals(List.of(ExitCodes.MORE_MEMORY), lines.subList(1, lines.size()));
    }

    @Test
    void whatTheWindowLacksIsNamedBeforeTheLoad(@TempDir Path folder) {
        services.windowProblem = Optional.of("The window needs libgtk-3.so.0");

        assertEquals(0, run("--out", folder.toString()), err::toString);

        assertTrue(err.toString().startsWith("The window needs libgtk-3.so.0: running the default load"),
                err.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesTheMainJobWithoutAWindow(boolean headless, @TempDir Path folder) {
        services.windowProblem = headless ? Optional.empty() : Optional.of("No display found");

        assertEquals(0, run(headless ? "--headless" : "", "--out", folder.toString()), err::toString);

        assertEquals(List.of("headless"), services.events);
        assertTrue(Files.exists(folder.resolve("result.json")));
        assertTrue(Files.exists(folder.resolve("report").resolve("index.html")));
        assertTrue(err.toString().startsWith(headless ? "Running without a window" : "No display found"),
                err.toString());
        assertEquals(Duration.ofSeconds(20), Objects.requireNonNull(services.headlessWorkload).duration());
    }

    @Test
    void runsALoadAndWritesTheResults(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("result.json");

        int exit = run(SHORT + " --mix add=1,query=1 --threshold error_rate<0.01", "--json", json.toString(),
                "--report", folder.resolve("report").toString());

        assertEquals(0, exit, err::toString);
        assertTrue(out.toString().startsWith("Closed model, concurrency 2, 2 users"), out.toString());
        assertTrue(out.toString().contains("kept  error_rate<0.01"), out.toString());
        assertTrue(Files.readString(json).contains("\"throughput_per_s\""));
        assertTrue(Files.exists(folder.resolve("report").resolve("timeline.csv")));
        assertTrue(err.toString().contains("Load done: "), err.toString());
        assertEquals(List.of("closed"), services.events);
    }

    @Test
    void exitsWith1WhenAThresholdIsMissed() {
        assertEquals(1, run(SHORT + " --threshold throughput>100000000"));
        assertTrue(out.toString().contains("MISSED  throughput>100000000"), out.toString());
    }

    @Test
    void exitsWith1WhenNothingSucceeded() {
        services.loads.engine.inside = word -> {
            if (word.equals("query")) {
                throw new EngineException("The database is gone.");
            }
        };

        assertEquals(1, run(SHORT + " --mix query=1"));
        assertTrue(out.toString().contains("query: The database is gone."), out.toString());
    }

    @Test
    void exitsWith1WhenTheEngineDoesNotStart() {
        services.startFailure = new EngineException("The disk is full. Free some space and start again.");

        assertEquals(1, run(SHORT));
        assertEquals("The disk is full. Free some space and start again.", err.toString().strip());
    }

    @Test
    void exitsWith2AndAllProblemsOfAConfiguration() {
        services.startFailure = new ConfigException(
                List.of(new ConfigProblem("postgres.pool_size", "is wrong", Optional.empty()),
                        new ConfigProblem("buffer.x", "is unknown", Optional.empty())));

        assertEquals(2, run(SHORT));
        assertTrue(err.toString().contains("postgres.pool_size: is wrong"), err.toString());
        assertTrue(err.toString().contains("buffer.x: is unknown"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "load --concurrency 4 --rate 10", "load --duration fast", "load --mix add",
            "load --mix add=0", "load --threshold p99<5", "load --users 0", "load --dataset no/such/file",
            "retrieval", "retrieval --dataset no/such/file", "retrieval --dataset generated:5",
            "retrieval --dataset generated:many", "retrieval --dataset generated --top-k 5",
            "retrieval --dataset generated --batch 0",
            "retrieval --dataset generated --cross-validate", "bench --batch 0", "bench nonsense",
            "bench --quick --large", "bench --connections 0", "nonsense", "mcp",
            "load --target ftp://localhost", "load --target localhost:8000", "load --target http://",
            "load --target http://me:secret@localhost", "load --target http://localhost --fault 1s:reset",
            "export --user alice", "export --out x.jsonl", "import no/such/file", "import", "erase --user alice",
            "erase --yes", "erase --user alice --session 12 --yes"})
    void exitsWith2OnWrongUsage(String line) {
        assertEquals(2, run(line));
        assertFalse(err.toString().isBlank());
        assertTrue(err.toString().lines().count() <= 2, "one sentence and where the help is, not: " + err);
        assertNull(services.launched, "nothing is started for it");
    }

    @Test
    void refusesUnwritableOutputsBeforeTheWork(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertEquals(2, run(SHORT, "--report", file.resolve("in-it").toString()));
        assertEquals(2, run(SHORT, "--json", folder.toString()));
        assertEquals(2, run("bench", "--json", folder.toString()));
        assertEquals(2, run("--headless", "--out", file.toString()));

        assertNull(services.launched);
        assertEquals(List.of(), services.events);
        assertTrue(err.toString().contains("is a folder; name a file in it."), err.toString());
    }

    @Test
    void suggestsASimilarCommand() {
        assertEquals(2, run("lod"));
        assertEquals("There is no command 'lod'.\nDid you mean: memfuse load or memfuse load-data?",
                err.toString().replace("\r", "").strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "load ", "bench ", "profiles ", "export ", "import ", "erase ", "retrieval ",
            "reembed "})
    void everyCommandHasHelpAndVersion(String command) {
        assertEquals(0, run(command + "--help"));
        assertTrue(out.toString().startsWith("Usage: memfuse"), out.toString());
        assertEquals(0, run(command + "--version"));
        assertTrue(out.toString().contains("MemFuse Console " + EnvironmentInfo.PROGRAM_VERSION), out.toString());
    }

    @Test
    void statesTheVersionOfTheBuild() throws IOException {
        assertTrue(Files.readString(Path.of("pom.xml"))
                .contains("<version>" + EnvironmentInfo.PROGRAM_VERSION + "</version>\n  <name>MemFuse Console"));
    }

    @Test
    void passesTheBenchItsOptionsAndPrintsTheRatio() {
        assertEquals(0, run("bench add journal --duration 2s --connections 1,30"), err::toString);

        assertEquals(new BenchTask.Options(List.of("add", "journal"), BenchTask.Extent.USUAL, Duration.ofSeconds(2),
                Duration.ofSeconds(3), 10, List.of(1, 30)), services.benched);
        assertTrue(out.toString().contains("0.86"), out.toString());
        assertTrue(err.toString().contains(" 50 %, about "), err.toString());
    }

    @Test
    void aQuickBenchIsShortUnlessTimesAreGiven() {
        assertEquals(0, run("bench --quick --warmup 0"), err::toString);

        assertEquals(new BenchTask.Options(List.of(), BenchTask.Extent.QUICK, Duration.ofSeconds(2), Duration.ZERO, 10,
                List.of(1, 10, 30)), services.benched);
    }

    @Test
    void aBenchRunsOnATemporaryDatabaseUnlessOneIsGiven() {
        assertEquals(0, run("bench"));
        assertTrue(Objects.requireNonNull(services.launched).ephemeral());

        assertEquals(0, run("bench --data-dir target/bench-data"));
        assertFalse(Objects.requireNonNull(services.launched).ephemeral());
    }

    @Test
    void writesTheReportOfTheBenchAsJson(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("bench.json");

        assertEquals(0, run("bench add", "--json", file.toString()), err::toString);

        String json = Files.readString(file);
        assertTrue(json.contains("\"median\" : 0.86"), json);
        assertTrue(json.contains("\"p50_ms\" : null"), json);
        assertTrue(json.contains("\"jvm_flags\" : \"-Xmx1g\""), json);
    }

    @Test
    void exportsAUserAndImportsItUnderAnotherName(@TempDir Path folder) throws IOException {
        services.memory.createUser("alice");
        Path file = folder.resolve("new/alice.jsonl");

        assertEquals(0, run("export --user alice --out", file.toString()), err::toString);
        assertEquals("user  1", out.toString().strip());
        assertEquals(3, Files.readAllLines(file).size());
        assertEquals(0, run("import --as bob", file.toString()), err::toString);

        assertTrue(services.memory.user("bob").isPresent());
        assertTrue(err.toString().contains("User bob imported from " + file), err.toString());
        assertEquals(List.of("closed", "closed"), services.events);
    }

    @Test
    void exitsWith1WhenTheUserDoesNotExist(@TempDir Path folder) {
        assertEquals(1, run("export --user nobody --out", folder.resolve("x.jsonl").toString()));
        assertEquals(1, run("erase --user nobody --yes"));
        assertEquals("There is no user named nobody.".repeat(2),
                err.toString().lines().reduce("", String::concat));
        assertFalse(Files.exists(folder.resolve("x.jsonl")));
    }

    @Test
    void exitsWith1AndTheLineWhenAnImportIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.jsonl"), "{}\n");

        assertEquals(1, run("import", file.toString()));
        assertEquals(file + ", line 1: This is not an exported user: the first line must be its header. "
                + "Nothing was imported.", err.toString().strip());
    }

    @Test
    void erasesOnlyWithYesAndPrintsTheCountsByLayer() {
        services.memory.createUser("alice");

        assertEquals(2, run("erase --user alice"));
        assertTrue(services.memory.user("alice").isPresent());
        assertEquals(0, run("erase --user alice --yes"), err::toString);

        assertTrue(services.memory.user("alice").isEmpty());
        assertEquals("""
                     sessions             5
                     messages in buffers  1
                     messages (M0)        2
                     chunks (M1)          3
                     episodes (M1)        6
                     facts (M2)           4
                     """, out.toString().replace("\r", ""));
    }

    @Test
    void exitsWith1WhenTheUserHasNoSuchSession() {
        services.memory.createUser("alice");

        assertEquals(1, run("erase --user alice --yes --session 019a0000-0000-7000-8000-000000000000"));

        assertEquals("The user alice has no session 019a0000-0000-7000-8000-000000000000.", err.toString().strip());
    }

    @Test
    void measuresRetrievalAndWritesTheResult(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("retrieval.json");

        assertEquals(0, run("retrieval --dataset generated:200 --model bge_small_en_v15 --set layers.m2.enabled=true",
                "--json", json.toString()), err::toString);

        assertEquals(Map.of("layers.m1.enabled", "true", "layers.m2.enabled", "true",
                "buffer.hybrid_buffer.chunk_strategy", "message", "embedding.model", "bge_small_en_v15"),
                Objects.requireNonNull(services.launched).settings());
        assertTrue(out.toString().startsWith("generated, 200 turns, seed 1: 200 turns of 1 user, 32 questions"),
                out.toString());
        assertTrue(out.toString().contains("R@10"), out.toString());
        assertTrue(out.toString().contains("Without an answer: 8 questions"), out.toString());
        assertTrue(Files.readString(json).contains("\"recall\""));
        assertTrue(err.toString().contains("Adding: "), err.toString());
        assertEquals(List.of("closed"), services.events);
    }

    @Test
    void validatesTheSignalsAndExplainsMisses(@TempDir Path folder) throws IOException {
        Path misses = folder.resolve("misses.json");
        Files.copy(Path.of("src/test/resources/locomo/tiny.json"), folder.resolve("a.json"));
        Files.writeString(folder.resolve("b.json"), Files.readString(folder.resolve("a.json"))
                .replace("\"sample_id\": \"", "\"sample_id\": \"second "));

        assertEquals(0, run("retrieval --cross-validate --dataset", folder.toString(), "--explain-misses",
                misses.toString()), err::toString);

        assertTrue(out.toString().contains("Cross-validation"), out.toString());
        assertTrue(out.toString().contains("R@20 on other conversations: 95 % interval"), out.toString());
        assertTrue(Files.readString(misses).contains("\"misses\""));
    }

    @Test
    void printsTheLicenceOfTheLocomoData() {
        assertEquals(0, run("retrieval --dataset src/test/resources/locomo/tiny.json"), err::toString);

        assertTrue(err.toString().contains("CC BY-NC 4.0"), err.toString());
        assertTrue(out.toString().contains("Left out: 1 questions"), out.toString());
    }

    @Test
    void reembedsAndPrintsProgress() {
        assertEquals(0, run("reembed --model bge_small_en_v15"), err::toString);

        assertTrue(err.toString().contains("Embedding: 0 of 100"), err.toString());
        assertEquals("Every vector is from hand@1; 100 of 100 texts were embedded.", out.toString().strip());
        assertEquals(Map.of("embedding.model", "bge_small_en_v15"),
                Objects.requireNonNull(services.launched).settings());
    }

    @Test
    void exitsWith1WhenReembeddingFails() {
        services.reembedding.end = Reembedding.State.FAILED;

        assertEquals(1, run("reembed"));
        assertEquals("Stopped after 100 of 100 texts: The database is gone.", out.toString().strip());
    }

    @Test
    void listsProfiles() {
        assertEquals(0, run("profiles"));
        assertEquals("legacy  shipped  The plan's before.\nmine    yours    My own.".lines().toList(),
                out.toString().lines().map(String::stripTrailing).toList());
    }

    @Test
    void runsTheSimulatorOfALanguageModelAndLabelsIt() {
        assertEquals(0, run("llm-simulator --duration 50ms --median 1ms --p95 2ms --error-rate 0.5 --seed 3"),
                err::toString);

        assertTrue(out.toString().startsWith("SIMULATOR of a language model at http://127.0.0.1:"), out.toString());
        assertTrue(out.toString().contains("SIMULATOR: 0 calls, 0 intended errors"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--error-rate 2", "--port 70000", "--median 2s --p95 1s", "--median soon"})
    void refusesInvalidOptionsOfTheSimulator(String options) {
        assertEquals(2, run("llm-simulator --duration 1ms " + options));
        assertTrue(err.toString().contains("llm-simulator --help"), err.toString());
    }

    private DeadLetter deadLetter(String user, String content) {
        UUID userId = services.memory.user(user).orElseGet(() -> services.memory.createUser(user)).id();
        DeadLetter letter = new DeadLetter(UUID.randomUUID(), new SessionKey(userId, UUID.randomUUID()),
                Instant.parse("2026-03-01T12:10:00.123Z"), "Could not store messages: refused" + System.lineSeparator()
                        + "Detail: long",
                Instant.parse("2026-03-01T12:00:00Z"),
                List.of(NewMessage.of(Role.USER, content)), 1_234);
        services.memory.deadLetters.add(letter);
        return letter;
    }

    @Test
    void listsDeadLetters() {
        assertEquals(0, run("dead-letters list"), err::toString);
        assertTrue(err.toString().contains("0 dead letters."), err.toString());
        DeadLetter letter = deadLetter("alice", "bad");
        deadLetter("bob", "worse");

        assertEquals(0, run("dead-letters list --user alice"), err::toString);

        assertTrue(out.toString().contains(letter.roundId() + "  " + letter.session().userId() + "  "
                + letter.session().sessionId()
                + "  2026-03-01T12:10:00Z  1         Could not store messages: refused  1,234"), out.toString());
        assertTrue(err.toString().contains("1 dead letter."), err.toString());
    }

    @Test
    void deadLettersNameTheirUserByNameAndId() {
        DeadLetter letter = deadLetter("alice", "bad");
        deadLetter("bob", "worse");

        assertEquals(0, run("dead-letters list --user " + letter.session().userId()), err::toString);

        assertTrue(out.toString().contains("alice  " + letter.roundId()), out.toString());
        assertTrue(err.toString().contains("1 dead letter."), err.toString());
        UUID deleted = UUID.randomUUID();
        services.memory.deadLetters.add(new DeadLetter(UUID.randomUUID(), new SessionKey(deleted, UUID.randomUUID()),
                Instant.EPOCH, "refused", Instant.EPOCH, List.of(NewMessage.of(Role.USER, "gone")), 9));
        assertEquals(0, run("dead-letters discard --yes --user " + deleted), err::toString);
        assertEquals(2, services.memory.deadLetters.size());
        assertEquals(1, run("dead-letters list --user nobody"));
    }

    @Test
    void listsAndDiscardsDamagedDeadLetters() {
        DeadLetter letter = deadLetter("alice", "bad");
        DamagedLetter damaged = new DamagedLetter(letter.session().userId(), UUID.randomUUID(), 0,
                "The file is empty.");
        services.memory.damagedLetters.add(damaged);

        assertEquals(0, run("dead-letters list"), err::toString);

        assertTrue(out.toString().contains("alice  " + damaged.roundId()), out.toString());
        assertTrue(out.toString().contains("damaged: The file is empty."), out.toString());
        assertTrue(err.toString().contains("1 more is damaged and can only be discarded."), err.toString());
        assertEquals(0, run("dead-letters discard --yes --round " + damaged.roundId()), err::toString);
        assertTrue(out.toString().contains("1 dead letter discarded."), out.toString());
        assertEquals(List.of(), services.memory.damagedLetters);
        assertEquals(1, services.memory.deadLetters.size());
    }

    @Test
    void changesDeadLettersOnlyWhenTheyAreNamedAndConfirmed() {
        DeadLetter letter = deadLetter("alice", "bad");
        deadLetter("bob", "worse");
        assertEquals(2, run("dead-letters retry"));
        assertEquals(2, run("dead-letters discard --all"));
        assertEquals(2, run("dead-letters export"));
        assertEquals(2, run("dead-letters"));
        assertEquals(2, services.memory.deadLetters.size());

        assertEquals(0, run("dead-letters discard --yes --round " + letter.roundId()), err::toString);
        assertTrue(out.toString().contains("1 dead letter discarded."), out.toString());
        assertEquals(0, run("dead-letters retry --all"), err::toString);
        assertTrue(out.toString().contains("1 dead letter stored, 0 refused again."), out.toString());
        assertEquals(List.of(), services.memory.deadLetters);
    }

    @Test
    void exportsDeadLettersToAFileOfThisAccountOnly(@TempDir Path folder) throws IOException {
        DeadLetter letter = deadLetter("alice", "bad \u0007");
        Path file = Files.writeString(folder.resolve("letters.jsonl"), "old");

        assertEquals(0, run("dead-letters export --out", file.toString()), err::toString);

        List<String> lines = Files.readAllLines(file);
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().startsWith("{\"round_id\":\"" + letter.roundId() + "\""), lines.getFirst());
        assertTrue(lines.getFirst().contains("\"content\":\"bad \\u0007\""), lines.getFirst());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aLoadThatMakesDeadLettersFails() {
        AtomicBoolean first = new AtomicBoolean(true);
        services.loads.engine.inside = _ -> {
            if (first.getAndSet(false)) {
                services.loads.engine.deadLetters.add(deadLetter("alice", "bad"));
            }
        };

        assertEquals(1, run(SHORT), out::toString);

        assertTrue(out.toString().contains(
                "The database refused 1 acknowledged round for the content: see 'dead-letters list'."),
                out.toString());
    }
}
