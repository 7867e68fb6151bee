package dev.memfuse.console.fx;

import java.io.IOException;
import java.nio.file.Path;

/// Opens files and folders with the programs of the desktop. Blocks; not for the FX thread.
@FunctionalInterface
public interface FileOpener {
    /// Opens a file or a folder.
    ///
    /// @return false when this system has no program that opens files
    /// @throws IOException when the file is not there, or the desktop has nothing that opens it
    boolean open(Path file) throws IOException, InterruptedException;
}
