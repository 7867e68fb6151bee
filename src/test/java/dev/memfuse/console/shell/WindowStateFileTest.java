package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.shell.WindowStateFile.Saved;
import dev.memfuse.file.FullDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowStateFileTest {
    private static final WindowState STATE = new WindowState(1400, 900, true, "flags", Themes.Choice.DARK);

    @TempDir
    private Path folder;

    @Test
    void loadsTheSavedState() {
        new WindowStateFile(folder).save(STATE);

        assertEquals(new Saved(STATE, ""), new WindowStateFile(folder).load());
    }

    @Test
    void keepsTheValuesOfPages() {
        WindowState state = new WindowState(1400, 900, true, "flags", Themes.Choice.DARK,
                Map.of("load.form.RATE", "12", "text", "two\nlines = \u00e4"));

        new WindowStateFile(folder).save(state);

        assertEquals(state, new WindowStateFile(folder).load().state());
    }

    @Test
    void aFolderInItsPlaceIsAProblemAndNoFailure() throws IOException {
        Files.createDirectories(folder.resolve("window.properties/x"));

        Saved loaded = new WindowStateFile(folder).load();
        new WindowStateFile(folder).save(STATE);

        assertEquals(WindowState.DEFAULT, loaded.state());
        assertTrue(loaded.problem().contains("window.properties cannot be read: "), loaded.problem());
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
        assertEquals(Saved.NOTHING, new WindowStateFile(folder).load());
    }

    @Test
    void replacesInvalidValuesByDefaults() throws IOException {
        Files.writeString(folder.resolve("window.properties"), "width=-3\nheight=tall\npage=load\ntheme=PINK\n");

        WindowState loaded = new WindowStateFile(folder).load().state();

        assertEquals(new WindowState(1280, 800, false, "load", Themes.Choice.SYSTEM), loaded);
    }

    @Test
    void startsWithTheDefaultWhenTheFileIsDamaged() throws IOException {
        Files.writeString(folder.resolve("window.properties"), "page=\\u00zz");

        Saved loaded = new WindowStateFile(folder).load();
        assertEquals(WindowState.DEFAULT, loaded.state());
        assertEquals("What the window remembered in " + folder.resolve("window.properties") + " cannot be read: it is "
                + "damaged. The window starts as at first, and the file is written anew. The damaged one is kept as "
                + "window.damaged-1.properties.", loaded.problem());
        assertEquals("page=\\u00zz", Files.readString(folder.resolve("window.damaged-1.properties")));
    }

    @Test
    void eachDamagedFileIsKept() throws IOException {
        for (int number = 1; number <= 3; number++) {
            Files.writeString(folder.resolve("window.properties"), "n=" + number + "\\u00zz");
            new WindowStateFile(folder).load();
        }

        assertEquals("n=1\\u00zz", Files.readString(folder.resolve("window.damaged-1.properties")));
        assertEquals("n=3\\u00zz", Files.readString(folder.resolve("window.damaged-3.properties")));
    }

    @Test
    void aFullDiskIsSaidOnceAndTheOldStateStays() throws Exception {
        WindowStateFile file = new WindowStateFile(folder);
        assertEquals("", file.save(STATE));
        List<String> warned = new ArrayList<>();
        SaveProblem problem = new SaveProblem(warned::add);

        FullDisk.during(() -> {
            problem.show(file.save(WindowState.DEFAULT));
            problem.show(file.save(WindowState.DEFAULT));
        });

        assertEquals(1, warned.size());
        assertTrue(warned.getFirst().startsWith("What the window remembers, such as its page and what is typed into "
                + "forms, is lost when it closes: " + folder.resolve("window.properties")), warned.getFirst());
        assertEquals(STATE, file.load().state());
        problem.show(file.save(WindowState.DEFAULT));
        FullDisk.during(() -> problem.show(file.save(STATE)));
        assertEquals(2, warned.size());
    }
}
