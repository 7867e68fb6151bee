package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.console.fx.Themes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateFileTest {
    private static final WindowState STATE = new WindowState(1400, 900, true, "flags", Themes.Choice.DARK);

    @TempDir
    private Path folder;

    @Test
    void loadsTheSavedState() {
        new WindowStateFile(folder).save(STATE);

        assertEquals(STATE, new WindowStateFile(folder).load());
    }

    @Test
    void leavesOneFileAndNoTemporaryOnes() throws IOException {
        Path made = folder.resolve("not-there-yet");
        new WindowStateFile(made).save(STATE);
        new WindowStateFile(made).save(WindowState.DEFAULT);

        try (Stream<Path> files = Files.list(made)) {
            assertEquals(List.of("window.properties"), files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void startsWithTheDefaultWithoutAFile() {
        assertEquals(WindowState.DEFAULT, new WindowStateFile(folder).load());
    }

    @Test
    void replacesInvalidValuesByDefaults() throws IOException {
        Files.writeString(folder.resolve("window.properties"), "width=-3\nheight=tall\npage=load\ntheme=PINK\n");

        WindowState loaded = new WindowStateFile(folder).load();

        assertEquals(new WindowState(1280, 800, false, "load", Themes.Choice.SYSTEM), loaded);
    }

    @Test
    void startsWithTheDefaultWhenTheFileIsDamaged() throws IOException {
        Files.writeString(folder.resolve("window.properties"), "page=\\u00zz");

        assertEquals(WindowState.DEFAULT, new WindowStateFile(folder).load());
    }
}
