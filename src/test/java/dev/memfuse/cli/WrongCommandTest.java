package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.memfuse.bootstrap.DefaultProgramServices;
import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.log.ProgramLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Command lines that cannot work, each for a reason that is known without the engine. The engine must not start.
final class WrongCommandTest {
    /// Arguments with which each command that starts an engine would start it.
    private static final Map<String, String> COMPLETE = new TreeMap<>(Map.ofEntries(Map.entry("advice", ""),
            Map.entry("api-keys", "list"), Map.entry("bench", "add"), Map.entry("build-layer", "m1"),
            Map.entry("compare", "--set-b buffer.bypass_mode=true"), Map.entry("database", "explain page-messages"),
            Map.entry("dead-letters", "list"), Map.entry("erase", "--user a --yes"),
            Map.entry("export", "--user a --out {folder}/a.jsonl"), Map.entry("extract", "--again --made-by rules"),
            Map.entry("import", "{folder}/user.jsonl"), Map.entry("layers", ""), Map.entry("load", ""),
            Map.entry("load-data", ""), Map.entry("mcp", "--user a"), Map.entry("query", "a question"),
            Map.entry("reembed", ""), Map.entry("retrieval", "--dataset generated:100"),
            Map.entry("scorecard", ""), Map.entry("serve", "--port 0"),
            Map.entry("sweep", "--parameter rate --values 1,2"), Map.entry("tune", "--goal minimise\tquery.p50"),
            Map.entry("memfuse", "--headless --out {folder}/out")));
    /// Commands without an engine, and `replay`, whose recording is its configuration.
    private static final List<String> WITHOUT = List.of("history", "targets", "dataset", "scenario", "profiles",
            "config", "llm-simulator");

    /// Length of a name that cannot be stored.
    private static final int LONG = 1_001;

    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter err = new StringWriter();
    @TempDir
    private Path folder;

    @BeforeEach
    void createFiles() throws IOException {
        Files.writeString(folder.resolve("user.jsonl"), """
                                                        {"type":"header","format":"memfuse-user","version":1}
                                                        """);
        Files.createDirectory(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        services.close();
    }

    private int run(ProgramServices on, String line) {
        List<String> arguments = new ArrayList<>(
                Arrays.asList(line.strip().replace("{folder}", folder.toString())
                        .replace("{long}", "n".repeat(LONG)).split(" +")));
        arguments.remove("memfuse");
        return MemFuseCommand.run(on, new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false),
                arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "advice --try 0                                      | 2 | --try counts the advice from 1",
            "advice --scenario none.yaml                         | 2 | none.yaml",
            "advice --recall-turns -1                            | 2 | --recall-turns",
            "api-keys revoke                                     | 2 | Name the key by its id",
            "api-keys create --key 00000000-0000-7000-8000-000000000001 | 2 | An id of a key is for 'api-keys revoke'",
            "api-keys list --name bot                            | 2 | --name is for 'api-keys create'",
            "api-keys create --name {long}                | 2 | --name",
            "api-keys create --user {long}                | 2 | --user",
            "api-keys make                                       | 2 | make",
            "bench nothing                                       | 2 | There is no benchmark 'nothing'",
            "bench --batch 0                                     | 2 | --batch must be 1 to 1000",
            "bench --connections 0                               | 2 | --connections must be numbers",
            "bench --json {folder}                               | 2 | is a folder",
            "build-layer m0                                      | 2 | m0",
            "database explain nothing                            | 2 | There is no call nothing; there are page-messages",
            "database explain --user anna                        | 2 | Name the call",
            "database check page-messages                        | 2 | check takes neither NAME nor --user",
            "database distribute --strict                        | 2 | --strict belongs to check",
            "dead-letters discard --all                          | 2 | Add --yes",
            "dead-letters export                                 | 2 | An export needs --out",
            "dead-letters list --out {folder}/x                  | 2 | --out is for 'dead-letters export'",
            "dead-letters retry                                  | 2 | Name the rounds",
            "erase --user a                                      | 2 | Add --yes",
            "erase --user {long} --yes                    | 2 | --user",
            "export --user a --out {folder}                      | 2 | is a folder",
            "export --user a --out /dev/null/x                   | 2 | /dev/null",
            "extract --again --made-by people                    | 2 | people",
            "import {folder}                                     | 2 | is a folder",
            "import none.jsonl                                   | 2 | cannot be read",
            "import {folder}/user.jsonl                          | 1 | user.jsonl, line",
            "layers --dataset none.jsonl                         | 2 | none.jsonl",
            "load --scenario none.yaml                           | 2 | none.yaml",
            "load --rate 0                                       | 2 | rate",
            "load --mix add=0                                    | 2 | mix",
            "load --dataset none.jsonl                           | 2 | none.jsonl",
            "load --target ftp://host                            | 2 | --target must be the address",
            "load --fault 5s:rain                                | 2 | rain",
            "load --threshold add.p50                            | 2 | add.p50",
            "load --junit {folder}                               | 2 | is a folder",
            "load-data destroy                                   | 2 | destroy",
            "mcp --user {long}                            | 2 | --user",
            "query a question --top-k 0                          | 2 | --top-k",
            "query a question --from 2026-02-02 --until 2026-02-01 | 2 | is not before",
            "query a question --layer m7                         | 2 | m7",
            "retrieval --dataset generated:1                     | 2 | generated",
            "retrieval --dataset generated:100 --top-k 1         | 2 | --top-k must be 20 to 1000",
            "scorecard --quick --full                            | 2 | Give --quick or --full",
            "scorecard --html {folder}                           | 2 | is a folder",
            "serve --port 70000                                  | 2 | --port must be between",
            "serve --port 0 --bind 192.0.2.7                     | 1 | Use an address of this machine",
            "serve --port 0 --bind no.such.host.invalid          | 2 | is unknown",
            "serve --port 0 --max-requests 0                     | 2 | --max-requests",
            "serve --port 0 --request-timeout 1ms                | 2 | --request-timeout",
            "serve --port 0 --observe --ephemeral                | 2 | add --record",
            "memfuse --headless --out /dev/null/x                | 2 | --out"})
    void isRefusedBeforeTheEngineStarts(String line, int code, String sentence) {
        assertEquals(code, run(services, line), err::toString);

        assertTrue(err.toString().contains(sentence), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        assertEquals(0, services.starts, "an engine was started");
        assertFalse(services.events.contains("headless"), "an engine was started");
    }

    /// Commands with a setting that does not exist, on the real services.
    static List<String> completeLines() {
        List<String> lines = new ArrayList<>();
        COMPLETE.forEach((command, arguments) -> lines.add(command + " " + arguments));
        return lines;
    }

    @ParameterizedTest
    @MethodSource("completeLines")
    void aWrongSettingIsRefusedBeforeAnyDatabaseIsMade(String line) throws IOException {
        Path data = folder.resolve("data");

        int code = run(new DefaultProgramServices(new ProgramLog()),
                line.replace("{folder}/user.jsonl", exported().toString())
                        + " --set postgres.pool_sise=1 --data-dir " + data);

        assertEquals(2, code, err::toString);
        assertTrue(err.toString().contains("pool_sise"), err.toString());
        assertEquals(List.of("logs"), entries(data));
    }

    private Path exported() throws IOException {
        return Files.writeString(folder.resolve("exported.jsonl"),
                """
                {"type":"header","format":"memfuse-user","version":1}
                {"type":"user","user_id":"018f0000-0000-7000-8000-000000000001","name":"a","created_at":"2026-01-01T00:00:00Z"}
                """);
    }

    private static List<String> entries(Path data) throws IOException {
        try (var files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--set server.tls.key_store={folder}/none.p12            | none.p12 (server.tls.key_store) does not exist",
            "--set server.tls.key_store={folder}/user.jsonl          | user.jsonl",
            "--set server.allowed_origins=example.com                | is no origin"})
    void aServerWithKeysOrOriginsThatCannotBeUsedDoesNotStartTheEngine(String options, String sentence)
            throws IOException {
        Path data = folder.resolve("data");

        int code = run(new DefaultProgramServices(new ProgramLog()),
                "serve --port 0 " + options + " --data-dir " + data);

        assertTrue(code == 1 || code == 2, err.toString());
        assertTrue(err.toString().contains(sentence), err.toString());
        assertEquals(List.of("logs"), entries(data));
    }

    @Test
    void aServerOnABusyPortDoesNotStartTheEngine() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(1, run(services, "serve --port " + busy.getLocalPort()), err::toString);
        }
        assertTrue(err.toString().contains("is in use"), err.toString());
        assertEquals(0, services.starts);
    }

    /// A new command needs a line above.
    @Test
    void everyCommandIsHere() {
        CommandLine line = MemFuseCommand.line(services,
                new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false));
        TreeSet<String> known = new TreeSet<>(COMPLETE.keySet());
        known.addAll(WITHOUT);
        known.remove("memfuse");

        assertEquals(new TreeSet<>(line.getSubcommands().keySet()), known);
    }
}
