package dev.memfuse.transfer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import dev.memfuse.engine.exception.EngineException;

/// Opens the files: UTF-8 that must be right, compressed when the name ends in `.gz`.
final class UserFiles {
    private static final int BUFFER_BYTES = 1 << 16;

    private UserFiles() {}

    private static boolean compressed(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /// @param file the name that says whether to compress
    /// @param to where to write
    static BufferedWriter writer(Path file, Path to) throws IOException {
        OutputStream bytes = Files.newOutputStream(to);
        try {
            return new BufferedWriter(
                    new OutputStreamWriter(compressed(file) ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes,
                            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT)),
                    BUFFER_BYTES);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /// @param bytes what the file holds; closed with the reader
    static BufferedReader reader(Path file, InputStream bytes) throws IOException {
        return new BufferedReader(new InputStreamReader(
                compressed(file) ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes, StandardCharsets.UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)),
                BUFFER_BYTES);
    }

    static EngineException trouble(String what, Path file, IOException e) {
        String why = switch (e) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "this account may not";
            case java.nio.charset.CharacterCodingException _ -> "it is not UTF-8 text";
            case java.util.zip.ZipException _ -> "it is not a gzip file, though its name says so";
            case java.io.EOFException _ -> "it is cut off";
            default -> String.valueOf(e.getMessage());
        };
        return new EngineException("The file " + file + " cannot be " + what + ": " + why + ".", "", e);
    }
}
