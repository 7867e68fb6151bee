package dev.memfuse.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.PrivateFiles;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/// Opens exported files. A file is written compressed when its name ends in `.gz`.
final class UserFiles {
    private static final int BUFFER_BYTES = 1 << 16;
    /// A header without options and its checksum.
    private static final int GZIP_HEADER_BYTES = 12;
    private static final int GZIP_OPTIONS = 0x1F;
    private static final int GZIP_TEXT = 1;
    private static final int GZIP_HEADER_CRC = 2;
    /// The number in a gzip header for a system that is not named.
    private static final int UNKNOWN_SYSTEM = 255;

    private UserFiles() {}

    private static boolean compressed(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /// Opens a file for writing.
    ///
    /// @param file the final name, which determines the compression
    /// @param part the file to write
    static LineWriter writer(Path file, Path part) throws IOException {
        OutputStream bytes = PrivateFiles.newOutputStream(part);
        try {
            return new LineWriter(compressed(file) ? new GzipCompressorOutputStream(bytes, gzip()) : bytes);
        } catch (Throwable e) {
            bytes.close();
            throw e;
        }
    }

    /// Returns a header without name and time, so that the same lines always give the same bytes, and with a checksum
    /// of its own: the checksum of the content does not protect it.
    private static GzipParameters gzip() {
        GzipParameters header = new GzipParameters();
        header.setOperatingSystem(UNKNOWN_SYSTEM);
        header.setHeaderCRC(true);
        header.setBufferSize(BUFFER_BYTES);
        return header;
    }

    /// Opens a file for reading; its first bytes determine whether it is compressed.
    ///
    /// @param bytes content of the file; the reader closes it
    static LineReader reader(InputStream bytes) throws IOException {
        InputStream buffered = new BufferedInputStream(bytes, BUFFER_BYTES);
        buffered.mark(GZIP_HEADER_BYTES);
        byte[] start = buffered.readNBytes(GZIP_HEADER_BYTES);
        buffered.reset();
        boolean gzip = start.length > 1 && start[0] == 0x1F && start[1] == (byte) 0x8B;
        if (gzip) {
            checkGzipHeader(start);
        }
        return new LineReader(gzip ? gunzip(buffered) : buffered,
                LineReader.MAX_LINE_BYTES);
    }

    private static InputStream gunzip(InputStream compressed) throws IOException {
        return GzipCompressorInputStream.builder().setInputStream(compressed).setDecompressConcatenated(true).get();
    }

    /// Compares the checksum of a header like those of [#gzip], which the library skips. Other programs write headers
    /// without a checksum or with more fields; the checksum of the content suffices there.
    private static void checkGzipHeader(byte[] start) throws IOException {
        if (start.length == GZIP_HEADER_BYTES && (start[3] & GZIP_OPTIONS & ~GZIP_TEXT) == GZIP_HEADER_CRC) {
            CRC32 crc = new CRC32();
            crc.update(start, 0, GZIP_HEADER_BYTES - Short.BYTES);
            short stated = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN)
                    .getShort(GZIP_HEADER_BYTES - Short.BYTES);
            if ((short) crc.getValue() != stated) {
                throw new IOException("the header of the compressed file is damaged");
            }
        }
    }

    /// Returns the exception for a file that cannot be read or written.
    ///
    /// @param verb the failed action as a participle, for instance `written`
    static EngineException failure(String verb, Path file, IOException e) {
        return new EngineException("The file " + file + " cannot be " + verb + ": " + FileFailures.reason(e) + ".", "",
                e);
    }
}
