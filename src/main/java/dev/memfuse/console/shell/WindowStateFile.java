package dev.memfuse.console.shell;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;

import dev.memfuse.file.DamagedFile;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file `window.properties` in the state folder. Thread-safe; blocks on disk I/O, so not for the FX thread.
public final class WindowStateFile {
    private static final Logger LOG = LoggerFactory.getLogger(WindowStateFile.class);

    private final Path file;

    /// What an earlier start left.
    ///
    /// @param problem sentence for the user when it cannot be read and the state is the default one; else empty
    public record Saved(WindowState state, String problem) {
        /// What a first start has.
        public static final Saved NOTHING = new Saved(WindowState.DEFAULT, "");
    }

    /// @param folder the state folder; created when missing
    public WindowStateFile(Path folder) {
        this.file = folder.resolve("window.properties");
    }

    /// Returns the saved state, or the default one with the reason.
    public synchronized Saved load() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return new Saved(WindowState.of(properties), "");
        } catch (NoSuchFileException _) {
            return Saved.NOTHING;
        } catch (IOException e) {
            return unreadable(FileFailures.reason(e), e);
        } catch (IllegalArgumentException e) {
            return unreadable("it is damaged", e);
        }
    }

    private Saved unreadable(String reason, Exception cause) {
        LOG.warn("Window: the remembered state in {} cannot be read", file, cause);
        return new Saved(WindowState.DEFAULT, "What the window remembered in " + file + " cannot be read: " + reason
                + ". The window starts as at first, and the file is written anew."
                + DamagedFile.keep(file).map(kept -> " The damaged one is kept as " + kept.getFileName() + ".")
                        .orElse(""));
    }

    /// Replaces the file completely or not at all.
    ///
    /// @return sentence for the user when it cannot be written; else empty
    public synchronized String save(WindowState state) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            StringWriter text = new StringWriter();
            state.toProperties().store(text, null);
            Path _ = PrivateFiles.replace(file, text.toString());
            return "";
        } catch (ClosedByInterruptException _) {
            return ""; // The window closes and saves once more.
        } catch (IOException e) {
            LOG.warn("Window: the state cannot be saved in {}", file, e);
            return "What the window remembers, such as its page and what is typed into forms, is lost when it closes: "
                    + FileFailures.sentence(e);
        }
    }
}
