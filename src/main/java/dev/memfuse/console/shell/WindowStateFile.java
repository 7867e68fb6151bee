package dev.memfuse.console.shell;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file `window.properties` in the state folder. Thread-safe. Failures to read or write it are logged and not
/// shown, because they cost the user no more than the size of the window.
public final class WindowStateFile {
    private static final Logger LOG = LoggerFactory.getLogger(WindowStateFile.class);

    private final Path file;

    /// @param folder the state folder; created when missing
    public WindowStateFile(Path folder) {
        this.file = folder.resolve("window.properties");
    }

    /// Returns the saved state, or the default one.
    public synchronized WindowState load() {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                LOG.warn("Window: the remembered state in {} cannot be read", file, e);
            }
        }
        return WindowState.of(properties);
    }

    /// Replaces the file atomically. Blocks on disk I/O.
    public synchronized void save(WindowState state) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = Files.createTempFile(file.toAbsolutePath().getParent(), "window", ".tmp");
            try (Writer writer = Files.newBufferedWriter(next)) {
                state.toProperties().store(writer, null);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("Window: the state cannot be saved in {}", file, e);
        }
    }
}
