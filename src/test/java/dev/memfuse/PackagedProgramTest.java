package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the main job in the packaged program: `mvn -q -DskipTests package -Pdist`, then
/// `mvn surefire:test@slow -Dtest=PackagedProgramTest`.
@Tag("slow")
class PackagedProgramTest {
    private static final Path IMAGE = Path.of("target", "dist", "memfuse").toAbsolutePath();
    private static final long LIMIT_MINUTES = 3;

    private record Ended(int code, String output) {}

    @TempDir
    private Path folder;

    @BeforeAll
    static void isBuilt() {
        assertTrue(Files.isExecutable(IMAGE.resolve("bin/memfuse")),
                "There is no packaged program: build it first with mvn -q -DskipTests package -Pdist.");
    }

    /// Runs the launcher without what a Java installation of the machine could add.
    private Ended run(String jvmOptions, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(IMAGE.resolve("bin/memfuse").toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("HOME", folder.toString(), "PATH", "/usr/bin:/bin",
                "JAVA_TOOL_OPTIONS", jvmOptions));
        Process process = builder.start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Ended(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
    }

    @Test
    void runsALoadAndWritesItsResult() throws IOException, InterruptedException {
        Path result = folder.resolve("result.json");
        Ended ended = run("", "load", "--ephemeral", "--duration", "3s", "--warmup", "2s", "--rate", "20", "--json",
                result.toString());
        assertTrue(List.of(0, 3).contains(ended.code()), ended.output());
        assertTrue(Files.readString(result).contains("\"add\""), "the result has the adds");
    }

    @Test
    void drawsItsPagesWithoutADisplay() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Ended ended = run("", "--headless", "--ephemeral", "--out", out.toString());
        assertTrue(Files.size(out.resolve("live-light-1280x800.png")) > 10_000, ended.output());
    }

    @Test
    void usesItsAotCache() throws IOException, InterruptedException {
        Path log = folder.resolve("aot.txt");
        assertEquals(0, run("-Xlog:aot:file=" + log, "--version").code());
        assertTrue(Files.readString(log).contains("Using AOT-linked classes: true"), Files.readString(log));
    }
}
