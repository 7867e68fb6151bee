package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores copies of corrupt bytes, each with a text file that states their origin and the reason. The program never
/// deletes them.
final class Quarantine {
    static final String NAME = "quarantine";
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Disk disk;
    private final Path folder;
    private final List<CorruptRegion> regions = new ArrayList<>();

    Quarantine(Disk disk, Path journal) {
        this.disk = disk;
        this.folder = journal.resolve(NAME);
    }

    /// Stores a copy of a corrupt region and reports it in the log.
    ///
    /// @param bytes the corrupt bytes; none when they are missing
    /// @param reason a sentence
    void store(String file, long offset, ByteBuffer bytes, String reason) throws IOException {
        Files.createDirectories(folder);
        String name = file + "-at-" + offset;
        Path text = folder.resolve(name + ".txt");
        int length = bytes.remaining();
        write(folder.resolve(name + ".bin"), bytes);
        write(text, ByteBuffer
                .wrap(String.format(Locale.ROOT, """
                                                 File: %s
                                                 Offset: %d
                                                 Bytes: %d
                                                 Why: %s
                                                 """, file, offset, length, reason).getBytes(StandardCharsets.UTF_8)));
        disk.forceFolder(folder);
        regions.add(new CorruptRegion(file, offset, length, reason, text));
        LOG.error("Journal: {}, offset {}, {} bytes: {} See {}.", file, offset, length, reason, text);
    }

    private void write(Path file, ByteBuffer bytes) throws IOException {
        try (Disk.DiskFile open = disk.open(file)) {
            open.truncate(0);
            open.write(bytes, 0);
            open.forceAll();
        }
    }

    List<CorruptRegion> regions() {
        return List.copyOf(regions);
    }
}
