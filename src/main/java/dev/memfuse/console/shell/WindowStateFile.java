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

/// The file `window.properties` in the state folder. Thread-safe. A file that cannot be read or written costs the
/// user a default window and nothing else, so it is logged and not shown.
public final class WindowStateFile {
    private static final Logger LOG = LoggerFactory.getLogger(WindowStateFile.class);

    private final Path file;

    public WindowStateFile(Path folder) {
        this.file = folder.resolve("window.properties");
    }

    /// The remembered state, or the default one.
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

    /// Replaces the file as a whole; a reader sees the old or the new one. Blocks: not for the FX thread.
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
