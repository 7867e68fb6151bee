package dev.memfuse.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.config.connection.SavedConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileConnectionsTest {
    private static final SavedConnection STAGING = connection("staging", "jdbc:postgresql://db.example:5432/memfuse");

    @TempDir
    Path folder;

    private static SavedConnection connection(String name, String url) {
        return new SavedConnection(name, url, Optional.empty(), false);
    }

    private Path file() {
        return folder.resolve("data").resolve("connections.yaml");
    }

    private FileConnections connections() {
        return new FileConnections(file());
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text);
    }

    private List<String> names() {
        return connections().list().all().stream().map(SavedConnection::name).toList();
    }

    @Test
    void isEmptyWithoutAFile() {
        assertEquals(List.of(), connections().list().all());
        assertEquals("", connections().list().problem());
        assertFalse(Files.exists(file()));
    }

    @Test
    void keepsConnectionsByNameOverARestart() throws IOException {
        SavedConnection odd = new SavedConnection("a: \"b\" # ü\\ 'c' - *",
                "jdbc:postgresql://[::1]:5433/x?sslmode=require",
                Optional.of("phase1"), true);
        connections().add(STAGING);
        connections().add(odd);

        assertEquals(List.of(odd, STAGING), connections().list().all());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void readsAnEntryThatSaysLess() throws IOException {
        write("""
              connections:
                - {name: hand, url: "jdbc:postgresql://host/db"}
                - {name: only, url: "jdbc:postgresql://host/db", read_only: true}
              """);

        assertEquals(List.of(false, true),
                connections().list().all().stream().map(SavedConnection::readOnly).toList());
        assertEquals("", connections().list().problem());
    }

    @Test
    void refusesASecondConnectionOfAName() {
        connections().add(STAGING);

        ConfigException refused = assertThrows(ConfigException.class,
                () -> connections().add(connection("Staging", "jdbc:postgresql://other/db")));

        assertEquals("There is a connection Staging already: choose another name.", refused.getMessage());
        assertEquals(List.of(STAGING), connections().list().all());
    }

    @ParameterizedTest
    @CsvSource({"caf\u00e9,cafe\u0301", "prod,pro\u200dd", "\u00c9tat,e\u0301tat"})
    void refusesASecondNameThatLooksTheSame(String name, String same) {
        connections().add(connection(name, STAGING.url()));

        assertThrows(ConfigException.class, () -> connections().add(connection(same, STAGING.url())));

        connections().remove(same);
        assertEquals(List.of(), names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u5317\u4eac"})
    void keepsNamesOfEveryScript(String name) {
        connections().add(connection(name, STAGING.url()));

        assertEquals(List.of(name), names());
    }

    @Test
    void replacesAndRenamesButNeverOverAThirdOne() {
        SavedConnection other = connection("other", "jdbc:postgresql://other/db");
        connections().add(STAGING);
        connections().add(other);

        assertThrows(ConfigException.class, () -> connections().replace("staging", connection("OTHER", STAGING.url())));
        assertEquals(List.of(other, STAGING), connections().list().all());

        connections().replace("staging", connection("Test", "jdbc:postgresql://new/db"));
        assertEquals(List.of("other", "Test"), names());
        assertThrows(ConfigException.class, () -> connections().replace("staging", STAGING));
    }

    @Test
    void removesOne() {
        connections().add(STAGING);

        connections().remove("staging");
        connections().remove("staging");

        assertEquals(List.of(), names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://me:hidden@host/db", "jdbc:postgresql://host/db?password=hidden",
            "jdbc:postgresql://host/db?user=hidden", "mysql://host/db", "", "jdbc:postgresql://host:99999/db"})
    void refusesAnAddressWithASecretOrOfAnotherKind(String url) {
        ConfigException refused = assertThrows(ConfigException.class, () -> connections().add(connection("x", url)));

        assertFalse(refused.getMessage().contains("hidden"), refused.getMessage());
        assertFalse(Files.exists(file()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " x", "a\nb", "embedded SERVER", "\u00a0x", "\ufeff", "\u202egnp.exe", "a\u2028b",
            "Embedded\u200d server", "x\u200b", "\u200c", "\ud800",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
    void refusesANameThatCannotBeUsed(String name) {
        assertThrows(ConfigException.class, () -> connections().add(connection(name, STAGING.url())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connections: [", "", "[]", "connections: 3", "other: []", "connections: []\nmore: 1",
            "--- \0"})
    void keepsAFileAsideThatIsNoList(String text) throws IOException {
        write(text);
        FileConnections connections = connections();

        SavedConnections.Saved saved = connections.list();

        assertEquals(List.of(), saved.all());
        assertTrue(saved.problem().endsWith("The damaged file is kept as connections.damaged-1.yaml."),
                saved.problem());
        assertEquals(text, Files.readString(file().resolveSibling("connections.damaged-1.yaml")));
        connections.add(STAGING);
        assertEquals(List.of("staging"), names());
    }

    @Test
    void keepsWhatCanBeReadOfADamagedFile() throws IOException {
        write("""
              connections:
                - name: secret
                  url: jdbc:postgresql://me:hidden@host/db
                - name: good
                  url: jdbc:postgresql://host/db
                - name: Good
                  url: jdbc:postgresql://host/db2
                - name: more
                  url: jdbc:postgresql://host/db
                  hidden: 1
              """);

        SavedConnections.Saved saved = connections().list();

        assertEquals(List.of(connection("good", "jdbc:postgresql://host/db")), saved.all());
        assertFalse(saved.problem().contains("hidden"), saved.problem());
        assertTrue(saved.problem().contains("connection 1: ") && saved.problem().contains("connection 3: ")
                && saved.problem().contains("connection 4: "), saved.problem());
        assertEquals(List.of("good"), names());
        assertTrue(Files.exists(file().resolveSibling("connections.damaged-1.yaml")));
    }

    @Test
    void aFileThatCannotBeReadIsLeftAlone() throws IOException {
        Files.createDirectories(file());

        assertThrows(ConfigException.class, () -> connections().list());
        assertThrows(ConfigException.class, () -> connections().add(STAGING));
        assertTrue(Files.isDirectory(file()));
    }

    @Test
    void aFolderThatCannotBeWrittenIsASentence() throws IOException {
        Files.writeString(folder.resolve("data"), "a file");

        ConfigException refused = assertThrows(ConfigException.class, () -> connections().add(STAGING));

        assertTrue(refused.getMessage().contains("connections.yaml"), refused.getMessage());
    }

    @Test
    void theSentenceAboutADamagedFileLeavesWhenTheFileWasMendedOrReplaced() throws IOException {
        String damaged = """
                         connections:
                           - name: good
                             url: jdbc:postgresql://host/db
                           - name: bad
                             url: mysql://host/db
                         """;
        write(damaged);
        FileConnections connections = connections();
        assertFalse(connections.list().problem().isEmpty());
        assertFalse(connections.list().problem().isEmpty(), "it stays until somebody does something");

        write(damaged.replace("mysql", "jdbc:postgresql"));
        assertEquals("", connections.list().problem());
        assertEquals(2, connections.list().all().size());

        write("connections: [");
        assertFalse(connections.list().problem().isEmpty());
        connections.add(STAGING);
        assertEquals("", connections.list().problem());
    }
}
