package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/// Lines of the product's code and Javadoc fit into 120 characters: the formatter wraps code, but no Javadoc.
class SourceLinesTest {
    private static final int LIMIT = 120;

    @Test
    void linesStayWithin120Characters() throws IOException {
        List<String> longLines = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> found = Files.walk(Path.of("src", "main", "java"))) {
            files = found.filter(path -> path.toString().endsWith(".java")).toList();
        }
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            for (int number = 1; number <= lines.size(); number++) {
                if (lines.get(number - 1).length() > LIMIT) {
                    longLines.add(file + ":" + number);
                }
            }
        }

        assertFalse(files.isEmpty());
        assertEquals(List.of(), longLines);
    }
}
