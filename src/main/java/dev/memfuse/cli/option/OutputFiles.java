package dev.memfuse.cli.option;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.memfuse.cli.terminal.PrintableText;
import dev.memfuse.load.report.WriteFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Checks output paths before a long run.
///
/// @param command the command whose usage is wrong when a check fails
public record OutputFiles(CommandLine command) {

    /// Requires that a file can be written. Creates its folder when that is missing.
    ///
    /// @param option the option that names the file, for instance `--json`
    /// @param file the file, or null when the option is absent
    /// @throws ParameterException when the file cannot be written
    public void file(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw wrong(option, file + " is a folder; name a file in it.");
        }
        if (!Files.exists(file)) {
            folder(option, file.toAbsolutePath().getParent());
            creatable(option, file);
        } else if (!Files.isWritable(file)) {
            throw wrong(option, "This account has no permission to write the file " + file + ".");
        }
    }

    /// Creates a file and removes it: only the file system knows which names it takes.
    private void creatable(String option, Path file) {
        try {
            Files.createFile(file);
            Files.delete(file);
        } catch (FileAlreadyExistsException _) {
            // A link without a target, or another process was faster: the write decides.
        } catch (IOException e) {
            throw wrong(option, "The file " + PrintableText.excerpt(file.toString()) + " cannot be created: "
                    + WriteFailure.describe(e) + " Choose another name.");
        }
    }

    /// Requires that files can be written into a folder. Creates the folder when it is missing.
    ///
    /// @param option the option that names the folder, for instance `--report`
    /// @param folder the folder, or null when the option is absent
    /// @throws ParameterException when files cannot be written into the folder
    public void folder(String option, @Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw wrong(option, "The folder " + folder + " cannot be created; choose another place.");
        }
        if (!Files.isWritable(folder)) {
            throw wrong(option,
                    "This account has no permission to write into the folder " + folder + "; choose another place.");
        }
    }

    private ParameterException wrong(String option, String sentence) {
        return new ParameterException(command, option + ": " + sentence);
    }
}
