package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.console.fx.Page;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// README and the description of the window have a picture of each page.
@Tag("fx")
class DocumentedPagesTest extends OpenConsole {
    private static final Path DOCS = Path.of("src", "docs");
    private static final Pattern PICTURE = Pattern.compile("\\]\\((?:src/docs/)?images/([a-z]+-[^)]+\\.png)\\)");

    @Test
    void eachPageHasAPicture() throws IOException {
        Set<String> shown = pictures().stream().map(name -> name.substring(0, name.indexOf('-')))
                .collect(Collectors.toSet());

        assertEquals(List.of(), console.pages().stream().map(Page::id).filter(id -> !shown.contains(id)).toList());
    }

    @Test
    void eachPictureIsShown() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("images"))) {
            assertEquals(Set.copyOf(pictures()),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    private static List<String> pictures() throws IOException {
        return PICTURE.matcher(Files.readString(Path.of("README.md")) + Files.readString(DOCS.resolve("window.md")))
                .results().map(match -> match.group(1)).toList();
    }
}
