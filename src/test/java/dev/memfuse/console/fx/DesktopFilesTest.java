package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesktopFilesTest {
    @TempDir
    private Path folder;

    private Path report;

    @BeforeEach
    void write() throws IOException {
        report = Files.writeString(folder.resolve("-a report; $(touch x) \"1\".html"), "<p>");
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private void opener(String name) throws IOException {
        program(name, "printf '%s|' \"$0\" \"$@\" > " + folder.resolve("out"));
    }

    private DesktopFiles files(String system) {
        return new DesktopFiles("/no/such/folder:" + folder, system);
    }

    private String called() throws IOException {
        return Files.readString(folder.resolve("out")).substring(folder.toString().length() + 1);
    }

    @Test
    void theProgramOfTheDesktopGetsThePathAsItIs() throws Exception {
        opener("xdg-open");

        assertTrue(files("Linux").open(report));

        assertEquals("xdg-open|" + report + "|", called());
    }

    @Test
    void anotherWayIsTakenWhereTheFirstOneFailsOrIsMissing() throws Exception {
        opener("gio");
        assertTrue(files("Linux").open(report));
        assertEquals("gio|open|" + report + "|", called());

        program("xdg-open", "exit 3");
        Files.delete(folder.resolve("out"));
        assertTrue(files("Linux").open(report));
        assertEquals("gio|open|" + report + "|", called());
    }

    @Test
    void eachSystemHasItsProgram() throws Exception {
        opener("open");
        assertTrue(files("Mac OS X").open(folder));
        assertEquals("open|" + folder + "|", called());

        opener("rundll32.exe");
        assertTrue(files("Windows 11").open(folder));
        assertEquals("rundll32.exe|url.dll,FileProtocolHandler|" + folder + "|", called());
    }

    @Test
    void aSystemWithoutAProgramOpensNothing() throws Exception {
        assertFalse(files("Linux").open(report));
        assertFalse(new DesktopFiles("", "Linux").open(report));
    }

    @Test
    void aDesktopThatRefusesIsAReason() throws Exception {
        program("xdg-open", "exit 4");

        assertEquals("The desktop has no program that opens it.",
                assertThrows(IOException.class, () -> files("Linux").open(report)).getMessage());
    }

    @Test
    void aFileThatIsGoneIsTold() throws Exception {
        opener("xdg-open");

        assertThrows(NoSuchFileException.class, () -> files("Linux").open(folder.resolve("gone")));
    }

    @Test
    void aProgramThatRunsOnHasOpenedIt() throws Exception {
        program("xdg-open", "exec tail -f /dev/null --pid=" + ProcessHandle.current().pid());

        assertTrue(files("Linux").open(report));
    }
}
