package dev.memfuse.load.recording;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import dev.memfuse.file.PrivateFiles;

/// A recording as one file: a zip with the folder of the recording. Whoever made the file may have made it to harm: the
/// names must be plain and the sizes small, counted while unpacking instead of believed.
final class RecordingArchive {
    private static final int MAX_FILES = 64;
    private static final long MAX_BYTES = 1L << 29;
    /// Small files may be packed by any factor.
    private static final long FREE_BYTES = 1L << 24;
    private static final long MAX_FACTOR = 200;
    private static final int BUFFER = 1 << 14;

    private RecordingArchive() {}

    /// Writes the files of a recording. An existing file is replaced as a whole; a device or a pipe is written to.
    static void write(Path place, Manifest manifest, Path file) throws IOException {
        PrivateFiles.replace(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out));
            List<String> names = new ArrayList<>(manifest.files().keySet());
            names.sort(null);
            names.addFirst(ManifestFile.NAME);
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(manifest.id() + "/" + name));
                Files.copy(place.resolve(name), zip);
                zip.closeEntry();
            }
            zip.finish();
            zip.flush();
        });
    }

    /// Unpacks a file into an empty folder.
    ///
    /// @return the name of the folder in the file, which is the id; not checked
    /// @throws RecordingException when the file is not that of a recording
    static String unpack(Path file, Path place) throws IOException {
        Unpacking unpacking = new Unpacking(file, place, Files.size(file));
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                unpacking.add(entry, zip);
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new RecordingException("The file " + file + " is not a recording: it is damaged or not a zip file.",
                    e);
        }
        return unpacking.id();
    }

    private static final class Unpacking {
        private final Path file;
        private final Path place;
        private final long maxBytes;
        private final Set<String> names = new HashSet<>();
        private String id = "";
        private long bytes;

        Unpacking(Path file, Path place, long packedBytes) {
            this.file = file;
            this.place = place;
            this.maxBytes = Math.min(MAX_BYTES, Math.max(FREE_BYTES, packedBytes * MAX_FACTOR));
        }

        String id() {
            if (!names.contains(ManifestFile.NAME)) {
                throw refused("it has no manifest.json");
            }
            return id;
        }

        void add(ZipEntry entry, InputStream content) throws IOException {
            String[] path = entry.getName().split("/", -1);
            if (path.length == 2 && path[1].isEmpty()) {
                return; // The entry of the folder itself, as other programs write it.
            }
            if (path.length != 2 || !Recordings.isFileName(path[1]) || !(id.isEmpty() || id.equals(path[0]))) {
                throw refused("it holds a file that is not in the folder of one recording");
            }
            id = path[0];
            if (!names.add(path[1]) || names.size() > MAX_FILES) {
                throw refused("it holds a file twice or too many files");
            }
            try (OutputStream out = PrivateFiles.newOutputStream(place.resolve(path[1]))) {
                copy(content, out);
            }
        }

        private void copy(InputStream content, OutputStream out) throws IOException {
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                bytes += read;
                if (bytes > maxBytes) {
                    throw refused("its files are larger than a recording is");
                }
                out.write(buffer, 0, read);
            }
        }

        private RecordingException refused(String reason) {
            return new RecordingException("The file " + file + " is not a recording: " + reason + ".");
        }
    }
}
