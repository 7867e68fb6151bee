package dev.memfuse.load.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;

import dev.memfuse.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Checks data sets that are larger than the heap of the program.
class DatasetMemoryTest {
    private static final int HEAP_MIB = 24;
    private static final int TURNS = 200;
    private static final String TEXT = "We took the red kayak along the coast and came back before the rain. ";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = DatasetForm.class, names = {"LONG_MEM_EVAL", "MESSAGES"})
    void aFileLargerThanTheHeapIsChecked(DatasetForm form) throws Exception {
        check(form, HEAP_MIB + 8);
    }

    /// `-Dmemfuse.dataset.mib=N` sets the size of the file.
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(DatasetForm.class)
    void aFileOfManyTimesTheHeapIsChecked(DatasetForm form) throws Exception {
        check(form, Integer.getInteger("memfuse.dataset.mib", 300));
    }

    private void check(DatasetForm form, int mib) throws Exception {
        Path file = folder.resolve("data");
        long objects = write(file, form, (long) mib << 20);
        Process program = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx" + HEAP_MIB + "m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                Main.class.getName(), "dataset", "check", file.toString()).redirectErrorStream(true).start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, program.waitFor(), printed);
        long turns = form == DatasetForm.MESSAGES ? objects : objects * TURNS;
        assertTrue(printed.contains(String.format(Locale.ROOT, "turns      %,d (", turns)), printed);

    }

    /// Returns the number of objects. An array is written in one line.
    private static long write(Path file, DatasetForm form, long bytes) throws IOException {
        boolean array = form.hasQuestions();
        long objects = 0;
        long written = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            while (written < bytes) {
                String object = object(form, objects);
                out.write(array ? (objects == 0 ? "[" : ",") + object : object + "\n");
                written += object.length() + 1;
                objects++;
            }
            out.write(array ? "]" : "");
        }
        return objects;
    }

    private static String object(DatasetForm form, long number) {
        return switch (form) {
            case LOCOMO -> "{\"sample_id\":\"s" + number + "\",\"conversation\":{\"speaker_a\":\"Ann\",\"speaker_b\":"
                    + "\"Bob\",\"session_1_date_time\":\"1:56 pm on 8 May, 2023\",\"session_1\":["
                    + turns("{\"speaker\":\"Ann\",\"text\":\"" + TEXT + "\"}") + "]},\"qa\":[]}";
            case LONG_MEM_EVAL -> "{\"question_id\":\"q" + number
                    + "\",\"question_type\":\"multi-session\",\"question\":"
                    + "\"Where?\",\"haystack_session_ids\":[\"s1\"],\"haystack_dates\":[\"2023/05/20 (Sat) 02:21\"],"
                    + "\"haystack_sessions\":[[" + turns("{\"role\":\"user\",\"content\":\"" + TEXT + "\"}") + "]]}";
            case CHATS -> "{\"messages\":[" + turns("{\"role\":\"user\",\"content\":\"" + TEXT + "\"}") + "]}";
            case MESSAGES -> "{\"user\":\"u" + number % 1_000 + "\",\"session\":\"s" + number / 100_000
                    + "\",\"role\":\"user\",\"content\":\"" + TEXT.repeat(10) + "\"}";
        };
    }

    private static String turns(String turn) {
        return String.join(",", Collections.nCopies(TURNS, turn));
    }
}
