package dev.memfuse.load.recording;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.file.FilePermissions;
import dev.memfuse.file.FolderRemoval;
import dev.memfuse.file.PrivateFiles;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.Numbers;

/// Writes folders of recordings as a whole: into a temporary folder beside, which is then renamed.
///
/// @param folder holds the recordings
record RecordingWriter(Path folder) {
    /// Begins the names of temporary folders; the list has none of them.
    static final String TEMPORARY = ".";
    private static final Duration ABANDONED = Duration.ofHours(1);
    private static final int SUFFIX = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// Fills a temporary folder.
    @FunctionalInterface
    interface Fill {
        /// Writes every file.
        ///
        /// @return the manifest of the files, whose id becomes the name of the folder
        Manifest into(Path part) throws IOException;
    }

    /// Writes a new recording.
    ///
    /// @param limitBytes maximum size of its files
    /// @throws RecordingException when it is larger
    Manifest write(NewRecording recording, long limitBytes) throws IOException {
        return place(part -> {
            Map<String, Long> sizes = new LinkedHashMap<>();
            long left = limitBytes;
            for (RecordingFile file : recording.files()) {
                long written = write(part.resolve(file.name()), file.content(), left);
                sizes.put(file.name(), written);
                left -= written;
            }
            Manifest manifest = new Manifest(Manifest.FORMAT_VERSION, newId(recording), recording.kind(),
                    recording.name(), "", List.of(), false, recording.startedAt(), recording.endedAt(),
                    EnvironmentInfo.PROGRAM_VERSION, recording.seed(), recording.outcome(), recording.sentence(),
                    recording.figures(), sizes);
            ManifestFile.write(part, manifest);
            return manifest;
        });
    }

    private static String newId(NewRecording recording) {
        return TIME.format(recording.startedAt()) + "-" + recording.kind().label() + "-"
                + UUID.randomUUID().toString().substring(0, SUFFIX);
    }

    private static long write(Path file, RecordingFile.Content content, long left) throws IOException {
        try (Counting out = new Counting(PrivateFiles.newOutputStream(file), left)) {
            content.write(out);
            out.flush();
            return out.written;
        }
    }

    /// Fills a temporary folder and makes it a recording. When anything fails, nothing is left.
    Manifest place(Fill fill) throws IOException {
        FilePermissions.createPrivateFolder(folder);
        removeAbandoned();
        Path part = folder.resolve(TEMPORARY + "writing-" + UUID.randomUUID());
        boolean placed = false;
        try {
            FilePermissions.createPrivateFolder(part);
            Manifest manifest = fill.into(part);
            Files.move(part, folder.resolve(manifest.id()), StandardCopyOption.ATOMIC_MOVE);
            placed = true;
            return manifest;
        } finally {
            if (!placed) {
                FolderRemoval.remove(part);
            }
        }
    }

    /// Removes temporary folders of processes that ended while they wrote.
    private void removeAbandoned() throws IOException {
        Instant before = SteadyClock.now().minus(ABANDONED);
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : all.filter(path -> path.getFileName().toString().startsWith(TEMPORARY)).toList()) {
                if (Files.isDirectory(path) && Files.getLastModifiedTime(path).toInstant().isBefore(before)) {
                    FolderRemoval.remove(path);
                }
            }
        }
    }

    /// Counts bytes and refuses those beyond a limit.
    private static final class Counting extends FilterOutputStream {
        private final long limit;
        private long written;

        Counting(OutputStream out, long limit) {
            super(out);
            this.limit = limit;
        }

        @Override
        public void write(int value) throws IOException {
            count(1);
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            count(length);
            out.write(bytes, from, length);
        }

        private void count(int bytes) {
            written += bytes;
            if (written > limit) {
                throw new RecordingException("The recording needs more than the "
                        + Numbers.count(Math.max(0, limit) >> 10) + " KiB that are left for recordings.");
            }
        }
    }
}
