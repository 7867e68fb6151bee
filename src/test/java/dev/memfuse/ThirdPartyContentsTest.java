package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Models, fonts, data and native code inside jars have licences of their own, which no pom states. The list of the
/// build names each of them; a new or renamed file fails here until someone has checked its licence.
class ThirdPartyContentsTest {
    private static final Path LIST = Path.of("src/build/licences/third-party.ftl");
    private static final Pattern BINARY = Pattern
            .compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib|exe|a|ttf|otf|woff2?|onnx|bin|tiktoken|txz|xz|gz|zip|tar)");
    private static final Set<String> ALLOWED = Set.of("Apache-2.0", "BSD-3-Clause", "GPL-2.0-with-classpath-exception",
            "GPL-3.0-with-GCC-exception", "LGPL-3.0", "MIT", "MPL-2.0", "OFL-1.1", "PostgreSQL");

    private static List<Row> rows;
    private static List<Content> contents;

    /// A row of the list: which file of which jar has which licence.
    private record Row(Pattern jar, Pattern file, String licence, String text) {
        static Row of(String line) {
            String[] columns = line.split(" \\| ", -1);
            assertEquals(4, columns.length, line);
            return new Row(Pattern.compile(glob(columns[0]) + "-\\d.*\\.jar"), Pattern.compile(glob(columns[1])),
                    columns[2], columns[0] + ", " + columns[1]);
        }

        private static String glob(String text) {
            return Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        }

        boolean covers(Content content) {
            return jar.matcher(content.jar()).matches() && file.matcher(content.file()).matches();
        }
    }

    /// A file inside a jar of the class path.
    private record Content(String jar, String file) {}

    @BeforeAll
    static void readListAndClassPath() throws IOException {
        rows = Files.readAllLines(LIST).stream().dropWhile(line -> !line.startsWith("2. "))
                .takeWhile(line -> !line.startsWith("3. ")).filter(line -> line.contains(" | "))
                .filter(line -> !line.contains("Format:")).map(Row::of).toList();
        contents = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (element.endsWith(".jar")) {
                Path jar = Path.of(element);
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName)
                            .forEach(name -> contents.add(new Content(jar.getFileName().toString(), name)));
                }
            }
        }
    }

    @Test
    void everyBinaryInAJarHasARow() {
        List<Content> binaries = contents.stream().filter(content -> BINARY.matcher(content.file()).matches()).toList();

        assertTrue(binaries.size() > 50, () -> "The class path is incomplete: " + binaries);
        assertEquals(List.of(),
                binaries.stream().filter(content -> rows.stream().noneMatch(row -> row.covers(content))).toList());
    }

    @Test
    void everyRowNamesAFileThatExists() {
        assertEquals(List.of(),
                rows.stream().filter(row -> contents.stream().noneMatch(row::covers)).map(Row::text).toList());
    }

    @Test
    void everyLicenceOfTheListIsAllowed() {
        assertEquals(List.of(),
                rows.stream().filter(row -> !ALLOWED.contains(row.licence())).map(Row::text).toList());
    }
}
