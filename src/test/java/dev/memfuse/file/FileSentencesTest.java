package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/// Sentences about files name the reason: the message of the platform is often the path alone.
class FileSentencesTest {
    private static final Pattern BARE = Pattern.compile(
            "catch \\((?:\\w+ \\| )*IOException(?: \\| \\w+)* e\\) \\{"
                    + "[^}]*?: ?\"\\s*\\+ e(?:\\.getMessage\\(\\))?[\\s;),]");

    @Test
    void noSentenceAboutAFileEndsWithTheMessageOfThePlatform() throws IOException {
        List<String> bare = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java")).sorted().toList()) {
                if (BARE.matcher(Files.readString(source)).find()) {
                    bare.add(source.getFileName().toString());
                }
            }
        }
        // Ports, a native library, a parser and a program: their messages are sentences.
        bare.removeAll(List.of("ProxyThreads.java", "OnnxEmbeddingModel.java", "Words.java", "LlmSimulator.java",
                "ExplainXml.java", "ProgramProcess.java"));

        assertEquals(List.of(), bare);
    }

    @Test
    void aClauseSaysWhatToDo() {
        assertEquals("this account has no permission; change its permissions, or choose another place",
                FileFailures.clause(new AccessDeniedException("/a/b")));
    }
}
