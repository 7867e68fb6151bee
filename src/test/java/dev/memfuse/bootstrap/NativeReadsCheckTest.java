package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

class NativeReadsCheckTest {
    @Test
    void onlyFastAccessorsUnderZgcAreAProblem() {
        assertEquals(Optional.empty(), NativeReadsCheck.problem(false, true));
        assertEquals(Optional.empty(), NativeReadsCheck.problem(true, false));
        assertTrue(NativeReadsCheck.problem(true, true).orElseThrow().contains("-XX:-UseFastJNIAccessors"));
    }

    @Test
    void theOptionsOfTheBuildHaveNoSuchProblem() throws IOException {
        Matcher options = Pattern.compile("<(?:memfuse|dist)\\.jvm>(.*?)</")
                .matcher(Files.readString(Path.of("pom.xml")));
        int found = 0;
        for (; options.find(); found++) {
            String jvm = options.group(1);
            assertEquals(Optional.empty(), NativeReadsCheck.problem(jvm.contains("+UseZGC"),
                    !jvm.contains("-UseFastJNIAccessors")), jvm);
        }
        assertTrue(found >= 2, "no options in pom.xml");
    }
}
