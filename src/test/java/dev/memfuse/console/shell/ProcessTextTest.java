package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class ProcessTextTest {
    private static String text(String command, String... arguments) {
        return new ProcessText(7, Optional.of("me"), Optional.empty(), Optional.of(command), List.of(arguments))
                .sentence();
    }

    @Test
    void namesTheProgramWithoutItsFolder() {
        assertEquals("Process 7 of the account me: java -jar memfuse.jar.",
                text("/usr/lib/jvm/java-25/bin/java", "-jar", "memfuse.jar"));
        assertEquals("Process 7 of the account me: java.exe.", text("C:\\Java\\bin\\java.exe"));
    }

    @Test
    void aListOfPathsIsLeftOut() {
        assertEquals("Process 7 of the account me: java -Xmx1g dev.memfuse.Main run.",
                text("java", "-cp", "a.jar:".repeat(2_000), "-Xmx1g", "dev.memfuse.Main", "run"));
    }

    @Test
    void longArgumentsAreCut() {
        String long1 = text("java", "x".repeat(9_000), "two\nlines");

        assertTrue(long1.length() < 250, long1);
        assertFalse(long1.contains("\n"));
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertEquals("Process 7.", new ProcessText(7, Optional.empty(), Optional.empty(), Optional.empty(), List.of())
                .sentence());
    }
}
