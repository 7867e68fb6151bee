package dev.memfuse.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

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
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (contains(file, needles)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                // Deleted since it was listed.
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
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
