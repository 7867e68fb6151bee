package dev.memfuse.postgres.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.memfuse.file.FilePermissions;
import dev.memfuse.file.FolderRemoval;
import dev.memfuse.progress.Progress;

/// PostgreSQL's unpacked programs and the account that runs them.
///
/// @param folder folder with `bin`, `lib` and `share`
public record ServerPrograms(Path folder, ServerAccount account) {
    private static final Object UNPACKING = new Object();
    private static final String UNFINISHED = "unpacking-";

    /// Returns the programs below `parent`; unpacks them when they are missing. A folder with the final name is always
    /// complete: one process at a time fills it under another name and renames it.
    ///
    /// @param progress receives the progress of unpacking
    /// @throws ServerStartException when there are no programs for this machine
    public static ServerPrograms unpackedIn(Path parent, ServerAccount account, Consumer<Progress> progress)
            throws IOException {
        ProgramArchive archive = ProgramArchive.ofThisMachine();
        Path folder = parent.resolve(archive.folderName());
        if (!Files.isDirectory(folder)) {
            FilePermissions.createReadableFolder(parent);
            unpackExclusively(archive, folder, progress);
        }
        return new ServerPrograms(folder, account);
    }

    private static void unpackExclusively(ProgramArchive archive, Path folder, Consumer<Progress> progress)
            throws IOException {
        Path lockFile = folder.resolveSibling("unpack.lock");
        synchronized (UNPACKING) {
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(folder)) {
                    removeUnfinished(folder.resolveSibling("."));
                    unpack(archive, folder, progress);
                }
            }
        }
    }

    private static void unpack(ProgramArchive archive, Path folder, Consumer<Progress> progress)
            throws IOException {
        String step = "Unpacking PostgreSQL 18 (first start only)";
        progress.accept(Progress.ofShare(step, 0));
        Path unfinished = folder.resolveSibling(UNFINISHED + folder.getFileName());
        try (InputStream in = archive.url().openStream()) {
            new ArchiveUnpacker(unfinished).unpack(in, archive.length(),
                    done -> progress.accept(Progress.ofShare(step, done)));
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FolderRemoval.remove(unfinished);
        }
    }

    private static void removeUnfinished(Path parent) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, UNFINISHED + "*")) {
            for (Path folder : found) {
                FolderRemoval.remove(folder);
            }
        }
    }

    /// Runs one of the programs and waits for its end.
    ///
    /// @param limit time after which it is killed
    public CommandRunner.Outcome run(Duration limit, String program, List<String> arguments) throws IOException {
        var command = new ArrayList<>(commandLine(program));
        command.addAll(arguments);
        return CommandRunner.run(command, folder, limit);
    }

    /// Returns the command line of one of the programs under its account, without arguments.
    public List<String> commandLine(String program) {
        return account.commandLine(List.of(
                folder.resolve("bin").resolve(OperatingSystem.current().executable(program)).toString()));
    }
}
