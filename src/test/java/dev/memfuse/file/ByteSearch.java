package dev.memfuse.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Searches every byte of every file below a folder for a word, in UTF-8 and UTF-16, as it was written and in lower
/// case. A word of random letters is found in compressed files too, since nothing before it can be referred to.
public final class ByteSearch {
    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE);

    private ByteSearch() {}

    /// Returns the files that contain the word.
    public static List<Path> find(Path folder, String word) {
        List<byte[]> needles = new ArrayList<>();
        for (Charset charset : CHARSETS) {
            needles.add(word.getBytes(charset));
            needles.add(word.toLowerCase(Locale.ROOT).getBytes(charset));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> contains(file, needles)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, List<byte[]> needles) {
        try {
            byte[] content = Files.readAllBytes(file);
            return needles.stream().anyMatch(needle -> indexOf(content, needle) >= 0);
        } catch (NoSuchFileException _) {
            // Deleted since it was listed.
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int indexOf(byte[] content, byte[] needle) {
        for (int start = 0; start <= content.length - needle.length; start++) {
            int matched = 0;
            while (matched < needle.length && content[start + matched] == needle[matched]) {
                matched++;
            }
            if (matched == needle.length) {
                return start;
            }
        }
        return -1;
    }
}
