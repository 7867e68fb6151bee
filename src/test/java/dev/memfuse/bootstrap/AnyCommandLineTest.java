package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.doubles;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.memfuse.cli.MemFuseCommand;
import dev.memfuse.cli.ProgramOptions;
import dev.memfuse.cli.ProgramOptions.CommandOption;
import dev.memfuse.cli.command.HeadlessSession;
import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.DistributionReport;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.engine.validation.AnyValue;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.log.LogLocation;
import dev.memfuse.progress.Progress;
import dev.memfuse.server.local.LocalClient;
import dev.memfuse.store.plan.PgStatementPlans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;

/// Whatever stands behind an option is either accepted, so that the engine would start, or wrong usage: exit code 2 and
/// a sentence. Nothing of it is an exception.
class AnyCommandLineTest {
    private static final String ACCEPTED = "The engine would start now.";

    private static final int EXAMPLES = Integer.getInteger("memfuse.examples", 400);
    private static final Set<String> OUTPUTS = Set.of("--out", "--save-scenario", "--report", "--json", "--data-dir");

    @TempDir
    private Path folder;
    private Path file = Path.of("");
    private Path exported = Path.of("");

    @BeforeEach
    void createFile() throws IOException {
        file = Files.writeString(folder.resolve("file"), "x");
        exported = Files.writeString(folder.resolve("exported"),
                """
                {"type":"header","format":"memfuse-user","version":1}
                {"type":"user","user_id":"018f0000-0000-7000-8000-000000000001","name":"a",\
                "created_at":"2026-01-01T00:00:00Z"}
                """);
    }

    /// Reads the configuration as a start does, and starts nothing.
    private final class Services implements ProgramServices {
        @Override
        public LogLocation openLog(Optional<Path> dataDir, Optional<LogLevel> level, List<String> arguments) {
            return LogLocation.none("This is a test.");
        }

        @Override
        public Optional<String> windowProblem() {
            return Optional.empty();
        }

        @Override
        public int openWindow(LaunchOptions options) {
            start(options, _ -> {});
            return 0;
        }

        @Override
        public LoadReport runHeadless(LaunchOptions options, Workload workload, Path out,
                Consumer<Progress> progress) {
            start(options, progress);
            throw new AssertionError();
        }

        @Override
        public HeadlessSession start(LaunchOptions options, Consumer<Progress> progress) {
            LaunchConfiguration.of(options, profiles(options));
            throw new EngineException(ACCEPTED);
        }

        @Override
        public Path dataFolder(Optional<Path> dataDir) {
            return dataDir.orElse(folder);
        }

        @Override
        public Recordings recordings(Optional<Path> dataDir) {
            return new Recordings(dataDir.orElse(folder).resolve("recordings"));
        }

        @Override
        public List<StatementPlans.Call> explainable() {
            return PgStatementPlans.known();
        }

        @Override
        public DatabaseReport checkDatabase(LaunchOptions options, Consumer<Progress> progress) {
            throw new EngineException("no engine in this test");
        }

        @Override
        public DistributionReport distribute(LaunchOptions options, boolean dryRun, Consumer<Progress> progress) {
            throw new EngineException("no engine in this test");
        }

        @Override
        public HeadlessSession connect(LaunchOptions options, URI target) {
            throw new EngineException(ACCEPTED);
        }

        @Override
        public Optional<LocalClient> running(LaunchOptions options) {
            return Optional.empty();
        }

        @Override
        public ConfigProfiles profiles(LaunchOptions options) {
            return new FileProfiles(options.dataDir().orElse(folder).resolve("profiles"));
        }

        @Override
        public Arms arms(LaunchOptions options) {
            return new Arms(profiles(options), LaunchConfiguration.of(options, profiles(options)));
        }
    }

    private record Outcome(int code, String out, String err) {}

    private Outcome run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = MemFuseCommand.run(new Services(),
                new Terminal(new PrintWriter(out), new PrintWriter(err), false), arguments.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /// The shortest command line that starts the engine.
    private List<String> base(String command) {
        Map<String, List<String>> more = Map.of("query", List.of("a", "b"), "load", List.of("--duration", "1ms"),
                "bench", List.of("--quick"),
                "export", List.of("--user", "a", "--out", folder.resolve("out").toString()),
                "import", List.of(exported.toString()),
                "erase", List.of("--user", "a", "--yes"), "dead-letters", List.of("list"), "retrieval",
                List.of("--dataset", "generated:100"), "llm-simulator", List.of("--duration", "1ms"), "mcp",
                List.of("--user", "a"));
        List<String> words = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ")));
        words.addAll(more.getOrDefault(command, List.of()));
        return words;
    }

    private List<String> with(String command, String option, String value) {
        List<String> words = new ArrayList<>(base(command));
        int at = words.indexOf(option);
        if (at >= 0) {
            words.subList(at, at + 2).clear();
        }
        // Nothing is created outside the folder of the test.
        boolean relative = OUTPUTS.contains(option) && !value.isBlank() && !value.startsWith("/");
        words.add(option + "=" + (relative ? folder + "/" : "") + value);
        return words;
    }

    private void acceptedOrRefused(List<String> arguments) {
        Outcome outcome = run(arguments);
        String said = outcome.err();
        assertFalse(said.contains("Unexpected failure") || said.contains("Exception") || said.contains("java.")
                || said.contains("\tat "), () -> arguments + " said " + said);
        assertTrue(said.codePoints().allMatch(character -> character == '\n' || (character >= ' '
                && Character.getType(character) != Character.CONTROL
                && Character.getType(character) != Character.SURROGATE)), () -> arguments + " said " + said);
        boolean accepted = outcome.code() == 0 || (outcome.code() == 1
                && (said.contains(ACCEPTED) || said.contains("The server cannot listen on")));
        assertTrue(accepted || outcome.code() == 2, () -> arguments + " ended with " + outcome);
        assertTrue(outcome.code() != 2 || !said.isBlank(), () -> arguments + " said nothing");
        assertTrue(said.length() < 5_000, () -> arguments + " said " + said.length() + " characters");
    }

    private static Gen<String> values() {
        Gen<String> numbers = Generate.pick(List.of("NaN", "Infinity", "-Infinity", "1e308", "-1e308", "1e309",
                "1e-320",
                "1e999999999", "0x1p3", "1f", "-0", "+1", "00", "1_000", "1,5", "\u0663", "9".repeat(400),
                "0." + "0".repeat(400) + "1", "2147483648", "-2147483649", "9223372036854775808", "1 2", " 7 "));
        Gen<String> forms = Generate.pick(List.of("", " ", "=", "a=", "=a", "a=b=c", ":", "0s:", "1s:a", "1s:=", "true",
                "null", "~", "[]", "{}", "@|red x|@", "%s%n", "${x}", "${sys:user.home}", "\u001b[31mred",
                "jdbc:postgresql:", "jdbc:postgresql://h:99999/d", "jdbc:postgresql://h/%ZZ", "http://", "..", "/",
                "/dev/null", "/dev/null/x", "CON", "*", "a\u0000b", "x".repeat(100_000), "\ud800", "generated:",
                "generated:-1", "generated:99999999999", "add=1", "add=1e308,query=1e308", "add=NaN", "add=1,add=2",
                "add.p99<", "add.p99<1.2.3", "add.p99<" + "9".repeat(400), "1-1-1-1-1", "9".repeat(30) + "h",
                "1h".repeat(5_000)));
        Gen<String> any = numbers.mix(forms, 60).mix(AnyValue.text(), 40);
        return any.mix(integers().all().map(number -> String.valueOf(number)), 10)
                .mix(longs().all().map(number -> String.valueOf(number)), 10)
                .mix(doubles().any().map(number -> String.valueOf(number)), 10);
    }

    @Test
    void anyValueOfAnyOptionIsAcceptedOrRefused() {
        List<CommandOption> options = ProgramOptions.withValue(new Services()).stream()
                // These would run for the time that they name.
                .filter(option -> !option.equals(new CommandOption("llm-simulator", "--duration"))).toList();
        assertTrue(options.size() > 60, options.toString());
        qt().withExamples(EXAMPLES).withShrinkCycles(0).forAll(Generate.pick(options), values())
                .checkAssert((option, value) -> acceptedOrRefused(with(option.command(), option.option(), value)));
    }

    @Test
    void anyValueOfAnyKeyIsAcceptedOrRefused() {
        List<String> keys = ConfigSchema.keys().stream().map(ConfigKey::path).toList();
        qt().withExamples(EXAMPLES / 4).withShrinkCycles(0).forAll(Generate.pick(keys), values())
                .checkAssert((key, value) -> {
                    acceptedOrRefused(with("load", "--set", key + "=" + value));
                    acceptedOrRefused(with("load", "--change", "1s:" + key + "=" + value));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"load --data-dir", "load --report", "load --db", "load --config", "load --json",
            "load --profile", "load --dataset", "export --user a --out", "export --out f --user", "import", "--out",
            "import f --as", "erase --yes --user", "retrieval --dataset", "load --set", "bench", "profiles --data-dir"})
    void anEmptyValueIsWrongUsage(String line) {
        for (String empty : List.of("", "  ", "\t")) {
            List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
            arguments.add(empty);
            Outcome outcome = run(arguments);

            assertEquals(2, outcome.code(), outcome.toString());
            assertTrue(outcome.err().contains("needs a value"), outcome.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "export --out f --user", "erase --yes --user", "dead-letters list --user",
            "import --as"})
    void aNameThatCannotBeStoredIsWrongUsage(String line) {
        for (String name : List.of("a\u0000b", "\ud800", "x".repeat(100_000))) {
            List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
            arguments.add(name);
            if (line.equals("query")) {
                arguments.add("question");
            } else if (line.startsWith("import")) {
                arguments.add(file.toString());
            }

            Outcome outcome = run(arguments);

            assertEquals(2, outcome.code(), outcome.toString());
        }
    }

    /// Such a file has the size 0 and no end; another system has none of that name.
    @ParameterizedTest
    @ValueSource(strings = {"load --duration 1ms --config", "load --duration 1ms --dataset", "retrieval --dataset",
            "dataset check", "config convert", "import"})
    void anEndlessFileIsRefused(String line) {
        for (String file : List.of("/dev/zero", "/proc/self/pagemap")) {
            List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
            arguments.add(file);

            Outcome outcome = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> run(arguments));

            assertTrue(outcome.code() == 1 || outcome.code() == 2, outcome.toString());
            assertFalse(outcome.err().contains("Unexpected failure") || outcome.err().contains("java."),
                    outcome.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--set postgres.pool_size=5 --set postgres.pool_size=6 | postgres.pool_size is given twice",
            "--set postgres.pool_size=5 --set postgres.pool_size=5 | postgres.pool_size is given twice",
            "--set monitoring.log_level=info --log-level debug | monitoring.log_level is given twice",
            "--db jdbc:postgresql://h/d --set postgres.url=jdbc:postgresql://h/d | postgres.url is given twice",
            "--mix add=1,query=1,add=2 | gives the share of add twice", "--mix add=1e308 | is not a mix",
            "--mix add=1e308,query=1e308 | is not a mix", "--mix add=NaN | is not a mix", "--mix add=1f | is not a mix",
            "--change 1s:postgres.url=jdbc:postgresql://h/d | fixed at start",
            "--change 1s:retrieval.rrf_k=5 --change 1s:retrieval.rrf_k=6 | changed twice at the same time",
            "--change 1s:retrieval.rrf_k=0 | expected a whole number", "--set llm.base_url=http:// | expected a URL",
            "--set llm.base_url=https://h:99999/v1 | expected a URL", "--db jdbc:postgresql://h:99999/d | The port",
            "--set postgres.url=jdbc:postgresql://h:99999/d | The port", "--rate NaN | is not a number",
            "--rate 1e308 | The rate must be", "--rate 1e-300 | The rate must be", "--set nothing | is not a setting",
            "--set =5 | is not a setting", "--threshold add.p99<" + "99999999999999999999999999999999999999999999999999"
                    + "999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999"
                    + "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999"
                    + "999999999999999999999999999999999999999999999999999999999999999999999999999 | is no number"})
    void whatContradictsItselfIsWrongUsage(String line, String sentence) {
        List<String> arguments = new ArrayList<>(List.of("load", "--duration", "1ms"));
        arguments.addAll(List.of(line.split(" ")));

        Outcome outcome = run(arguments);

        assertEquals(2, outcome.code(), outcome.toString());
        assertTrue(outcome.err().contains(sentence), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--db=jdbc:postgresql://h/d\n", "--set=llm.base_url=https://h/v1\n",
            "--set=postgres.url=jdbc:postgresql://h/d\n", "--set=postgres.url=jdbc:postgresql://h/d\u2028"})
    void aLineFeedAtTheEndOfAnAddressIsRefused(String argument) {
        Outcome outcome = run(List.of("load", "--duration", "1ms", argument));

        assertEquals(2, outcome.code(), outcome.toString());
    }
}
