package dev.memfuse.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps copies of damaged bytes, each with a text that says where they come from and why they are here. Nothing in
/// the program deletes them.
final class Quarantine {
    static final String NAME = "quarantine";
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Disk disk;
    private final Path folder;
    private final List<Damage> kept = new ArrayList<>();

    Quarantine(Disk disk, Path journal) {
        this.disk = disk;
        this.folder = journal.resolve(NAME);
    }

    /// @param bytes the damaged ones; none when they are missing
    void keep(String file, long offset, ByteBuffer bytes, String why) throws IOException {
        Files.createDirectories(folder);
        String name = file + "-at-" + offset;
        Path text = folder.resolve(name + ".txt");
        int length = bytes.remaining();
        write(folder.resolve(name + ".bin"), bytes);
        write(text, ByteBuffer
                .wrap("""
                      File: %s
                      Offset: %d
                      Bytes: %d
                      Why: %s
                      """.formatted(file, offset, length, why).getBytes(StandardCharsets.UTF_8)));
        disk.forceFolder(folder);
        kept.add(new Damage(file, offset, length, why, text));
        LOG.error("Journal: {}, offset {}, {} bytes: {} See {}.", file, offset, length, why, text);
    }

    private void write(Path file, ByteBuffer bytes) throws IOException {
        try (Disk.DiskFile open = disk.open(file)) {
            open.truncate(0);
            open.write(bytes, 0);
            open.forceAll();
        }
    }

    List<Damage> kept() {
        return List.copyOf(kept);
    }
}
