package dev.memfuse.transfer;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.RecordRefusedException;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;

/// Creates a user from a file that [UserExport] wrote. An import is atomic: after a failure, a stop or the end of the
/// process nothing is stored, and the import can be repeated.
public final class UserImport {
    private final MemoryEngine engine;

    /// @param engine the engine that stores the user
    public UserImport(MemoryEngine engine) {
        this.engine = engine;
    }

    /// The result of an import.
    ///
    /// @param user the new user
    /// @param records number of records by label of their kind
    /// @param checksum whether the file had a checksum
    public record Result(User user, Map<String, Long> records, Checksum checksum) {}

    /// The checksum of an imported file.
    public enum Checksum {
        /// The file is as it was exported.
        MATCHES,
        /// The file has none, because an earlier version wrote it.
        NEVER_WRITTEN,
        /// The file was exported with a checksum and has none now: it was changed by hand.
        REMOVED
    }

    /// Requires that a file begins as an export. Reads its first lines. Blocks.
    ///
    /// @throws EngineException when it cannot be read or is no export; the message states file, line and problem
    public static void requireExport(Path file) {
        // The constructor reads the header and the first record.
        new RecordReader(file, _ -> {}).close();
    }

    /// Imports a file; blocks until the user is stored.
    ///
    /// @param name name of the new user; null keeps the exported name
    /// @param progress receives the share of the file before each record, on any thread; an exception that it throws
    /// ends the import
    /// @throws EngineException when the file is invalid or the user cannot be stored; the message states file, line and
    /// problem
    public Result read(Path file, @Nullable String name, Consumer<Progress> progress) {
        AtomicReference<@Nullable RecordReader> last = new AtomicReference<>();
        try {
            User user = engine.importUser(name, () -> {
                RecordReader reader = new RecordReader(file, progress);
                last.set(reader);
                return StreamSupport.stream(Spliterators.spliteratorUnknownSize(reader, Spliterator.ORDERED), false)
                        .onClose(reader::close);
            });
            RecordReader reader = Objects.requireNonNull(last.get(), "the engine has read the records");
            return new Result(user, reader.counts(), reader.checksum());
        } catch (DuplicateNameException e) {
            throw new EngineException(e.getMessage() + " Import it under another name.", e.detail(), e);
        } catch (RecordRefusedException e) {
            // The header is line 1 and record 1 is line 2.
            String place = e.recordNumber() == 0 ? "" : ", line " + (e.recordNumber() + 1);
            throw new EngineException(file + place + ": " + e.getMessage() + " Nothing was imported.", e.detail(), e);
        }
    }
}
