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

import dev.memfuse.file.FolderRemoval;

/// PostgreSQL's own programs, unpacked, and the account they run under.
///
/// @param folder holds `bin`, `lib` and `share`
/// @param account runs them
public record ServerPrograms(Path folder, ServerAccount account) {
    private static final Object UNPACKING = new Object();
    private static final String UNFINISHED = "unpacking-";

    /// Unpacks the programs below `parent` unless that was done before. A folder with the final name is always
    /// complete: it is filled under another name first, by one process at a time.
    public static ServerPrograms unpackedIn(Path parent, ServerAccount account, Consumer<StartProgress> progress)
            throws IOException {
        ProgramArchive archive = ProgramArchive.ofThisMachine();
        Path folder = parent.resolve(archive.folderName());
        if (!Files.isDirectory(folder)) {
            SharedFolder.create(parent);
            unpackAlone(archive, folder, progress);
        }
        return new ServerPrograms(folder, account);
    }

    private static void unpackAlone(ProgramArchive archive, Path folder, Consumer<StartProgress> progress)
            throws IOException {
        Path alone = folder.resolveSibling("unpack.lock");
        synchronized (UNPACKING) {
            try (FileChannel channel = FileChannel.open(alone, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(folder)) {
                    removeUnfinished(folder.resolveSibling("."));
                    unpack(archive, folder, progress);
                }
            }
        }
    }

    private static void unpack(ProgramArchive archive, Path folder, Consumer<StartProgress> progress)
            throws IOException {
        String step = "Unpacking PostgreSQL 18 (first start only)";
        progress.accept(new StartProgress(step, 0));
        Path unfinished = folder.resolveSibling(UNFINISHED + folder.getFileName());
        try (InputStream in = archive.url().openStream()) {
            new ArchiveUnpacker(unfinished).unpack(in, archive.length(),
                    done -> progress.accept(new StartProgress(step, done)));
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

    /// Runs one of the programs.
    public CommandRunner.Outcome run(Duration limit, String program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(folder.resolve("bin").resolve(OperatingSystem.current().executable(program)).toString());
        command.addAll(arguments);
        return CommandRunner.run(account.commandLine(command), folder, limit);
    }
}
