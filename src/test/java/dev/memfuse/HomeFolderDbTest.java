package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program writes into its data folder and the temporary folder only: it runs in another process whose home folder
/// is empty.
@Tag("db")
class HomeFolderDbTest {
    @TempDir
    private Path folder;

    @Test
    void aLoadWithQueriesLeavesTheHomeFolderEmpty() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));

        String output = run(home, temporary, "load", "--ephemeral", "--duration", "1s", "--users", "2", "--rate", "10",
                "--mix", "add=1,query=1");

        try (Stream<Path> left = Files.list(home)) {
            assertEquals(List.of(), left.toList(), output);
        }
        assertTrue(Files.isDirectory(folder.resolve("data")), output);
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList(), "the temporary folder after the exit");
        }
    }

    private String run(Path home, Path temporary, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + home, "-Djava.io.tmpdir=" + temporary, "--module-path",
                System.getProperty("jdk.module.path", ""),
                "--add-modules", "javafx.controls,javafx.fxml,javafx.swing", "-cp",
                System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("LOCALAPPDATA", folder.resolve("data").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        return output;
    }
}
