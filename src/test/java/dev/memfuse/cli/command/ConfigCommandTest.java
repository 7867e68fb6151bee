package dev.memfuse.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
        return new CommandLine(new ConfigCommand(terminal)).setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(err)).execute(arguments);
    }

    private Path source() throws IOException {
        return Files.writeString(folder.resolve("config.yaml"),
                """
                defaults: []
                buffer: {enabled: false}
                server: {port: 1}
                database: {postgres: {user: ann}}
                """);
    }

    @Test
    void theFileThatItWritesIsAcceptedAndTheListSaysWhatBecameOfEachKey() throws IOException {
        Path result = folder.resolve("memfuse.yaml");

        assertEquals(0, run("convert", source().toString(), "--out", result.toString()), err::toString);

        assertTrue(new ConfigLoader().load(result).buffer().bypassMode());
        assertTrue(out.toString().contains("buffer.enabled"), out.toString());
        assertTrue(out.toString().contains("taken over"), out.toString());
        assertTrue(err.toString().startsWith("1 taken over, 1 without a counterpart, 1 need a decision. Written to "),
                err.toString());
    }

    @Test
    void aFileThatExistsIsReplacedAsAWholeSoThatAReaderKeepsTheOldOne() throws IOException {
        Path result = Files.writeString(folder.resolve("memfuse.yaml"), "old");
        Path old = Files.createLink(folder.resolve("old"), result);

        assertEquals(0, run("convert", source().toString(), "--out", result.toString()), err::toString);

        assertEquals("old", Files.readString(old));
        assertTrue(new ConfigLoader().load(result).buffer().bypassMode());
    }

    @Test
    void withoutAFileItPrintsTheConfigurationAlone() throws IOException {
        assertEquals(0, run("convert", source().toString()), err::toString);

        assertTrue(new ConfigLoader().load("printed", out.toString()).buffer().bypassMode());
        assertTrue(err.toString().contains("PGUSER to ann"), err.toString());
    }

    @Test
    void aPlaceThatDoesNotExistIsWrongUsage() {
        assertEquals(2, run("convert", folder.resolve("nowhere").toString()));
        assertFalse(err.toString().contains("Exception"), err.toString());
    }
}
