package dev.memfuse.postgres.program;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

import dev.memfuse.file.FilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// Unpacks a `.txz` archive. Refuses entries and links that lead out of the target folder.
final class ArchiveUnpacker {
    private static final int EXECUTE_BITS = 0b001_001_001;
    private final Path target;

    ArchiveUnpacker(Path target) {
        this.target = target.toAbsolutePath().normalize();
    }

    /// Unpacks an archive into the target folder.
    ///
    /// @param archive the compressed bytes
    /// @param length number of compressed bytes
    /// @param progress receives the completed fraction, 0..1
    void unpack(InputStream archive, long length, DoubleConsumer progress) throws IOException {
        FilePermissions.createReadableFolder(target);
        var counted = new CountingStream(archive);
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(counted, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar);
                progress.accept(Math.min(1, counted.count / (double) Math.max(1, length)));
            }
        }
    }

    private void write(TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = inside(target.resolve(entry.getName()), entry);
        if (entry.isDirectory()) {
            FilePermissions.createReadableFolder(path);
            return;
        }
        FilePermissions.createReadableFolder(path.getParent() == null ? target : path.getParent());
        if (entry.isSymbolicLink()) {
            inside(path.resolveSibling(entry.getLinkName()), entry);
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, inside(target.resolve(entry.getLinkName()), entry));
        } else {
            Files.copy(content, path);
            FilePermissions.set(path, (entry.getMode() & EXECUTE_BITS) != 0 ? "rwxr-xr-x" : "rw-r--r--");
        }
    }

    private Path inside(Path path, TarArchiveEntry entry) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(target)) {
            throw new IOException("The entry " + entry.getName() + " of the archive leads out of its folder");
        }
        return normal;
    }

    private static final class CountingStream extends FilterInputStream {
        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            count += Math.max(0, n);
            return n;
        }
    }
}
