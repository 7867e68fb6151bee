package dev.memfuse.transfer;

import java.nio.file.Path;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.RecordRefusedException;
import org.jspecify.annotations.Nullable;

/// Makes a user from a file that [UserExport] wrote. All of it, or nothing: an import that fails, is stopped or is killed
/// leaves no trace and can simply be repeated.
public final class UserImport {
    private final MemoryEngine engine;

    public UserImport(MemoryEngine engine) {
        this.engine = engine;
    }

    /// What came of an import.
    ///
    /// @param user as it is now
    /// @param records by the label of their kind
    public record Result(User user, Map<String, Long> records) {}

    /// Blocks until the user is there.
    ///
    /// @param name of the new user; null keeps the exported one
    /// @throws EngineException with file, line and what is wrong
    public Result read(Path file, @Nullable String name, Progress progress) {
        AtomicReference<@Nullable RecordReader> last = new AtomicReference<>();
        try {
            User user = engine.importUser(name, () -> {
                RecordReader reader = new RecordReader(file, progress);
                last.set(reader);
                return StreamSupport.stream(Spliterators.spliteratorUnknownSize(reader, Spliterator.ORDERED), false)
                        .onClose(reader::close);
            });
            RecordReader reader = last.get();
            return new Result(user, reader == null ? Map.of() : reader.counts());
        } catch (DuplicateNameException e) {
            throw new EngineException(e.getMessage() + " Import it under another name.", e.detail(), e);
        } catch (RecordRefusedException e) {
            // The header is line 1 and record 1 is line 2.
            String place = e.recordNumber() == 0 ? "" : ", line " + (e.recordNumber() + 1);
            throw new EngineException(file + place + ": " + e.getMessage() + " Nothing was imported.", e.detail(), e);
        }
    }
}
