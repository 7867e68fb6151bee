package dev.memfuse.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Makes sure before the work that its results can be written after it.
///
/// @param command named when they cannot
public record OutputFiles(CommandLine command) {

    /// @throws ParameterException when this file cannot be written
    public void file(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw wrong(option, file + " is a folder; name a file in it.");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw wrong(option, "The file " + file + " may not be written by this account.");
        }
        folder(option, Files.exists(file) ? null : folder);
    }

    /// Makes the folder when it is missing.
    ///
    /// @throws ParameterException when files cannot be written there
    public void folder(String option, @Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw wrong(option, "The folder " + folder + " cannot be made; choose another place.");
        }
        if (!Files.isWritable(folder)) {
            throw wrong(option, "The folder " + folder + " may not be written by this account; choose another place.");
        }
    }

    private ParameterException wrong(String option, String sentence) {
        return new ParameterException(command, option + ": " + sentence);
    }
}
