package dev.memfuse.load.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.memfuse.file.FolderRemoval;
import dev.memfuse.file.FullDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Recordings on a full disk, without their folder, and with a file in its place.
class RecordingsDiskTest {
    private static final Instant AT = Instant.parse("2026-11-27T01:02:03Z");

    @TempDir
    private Path folder;
    private Recordings recordings = new Recordings(Path.of(""));
    private String id = "";

    @BeforeEach
    void recordOne() {
        recordings = new Recordings(folder.resolve("recordings"));
        id = add("First", AT);
    }

    private String add(String name, Instant at) {
        return recordings.add(new NewRecording(RecordingKind.LOAD, name, at, at.plusSeconds(20), 42, "good",
                "Good: every limit was kept.", List.of(), List.of(RecordingFile.text("log.txt", "a line\n"))), 1L << 30)
                .id();
    }

    @Test
    void onAFullDiskNothingIsLostNothingIsLeftAndTheSentenceSaysWhere() throws Exception {
        Path exported = folder.resolve("one.zip");
        recordings.exportTo(id, exported);
        byte[] before = Files.readAllBytes(exported);
        List<Path> files = allFiles();
        List<String> said = new ArrayList<>();

        FullDisk.during(() -> {
            said.add(refused(() -> add("Second", AT.plusSeconds(60))));
            said.add(refused(() -> recordings.update(id, manifest -> manifest.withNote("a note"))));
            said.add(refused(() -> recordings.exportTo(id, exported)));
            said.add(refused(() -> recordings.importFrom(exported)));
        });

        assertTrue(said.get(0).startsWith("The recording cannot be written into " + recordings.folder() + ": "),
                said.get(0));
        assertTrue(said.get(1).startsWith("The recording " + id + " cannot be changed: "), said.get(1));
        assertTrue(said.get(2).startsWith("The file " + exported + " cannot be written: "), said.get(2));
        assertTrue(said.get(3).startsWith("The recording of the file " + exported + " cannot be added to "
                + recordings.folder() + ": "), said.get(3));
        assertEquals(files, allFiles());
        assertArrayEquals(before, Files.readAllBytes(exported));
        assertEquals("", recordings.open(id).note());
    }

    private static String refused(Executable action) {
        return String.valueOf(assertThrows(UncheckedIOException.class, action).getMessage());
    }

    private List<Path> allFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void aFolderThatWasDeletedIsMadeAgainByTheNextRecording() throws IOException {
        FolderRemoval.remove(recordings.folder());
        assertEquals(List.of(), recordings.list());

        id = add("Second", AT);

        assertEquals("Second", recordings.open(id).name());
    }

    @Test
    void whereTheFolderShouldBeIsAFile() throws IOException {
        FolderRemoval.remove(recordings.folder());
        Files.writeString(recordings.folder(), "in the way");

        String sentence = refused(() -> add("Second", AT));

        assertTrue(sentence.startsWith("The recording cannot be written into " + recordings.folder() + ": ")
                && sentence.endsWith("."), sentence);
    }

    @Test
    void aTextThatNoFileCanHoldIsRefusedInsteadOfChanged() {
        for (UnaryOperator<Manifest> change : List.<UnaryOperator<Manifest>>of(one -> one.withName("a\uD800"),
                one -> one.withNote("\uDC00"))) {
            assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class, () -> recordings.update(id, change))
                    .getMessage()).contains("half of a character"));
        }
        assertEquals("First", recordings.open(id).name());
    }
}
