package dev.memfuse.server.mcp;

import static dev.memfuse.server.mcp.McpClients.call;
import static dev.memfuse.server.mcp.McpClients.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.memfuse.Main;
import dev.memfuse.server.local.LocalAddress;
import dev.memfuse.store.TestFolders;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tools over standard streams: the program runs in processes of its own, with the protocol's own client.
@Tag("db")
class McpStdioDbTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<StdioClientTransport> started = new ArrayList<>();
    private Path data = Path.of("");

    @BeforeEach
    void folder() {
        data = TestFolders.create();
    }

    @AfterEach
    void remove() {
        started.forEach(StdioClientTransport::awaitForExit);
        TestFolders.remove(data);
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private McpSyncClient client(String user) {
        StdioClientTransport transport = new StdioClientTransport(ServerParameters.builder(java())
                .args(command("mcp", "--user", user, "--data-dir", data.toString())).build(),
                McpJsonDefaults.getMapper());
        started.add(transport);
        return McpClients.connected(transport);
    }

    @Test
    void aSecondProgramJoinsTheFirstAndTakesOver() throws IOException {
        McpSyncClient first = client("anna");
        try (McpSyncClient second = client("ben")) {
            try (first) {
                assertTrue(text(call(first, "add_memory", Map.of("text", "My locker has the number 17.")))
                        .startsWith("Stored 1 message"));
                assertEquals(8, second.listTools().tools().size());
                String foreign = text(call(second, "search_memory", Map.of("query", "Which number has my locker?")));
                assertTrue(foreign.startsWith("Nothing found"), foreign);
                call(second, "add_memory", Map.of("text", "Ben's bicycle is green."));
                assertEquals("rw-------", PosixFilePermissions
                        .toString(Files.getPosixFilePermissions(LocalAddress.file(data))));
            }
            // The first one hosted the engine. Its messages are stored, and the second one hosts it now.
            String own = text(call(second, "search_memory", Map.of("query", "bicycle")));
            assertTrue(own.contains("Ben's bicycle is green."), own);
            try (McpSyncClient third = client("anna")) {
                String found = text(call(third, "search_memory", Map.of("query", "locker")));
                assertTrue(found.contains("17"), found);
            }
        }
    }

    @Test
    void standardOutputCarriesTheProtocolOnly() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(command("mcp", "--user", "raw", "--ephemeral", "--data-dir", data.toString()));
        Path errors = data.resolve("errors");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (BufferedWriter in = new BufferedWriter(
                new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
            in.write("""
                     nonsense
                     {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
                     "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}

                     {"jsonrpc":"2.0","method":"notifications/initialized"}
                     {"jsonrpc":"2.0","id":"two","method":"tools/call","params":{"name":"add_memory",\
                     "arguments":{"text":"Zeile 1\\nZeile 2: ünïcödé 記憶"}}}
                     {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"add_memory","arguments":[]}}
                     [1]
                     {"jsonrpc":"2.0","id":{"a":1},"method":"ping"}
                     {"jsonrpc":"2.0","id":1e999999,"method":"ping"}
                     """);
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));

        assertEquals(0, process.exitValue(), Files.readString(errors));
        List<JsonNode> answers = out.lines().map(JSON::readTree).toList();
        assertEquals(7, answers.size(), out);
        assertTrue(answers.stream().map(answer -> answer.get("id"))
                .allMatch(id -> id == null || id.isNull() || id.isString() || id.isIntegralNumber()), out);
        assertTrue(answers.stream().allMatch(answer -> answer.path("jsonrpc").asString("").equals("2.0")), out);
        assertTrue(answers.stream().anyMatch(answer -> answer.path("error").path("code").asInt(0) == -32_700), out);
        assertTrue(answers.stream().anyMatch(answer -> answer.path("id").asString("").equals("two")
                && answer.path("result").path("content").path(0).path("text").asString("").startsWith("Stored")), out);
        assertTrue(answers.stream().anyMatch(answer -> answer.path("error").path("message").asString("")
                .equals("params.arguments must be an object.")), out);
        assertFalse(Files.exists(LocalAddress.file(data)), "temporary data is not offered to others");
        assertTrue(Files.readString(errors).contains("Hosts the engine."), Files.readString(errors));
    }
}
