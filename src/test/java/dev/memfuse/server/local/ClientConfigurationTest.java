package dev.memfuse.server.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.memfuse.metrics.EnvironmentInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void theLinesStartTheProgramFromAnyFolder() throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("a \"data\" folder"));
        Path arguments = ClientConfiguration.write(data);
        JsonNode client = JsonMapper.builder().build().readTree(String.join("\n",
                ClientConfiguration.lines(arguments, "me \"and\" you", List.of()))).path("mcpServers").path("memfuse");
        List<String> words = client.path("args").valueStream().map(JsonNode::stringValue).toList();
        assertEquals(List.of("@" + arguments, "mcp", "--user", "me \"and\" you"), words);

        List<String> command = new ArrayList<>(List.of(client.path("command").stringValue(), words.getFirst(),
                "mcp", "--version"));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        assertTrue(output.contains(EnvironmentInfo.PROGRAM_VERSION), output);
    }
}
