package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesktopNotifierTest {
    @TempDir
    private Path folder;

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private DesktopNotifier notifier(String system) {
        return new DesktopNotifier("/no/such/folder:" + folder, system);
    }

    @Test
    void theProgramOfTheDesktopGetsTitleAndTextAsTheyAre() throws Exception {
        program("notify-send", "printf '%s|' \"$@\" > " + folder.resolve("out"));

        assertTrue(notifier("Linux").show("MemFuse: an alert", "p99 of add; $(rm -rf /) \"150 ms\" -x"));

        assertEquals("--app-name=MemFuse Console|--|MemFuse: an alert|p99 of add; $(rm -rf /) \"150 ms\" -x|",
                Files.readString(folder.resolve("out")));
    }

    @Test
    void aTextIsNoScriptOnMacOs() throws Exception {
        program("osascript", "printf '%s|' \"$@\" > " + folder.resolve("out"));

        assertTrue(notifier("Mac OS X").show("title", "\" & do shell script"));

        assertTrue(Files.readString(folder.resolve("out")).endsWith("|title|\" & do shell script|"));
    }

    @Test
    void aSystemWithoutAProgramShowsNothing() throws Exception {
        assertFalse(notifier("Linux").show("title", "text"));
        assertFalse(new DesktopNotifier("", "Linux").show("title", "text"));
    }

    @Test
    void aProgramThatRefusesShowsNothing() throws Exception {
        program("notify-send", "exit 1");

        assertFalse(notifier("Linux").show("title", "text"));
    }
}
