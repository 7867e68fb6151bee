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
import java.util.Arrays;
import java.util.Collection;
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
        return find(folder, List.of(word));
    }

    /// Returns the files that contain one of the words. Reads each file once.
    ///
    /// @param words at least two characters each
    public static List<Path> find(Path folder, Collection<String> words) {
        Needles needles = new Needles(words);
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (needles.isIn(file)) {
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

    /// Byte sequences, of which one pass over a file finds the first: only places that begin with the first two bytes
    /// of a sequence are compared. Most of a journal is the zeros of its unused part.
    private static final class Needles {
        private static final int BYTE_VALUES = 256;

        private final List<byte[]> all = new ArrayList<>();
        private final boolean[] beginnings = new boolean[BYTE_VALUES * BYTE_VALUES];

        Needles(Collection<String> words) {
            for (String word : words) {
                for (Charset charset : CHARSETS) {
                    add(word.getBytes(charset));
                    add(word.toLowerCase(Locale.ROOT).getBytes(charset));
                }
            }
        }

        private void add(byte[] needle) {
            all.add(needle);
            beginnings[beginning(needle, 0)] = true;
        }

        private static int beginning(byte[] bytes, int at) {
            return (bytes[at] & 0xff) << Byte.SIZE | (bytes[at + 1] & 0xff);
        }

        boolean isIn(Path file) {
            try {
                byte[] content = Files.readAllBytes(file);
                for (int at = 0; at < content.length - 1; at++) {
                    if (beginnings[beginning(content, at)] && isAt(content, at)) {
                        return true;
                    }
                }
                return false;
            } catch (NoSuchFileException _) {
                // Deleted since it was listed.
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isAt(byte[] content, int at) {
            return all.stream().anyMatch(needle -> at + needle.length <= content.length
                    && Arrays.equals(content, at, at + needle.length, needle, 0, needle.length));
        }
    }
}
