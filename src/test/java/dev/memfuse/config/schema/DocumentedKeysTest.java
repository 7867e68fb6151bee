package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tables of keys in the document about the configuration are complete.
class DocumentedKeysTest {
    private static final Path DOCUMENT = Path.of("src", "docs", "configuration.md");

    @ParameterizedTest
    @ValueSource(strings = {"llm.", "layers.", "memory_service.", "server."})
    void theDocumentHasARowForEachKeyOfASection(String section) throws IOException {
        String document = Files.readString(DOCUMENT);
        List<String> keys = ConfigSchema.keys().stream().map(ConfigKey::path).filter(path -> path.startsWith(section))
                .toList();

        assertTrue(keys.size() > 2, keys.toString());
        assertEquals(List.of(), keys.stream().filter(key -> !document.contains("\n| `" + key + "` | ")).toList());
        assertEquals(keys.size(), document.lines().filter(line -> line.startsWith("| `" + section)).count(),
                "rows of keys that do not exist");
    }
}
