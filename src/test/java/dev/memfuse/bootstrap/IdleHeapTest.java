package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// After a load, a JVM with the options of the build returns heap to the system while it is idle.
@Tag("slow")
class IdleHeapTest {
    /// Minutes until the heap of [IdleHeapChild] is small again.
    private static final int MINUTES = 6;

    @ParameterizedTest
    @ValueSource(strings = {"memfuse", "dist"})
    void anIdleProgramReturnsItsHeap(String options) throws Exception {
        Matcher found = Pattern.compile("<" + options + "\\.jvm>(.*?)</").matcher(Files.readString(Path.of("pom.xml")));
        assertEquals(true, found.find(), "no options in pom.xml");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString()));
        command.addAll(List.of(found.group(1).split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), IdleHeapChild.class.getName(),
                Integer.toString(MINUTES)));
        Process idle = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(idle.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, idle.waitFor(), output);
    }
}
