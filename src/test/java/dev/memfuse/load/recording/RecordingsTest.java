package dev.memfuse.load.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.memfuse.load.LoadRecording.Point;
import dev.memfuse.load.report.TimelineCsv;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingsTest {
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
                "Good: every limit was kept.", List.of(Figure.of("query.p99", "ms", 12.5)),
                List.of(RecordingFile.text("log.txt", "a line\n"), RecordingFile.text("config.yaml",
                        "postgres:\n  pool_size: 7\n"))),
                1L << 30).id();
    }

    private Path place() {
        return recordings.folder().resolve(id);
    }

    private String reason() {
        RecordingEntry entry = recordings.list().stream().filter(each -> each.id().equals(id)).findFirst()
                .orElseThrow();
        return entry instanceof RecordingEntry.Damaged damaged ? damaged.reason() : "it can be opened";
    }

    @Test
    void theNewestIsFirstAndFoundByTheBeginningOfItsId() {
        String newer = add("Second", AT.plusSeconds(3600));
        assertEquals(List.of(newer, id), recordings.list().stream().map(RecordingEntry::id).toList());
        assertEquals("Second", recordings.open("last").name());
        assertEquals("First", recordings.open("20261127-010203").name());
        assertSays("2 recordings begin with",
                assertThrows(IllegalArgumentException.class, () -> recordings.open("2026")));
        assertThrows(IllegalArgumentException.class, () -> recordings.open("../recordings"));
    }

    @Test
    void nameNoteTagsAndPinAreKept() {
        recordings.update(id, manifest -> manifest.withName("Before the index"));
        recordings.update(id, manifest -> manifest.withNote("two\nlines"));
        recordings.update(id, manifest -> manifest.withTags(List.of("bypass", "größe")));
        recordings.update(id, manifest -> manifest.withPinned(true));
        Manifest read = new Recordings(recordings.folder()).open(id);
        assertEquals("Before the index", read.name());
        assertEquals("two\nlines", read.note());
        assertEquals(List.of("bypass", "größe"), read.tags());
        assertTrue(read.pinned());
        assertEquals(Optional.of(12.5), read.figure("query.p99").map(Figure::value));
        assertThrows(IllegalArgumentException.class, () -> recordings.update(id, manifest -> manifest.withName(" ")));
        assertThrows(IllegalArgumentException.class,
                () -> recordings.update(id, manifest -> manifest.withName("two\nlines")));
        assertThrows(IllegalArgumentException.class,
                () -> recordings.update(id, manifest -> manifest.withTags(List.of("not a word"))));
        assertEquals("Before the index", recordings.open(id).name());
    }

    @Test
    void damagedFoldersAreListedWithTheirReasonAndStopNothing() throws IOException {
        String whole = add("Second", AT.plusSeconds(60));
        Path manifest = place().resolve("manifest.json");
        String text = Files.readString(manifest);

        Files.writeString(place().resolve("log.txt"), "cut");
        assertEquals("The file log.txt has 3 bytes instead of 7.", reason());
        Files.delete(place().resolve("log.txt"));
        assertEquals("The file log.txt is missing.", reason());
        Files.writeString(manifest, text.substring(0, text.length() / 2));
        assertTrue(reason().startsWith("manifest.json is not readable"), reason());
        Files.writeString(manifest, "[]");
        assertEquals("manifest.json has no format_version.", reason());
        Files.writeString(manifest, "null");
        assertEquals("manifest.json has no format_version.", reason());
        Files.write(manifest, new byte[]{(byte) 0xff, 0, 1});
        assertTrue(reason().startsWith("manifest.json"), reason());
        Files.writeString(manifest, text.replace("\"load\"", "\"dream\""));
        assertTrue(reason().contains("\"dream\""), reason());
        Files.writeString(manifest, text.replace("\"log.txt\"", "\"../../log.txt\""));
        assertTrue(reason().contains("not allowed"), reason());
        Files.writeString(manifest, text.replaceAll("\"started_at\"[^,]*,", ""));
        assertEquals("manifest.json has no started_at.", reason());
        Files.delete(manifest);
        assertEquals("manifest.json is missing.", reason());

        assertEquals(whole, ((RecordingEntry.Intact) recordings.list().stream()
                .filter(RecordingEntry.Intact.class::isInstance).findFirst().orElseThrow()).id());
        assertThrows(RecordingException.class, () -> recordings.open(id));
        recordings.delete(id);
        assertEquals(List.of(whole), recordings.list().stream().map(RecordingEntry::id).toList());
    }

    @Test
    void aNewerFormatIsRefusedWithASentence() throws IOException {
        Path manifest = place().resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"format_version\" : 1",
                "\"format_version\" : 2").replace("\"load\"", "\"of the future\""));
        RecordingException refused = assertThrows(RecordingException.class, () -> recordings.open(id));
        assertEquals("The recording " + id + " cannot be opened. It was written by a newer version of the program: its "
                + "format is 2, and this version reads 1 and older.", refused.getMessage());
    }

    @Test
    void aRecordingThatFailsHalfwayLeavesNothing() throws IOException {
        NewRecording broken = new NewRecording(RecordingKind.LOAD, "Broken", AT, AT, 1, "good", "Good.", List.of(),
                List.of(RecordingFile.text("log.txt", "text"), new RecordingFile("result.json", _ -> {
                    throw new IOException("the disk is full");
                })));
        assertSays("the disk is full",
                assertThrows(UncheckedIOException.class, () -> recordings.add(broken, 1L << 30)));
        try (Stream<Path> left = Files.list(recordings.folder())) {
            assertEquals(List.of(place()), left.toList());
        }
    }

    @Test
    void whatAKilledProcessLeftIsNotListedAndRemovedLater() throws IOException {
        Path abandoned = Files.createDirectory(recordings.folder().resolve(".writing-1"));
        Path current = Files.createDirectory(recordings.folder().resolve(".writing-2"));
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minusSeconds(7200)));
        assertEquals(1, recordings.list().size());
        add("Next", AT.plusSeconds(5));
        assertFalse(Files.exists(abandoned));
        assertTrue(Files.exists(current));
    }

    @Test
    void anExportedRecordingIsImportedOnAnotherMachine() throws IOException {
        recordings.update(id, manifest -> manifest.withNote("kept"));
        Path file = folder.resolve("one.zip");
        recordings.exportTo(id, file);
        Recordings other = new Recordings(folder.resolve("other/recordings"));
        assertEquals(recordings.open(id), other.importFrom(file));
        assertEquals("kept", other.open("last").note());
        assertEquals("a line\n", other.text(other.open("last"), "log.txt"));
        assertSays("is present already", assertThrows(RecordingException.class, () -> other.importFrom(file)));
        assertEquals(1, other.list().size());
    }

    private static void assertSays(String words, Throwable failure) {
        assertTrue(String.valueOf(failure.getMessage()).contains(words), failure.toString());
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("made.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private void assertRefused(Path file) throws IOException {
        List<Path> before = files();
        RecordingException refused = assertThrows(RecordingException.class, () -> recordings.importFrom(file));
        assertTrue(String.valueOf(refused.getMessage()).endsWith("."), refused.getMessage());
        assertEquals(before, files());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.txt", "x/../../evil.txt", "/tmp/evil.txt", "x/y/evil.txt", "evil.txt",
            "x\\..\\evil.txt", "x/.hidden", "x/Upper.txt", "x/a\nb", "C:/evil.txt"})
    void anImportLeavesTheFolderOfTheRecordingAlone(String name) throws IOException {
        assertRefused(zip(Map.of(name, "evil".getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "UPPER", "a b", ".hidden"})
    void anImportNeedsAnIdAsItsFolder(String name) throws IOException {
        assertRefused(zip(Map.of(name + "/manifest.json", Files.readAllBytes(place().resolve("manifest.json")))));
    }

    @Test
    void anImportIsBoundedWhateverItsSizesClaim() throws IOException {
        assertRefused(zip(Map.of("x/log.txt", new byte[200 << 20])));
    }

    @Test
    void anImportThatIsNoRecordingIsRefused() throws IOException {
        assertRefused(Files.writeString(folder.resolve("text.zip"), "no zip"));
        assertRefused(zip(Map.of("x/log.txt", new byte[3])));
        Path file = folder.resolve("cut.zip");
        recordings.exportTo(id, file);
        recordings.delete(id);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 3));
        List<Path> before = files();
        assertThrows(RuntimeException.class, () -> recordings.importFrom(file));
        assertEquals(before, files());
    }

    @Test
    void anImportWithAFileThatItsManifestDoesNotListIsRefused() throws IOException {
        byte[] manifest = Files.readAllBytes(place().resolve("manifest.json"));
        recordings.delete(id);
        assertRefused(zip(Map.of("x/manifest.json", manifest, "x/log.txt", "a line\n".getBytes(
                StandardCharsets.UTF_8), "x/config.yaml",
                "postgres:\n  pool_size: 7\n".getBytes(
                        StandardCharsets.UTF_8),
                "x/more.bin", new byte[3])));
    }

    @Test
    void twoRecordingsSideBySideHaveRatiosAndTheirSettingsButNoVerdict() throws IOException {
        String other = recordings.add(new NewRecording(RecordingKind.LOAD, "Second", AT.plusSeconds(60),
                AT.plusSeconds(80), 42, "good", "Good.",
                List.of(Figure.of("query.p99", "ms", 25), Figure.of("add.p99", "ms", 3)),
                List.of(RecordingFile.text("config.yaml", "postgres:\n  pool_size: 9\n"))), 1L << 30).id();
        SideBySide both = SideBySide.of(recordings, recordings.open(id), recordings.open(other));
        assertEquals(2.0, both.rows().getFirst().ratio().orElseThrow());
        assertTrue(both.rows().get(1).ratio().isEmpty());
        assertEquals(List.of("postgres.pool_size: 7 → 9"), both.settings().stream().map(Object::toString).toList());
    }

    @Test
    void distributionsAreReadAsTheyWereWritten() throws IOException {
        Histogram latency = new Histogram(3);
        for (long value = 1; value < 20_000_000_000L; value = value * 3 + 7) {
            latency.recordValueWithCount(value, value % 11 + 1);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LatencyLog.write(out, AT, AT.plusSeconds(20), Map.of("add.latency", latency));
        assertEquals(Map.of("add.latency", latency), LatencyLog.read(new ByteArrayInputStream(out.toByteArray())));
        byte[] cut = Arrays.copyOf(out.toByteArray(), out.size() - 40);
        assertThrows(RecordingException.class, () -> LatencyLog.read(new ByteArrayInputStream(cut)));
    }

    @Test
    void aSeriesThatUnpacksToTooMuchIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                packed.write(zeros);
            }
        }
        assertThrows(IOException.class, () -> SeriesFile.read(new ByteArrayInputStream(out.toByteArray())));
    }

    @Test
    void aSeriesOfMoreLinesThanADayHasIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write((String.join(",", TimelineCsv.lines(List.of())) + "\n".repeat(300_000)).getBytes(
                    StandardCharsets.US_ASCII));
        }
        IOException refused = assertThrows(IOException.class,
                () -> SeriesFile.read(new ByteArrayInputStream(out.toByteArray())));
        assertEquals("it has more lines than the course of a day", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1e400", "0x1p3", ""})
    void aSeriesWithWhatIsNoRateIsRefused(String rate) {
        List<String> lines = new ArrayList<>(TimelineCsv.lines(List.of(
                new Point(1, AT, false, 3, 12_345, 1, 2, 1, 1, 1, 1, Double.NaN, 0, 10))));
        lines.set(1, lines.get(1).replace("12345", rate));

        assertThrows(IllegalArgumentException.class, () -> TimelineCsv.parse(lines));
    }

    /// Few bytes can become distributions of any size: those of a recording have three digits.
    @Test
    void distributionsThatUnpackToTooMuchAreRefused() throws IOException {
        Histogram large = new Histogram(1, Long.MAX_VALUE / 2, 5);
        large.recordValue(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LatencyLog.write(out, AT, AT.plusSeconds(1), Map.of("one", large));
        assertThrows(RecordingException.class, () -> LatencyLog.read(new ByteArrayInputStream(out.toByteArray())));

        Histogram allowed = new Histogram(1, Long.MAX_VALUE / 2, 3);
        allowed.recordValue(1);
        Map<String, Histogram> many = new LinkedHashMap<>();
        IntStream.range(0, 1_000).forEach(i -> many.put("n" + i, allowed));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        LatencyLog.write(all, AT, AT.plusSeconds(1), many);
        assertTrue(all.size() < 1 << 20, "small file: " + all.size());
        assertThrows(RecordingException.class, () -> LatencyLog.read(new ByteArrayInputStream(all.toByteArray())));
    }

    /// A rename onto a link or a device would put a file in its place.
    @Test
    void anExportWritesThroughALink() throws IOException {
        String id = add("First", AT);
        Path target = Files.createFile(folder.resolve("target.zip"));
        Path link = Files.createSymbolicLink(folder.resolve("link.zip"), target);

        recordings.exportTo(id, link);

        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.size(target) > 0);
    }

    @Test
    void theListIsFiltered() {
        String other = add("Second", AT.plusSeconds(60));
        recordings.update(other, manifest -> manifest.withTags(List.of("night")).withPinned(true));
        List<RecordingEntry> all = recordings.list();
        assertEquals(2, RecordingFilter.ALL.of(all).size());
        assertEquals(List.of(other), ids(new RecordingFilter("SECOND", Optional.empty(), List.of(), false).of(all)));
        assertEquals(List.of(other), ids(new RecordingFilter("", Optional.empty(), List.of("night"), false).of(all)));
        assertEquals(List.of(other), ids(new RecordingFilter("", Optional.empty(), List.of(), true).of(all)));
        assertEquals(List.of(), ids(new RecordingFilter("", Optional.of(RecordingKind.SWEEP), List.of(), false)
                .of(all)));
    }

    private static List<String> ids(List<RecordingEntry> entries) {
        return entries.stream().map(RecordingEntry::id).toList();
    }
}
