package dev.memfuse.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reads files without a database.
class RecordReaderTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    /// Bits behind the end of the compressed data, up to the next byte: they mean nothing.
    private static final int MAX_PADDING_BITS = 7;

    @TempDir
    private Path folder;

    private static UserRecord user() {
        return new UserRecord(RecordKind.USER, Arrays.asList(UUID.fromString("019a0000-0000-7000-8000-000000000000"),
                "Zoë", null, TIME));
    }

    private static UserRecord knowledge(String content) {
        return new UserRecord(RecordKind.KNOWLEDGE,
                List.of(UUID.fromString("019a0000-0000-7000-8000-000000000001"), content, TIME));
    }

    private Path written(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        RecordCounts counts = new RecordCounts();
        try (LineWriter out = UserFiles.writer(file, file)) {
            out.line(FrameLines.header());
            for (UserRecord row : List.of(user(), knowledge(content))) {
                out.line(RecordLine.of(row));
                counts.add(row.kind());
            }
            out.line(FrameLines.end(counts.byLabel(), out.checksum()));
        }
        return file;
    }

    private Path changed(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("changed.jsonl"), bytes);
    }

    private static UserImport.Checksum read(Path file) {
        try (RecordReader reader = new RecordReader(file, _ -> {})) {
            List<UserRecord> rows = new ArrayList<>();
            reader.forEachRemaining(rows::add);
            assertEquals(Map.of("user", 1L, "knowledge", 1L), reader.counts());
            return reader.checksum();
        }
    }

    private static String refusal(Path file) {
        return String.valueOf(assertThrows(EngineException.class, () -> read(file)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2016-12-31T23:59:60Z", "2026-01-31T12:00:60Z", "2026-01-31T12:00:61Z", "+1000000000-01-01",
            "2026-02-30T00:00:00Z", "2026-01-31T12:00:00"})
    void aTimeThatStorageHasNoPlaceForIsRefused(String time) throws IOException {
        String good = Files.readString(written("good.jsonl", "x"));
        Path file = changed(good.replace(TIME.toString(), time).getBytes(StandardCharsets.UTF_8));

        assertTrue(refusal(file).startsWith(file + ", line 2: The field 'created_at' must be "), refusal(file));
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        byte[] good = Files.readAllBytes(written("good.jsonl", "the sky is blue, 4.25 km up"));
        for (int bit = 0; bit < good.length * 8; bit++) {
            Path file = changed(flipped(good, bit));
            String refusal = refusal(file);
            assertTrue(refusal.startsWith(file + ", line "), bit + ": " + refusal);
        }
    }

    @Test
    void everyFlippedBitOfACompressedFileIsNoticed() throws IOException {
        byte[] good = Files.readAllBytes(written("good.jsonl.gz", "the sky is blue, 4.25 km up"));
        int unnoticed = 0;
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = flipped(good, bit);
            try {
                read(changed(bad));
                unnoticed++;
                assertEquals(unpacked(good), unpacked(bad), "bit " + bit);
            } catch (EngineException _) {
                // Noticed.
            }
        }
        assertTrue(unnoticed <= MAX_PADDING_BITS, unnoticed + " flipped bits went unnoticed");
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static String unpacked(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theChecksumIsTheOneOfTheLinesBefore() throws Exception {
        String text = Files.readString(written("good.jsonl", "blue"));
        String before = text.substring(0, text.lastIndexOf("{\"type\":\"end\""));

        assertEquals(
                "{\"type\":\"end\",\"records\":{\"user\":1,\"knowledge\":1},\"sha256\":\"" + sha256(before) + "\"}\n",
                text.substring(before.length()));
        assertEquals(UserImport.Checksum.MATCHES, read(folder.resolve("good.jsonl")));
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    @Test
    void theVersionTellsWhyAFileHasNoChecksum() throws IOException {
        String edited = Files.readString(written("good.jsonl", "blue"))
                .replaceFirst(",\"sha256\":\"[0-9a-f]*\"", "");
        String earlier = edited.replace("\"version\":2", "\"version\":1");

        assertEquals(UserImport.Checksum.REMOVED, read(changed(edited.getBytes(StandardCharsets.UTF_8))));
        assertEquals(UserImport.Checksum.NEVER_WRITTEN, read(changed(earlier.getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "-1", "2.0", "4294967298"})
    void refusesAnotherVersion(String version) throws IOException {
        String text = Files.readString(written("good.jsonl", "blue")).replace("\"version\":2",
                "\"version\":" + version);

        assertTrue(refusal(changed(text.getBytes(StandardCharsets.UTF_8))).contains("line 1: This is version "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", ""})
    void aByteOrderMarkAndOtherLineEndsAreFine(String mark) throws IOException {
        String text = mark + Files.readString(written("good.jsonl", "blue"));

        assertEquals(UserImport.Checksum.MATCHES, read(changed(text.getBytes(StandardCharsets.UTF_8))));
        assertEquals(UserImport.Checksum.MATCHES,
                read(changed(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8))));
        assertEquals(UserImport.Checksum.MATCHES, read(changed(text.strip().getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @CsvSource({"1, 14", "2, 40", "3, 30", "4, 9", "3, 65536", "3, 65400", "3, 131072"})
    void aByteThatIsNotUtf8NamesItsLine(int line, int column) throws IOException {
        byte[] bytes = Files.readAllBytes(written("good.jsonl", "é".repeat(100_000)));
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n', at) + 1;
        }
        bytes[at + column] = (byte) 0xFF;

        Path file = changed(bytes);

        assertTrue(refusal(file).matches(".*, line " + line + ": Byte (" + column + "|" + (column + 1)
                + ") of the line is not UTF-8\\. Nothing was imported\\."), refusal(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC3, 0xED_A0_80, 0xF4_90_80_80, 0xC0_80, 0xE2_82})
    void aCutOrForbiddenSequenceNamesItsLine(int sequence) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = Files.readString(written("good.jsonl", "blue"));
        bytes.writeBytes(text.substring(0, text.indexOf("blue")).getBytes(StandardCharsets.UTF_8));
        for (int shift = 24; shift >= 0; shift -= 8) {
            if (sequence >>> shift != 0) {
                bytes.write(sequence >>> shift);
            }
        }
        bytes.writeBytes(text.substring(text.indexOf("blue")).getBytes(StandardCharsets.UTF_8));

        assertTrue(refusal(changed(bytes.toByteArray())).contains(", line 3: Byte "));
    }

    @Test
    void aLineHasAMaximumLength() throws IOException {
        byte[] bytes = ("short\n" + "x".repeat(200_000) + "\n").getBytes(StandardCharsets.UTF_8);
        try (LineReader lines = new LineReader(new ByteArrayInputStream(bytes), 200_000)) {
            assertEquals("short", lines.next());
            assertEquals(200_000, String.valueOf(lines.next()).length());
        }
        try (LineReader lines = new LineReader(new ByteArrayInputStream(bytes), 199_999)) {
            assertEquals("short", lines.next());
            assertEquals("The line is longer than 199999 bytes.",
                    assertThrows(BadLineException.class, lines::next).getMessage());
            assertEquals(2, lines.number());
        }
    }

    /// The rest of a file that ends too late, by form.
    @ParameterizedTest
    @ValueSource(strings = {"\n", " \n", "x", "{\"type\":\"end\"}", "\u0000"})
    void refusesBytesBehindTheEnd(String rest) throws IOException {
        String text = Files.readString(written("good.jsonl", "blue"));
        byte[] gzip = Files.readAllBytes(written("good.jsonl.gz", "blue"));
        byte[] longer = Arrays.copyOf(gzip, gzip.length + rest.length());
        System.arraycopy(rest.getBytes(StandardCharsets.UTF_8), 0, longer, gzip.length, rest.length());

        assertTrue(refusal(changed((text + rest).getBytes(StandardCharsets.UTF_8)))
                .contains(", line 5: The file continues after the line of type 'end'."));
        assertTrue(refusal(changed(longer)).contains("cannot be read"), refusal(changed(longer)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        "version":2        | "version":2,"x":2                        | line 1: There is no field 'x' in a line of type header.
                        "version":2        | "version":2,"version":2                  | line 1: This is not JSON
                        "sha256":"         | "sha1":"                                 | line 4: There is no field 'sha1' in a line of type end.
                        "sha256":"         | "sha256":"0                              | line 4: The file was changed or damaged after its export
                        "content":"blue"   | "content":"grey"                         | line 4: The file was changed or damaged after its export
                        "knowledge":1      | "knowledge":1.0                          | line 4: Lines are missing or duplicated
                        }                  | }}                                       | line 1: This is not JSON
                        """)
    void refusesAChangedLine(String good, String bad, String complaint) throws IOException {
        String text = Files.readString(written("good.jsonl", "blue"));

        String refusal = refusal(changed(text.replace(good, bad).getBytes(StandardCharsets.UTF_8)));

        assertTrue(refusal.contains(complaint), refusal);
    }

    @Test
    void aCompressedFileNeedsNoSpecialName() throws IOException {
        assertEquals(UserImport.Checksum.MATCHES, read(changed(Files.readAllBytes(written("good.jsonl.gz", "blue")))));
    }
}
