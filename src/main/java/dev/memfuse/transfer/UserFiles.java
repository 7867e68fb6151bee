package dev.memfuse.transfer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.file.PrivateFiles;

/// Opens exported files: strict UTF-8, compressed when the name ends in `.gz`.
final class UserFiles {
    private static final int BUFFER_BYTES = 1 << 16;

    private UserFiles() {}

    private static boolean compressed(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /// Opens a file for writing.
    ///
    /// @param file the final name, which determines the compression
    /// @param part the file to write
    static BufferedWriter writer(Path file, Path part) throws IOException {
        OutputStream bytes = PrivateFiles.newOutputStream(part);
        try {
            return new BufferedWriter(
                    new OutputStreamWriter(compressed(file) ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes,
                            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT)),
                    BUFFER_BYTES);
        } catch (Throwable e) {
            bytes.close();
            throw e;
        }
    }

    /// Opens a file for reading.
    ///
    /// @param file the name, which determines the compression
    /// @param bytes content of the file; the reader closes it
    static BufferedReader reader(Path file, InputStream bytes) throws IOException {
        return new BufferedReader(new InputStreamReader(
                compressed(file) ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes, StandardCharsets.UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)),
                BUFFER_BYTES);
    }

    /// Returns the exception for a file that cannot be read or written.
    ///
    /// @param verb the failed action as a participle, for instance `written`
    static EngineException failure(String verb, Path file, IOException e) {
        String reason = switch (e) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "this account has no permission";
            case CharacterCodingException _ -> "it is not UTF-8 text";
            case ZipException _ -> "its name ends in .gz, but it is not a gzip file";
            case EOFException _ -> "it is incomplete";
            default -> String.valueOf(e.getMessage());
        };
        return new EngineException("The file " + file + " cannot be " + verb + ": " + reason + ".", "", e);
    }
}
