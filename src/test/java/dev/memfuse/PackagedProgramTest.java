package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

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
    /// The goal; without `strip` the build leaves the JVM its symbols.
    private static final long MAX_BYTES = Files.isExecutable(Path.of("/usr/bin/strip")) ? 200_000_000 : 206_000_000;

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
        Path output = folder.resolve("output.txt");
        Process process = builder(jvmOptions, arguments).redirectErrorStream(true).redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Ended(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
    }

    private ProcessBuilder builder(String jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>(List.of(IMAGE.resolve("bin/memfuse").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(Map.of("HOME", folder.toString(), "PATH", "/usr/bin:/bin",
                "JAVA_TOOL_OPTIONS", jvmOptions));
        return builder;
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
    void startsItsWindowAndThenItsEngine() throws IOException, InterruptedException {
        ProcessBuilder builder = builder("-Dglass.platform=Headless -Dprism.order=sw -Dmemfuse.start.print=true",
                "--data-dir", folder.resolve("data").toString()).redirectErrorStream(true);
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        String environment = "";
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.equals("engine ready")) {
                    environment = Files.readString(Path.of("/proc", process.pid() + "", "environ"));
                    // Unlike the process, its handle leaves the output open.
                    process.toHandle().destroy();
                }
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
        assertEquals(List.of("window shown", "engine ready"),
                lines.stream().filter(line -> line.startsWith("window") || line.startsWith("engine")).toList(),
                lines.toString());
        // JavaFX would add them beside threads that read the environment, which can end the program.
        List<String> variables = List.of(environment.split("\0"));
        assertTrue(variables.containsAll(List.of("GDK_BACKEND=x11", "IBUS_ENABLE_SYNC_MODE=1")), environment);
    }

    @Test
    void hasItsStyleSheetsInTheBinaryFormToo() throws IOException {
        try (Stream<Path> jars = Files.list(IMAGE.resolve("lib/app"))) {
            Path own = jars.filter(jar -> jar.getFileName().toString().startsWith("memfuse-console-")).findFirst()
                    .orElseThrow();
            try (JarFile jar = new JarFile(own.toFile())) {
                List<String> sheets = jar.stream().map(JarEntry::getName)
                        .filter(name -> name.startsWith("styles/") && name.endsWith(".css")).toList();
                assertTrue(sheets.contains("styles/app.css"), sheets.toString());
                assertEquals(List.of(), sheets.stream()
                        .filter(name -> jar.getEntry(name.replace(".css", ".bss")) == null).toList());
            }
        }
    }

    /// The first start of a user unpacks it; those that follow, and those after a change of the image, leave nothing
    /// else there.
    @Test
    void usesItsAotCacheFromTheFirstStartOn() throws IOException, InterruptedException {
        Path caches = Files.createDirectories(folder.resolve(".cache/memfuse"));
        Files.writeString(caches.resolve("memfuse-1.aot"), "of an older version");
        Files.writeString(caches.resolve("memfuse-1.aot.42"), "of a start that was killed");
        for (int start = 1; start <= 2; start++) {
            Path log = folder.resolve("aot" + start + ".txt");
            Ended ended = run("-Xlog:aot:file=" + log, "--version");
            assertEquals(0, ended.code(), ended.output());
            assertTrue(Files.readString(log).contains("Using AOT-linked classes: true"), Files.readString(log));
        }
        try (Stream<Path> left = Files.list(caches)) {
            assertEquals(1, left.count());
        }
    }

    @Test
    void startsWithoutItsAotCacheWhereItCannotBeUnpacked() throws IOException, InterruptedException {
        Files.writeString(folder.resolve(".cache"), "no folder");
        Ended ended = run("", "--version");
        assertEquals(0, ended.code(), ended.output());
        assertEquals(List.of("MemFuse Console", "Java"), ended.output().lines()
                .filter(line -> !line.startsWith("Picked up ")).map(line -> line.replaceAll(" [\\d.]+$", "")).toList(),
                ended.output());
    }

    @Test
    void hasFewerThan200Megabytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(IMAGE)) {
            for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
                bytes += Files.size(file);
            }
        }
        assertTrue(bytes < MAX_BYTES, bytes + " bytes");
    }
}
