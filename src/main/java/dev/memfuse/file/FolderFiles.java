package dev.memfuse.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/// Lists the files below a folder. An entry that another process removes meanwhile is left out.
public final class FolderFiles extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Predicate<Path> wanted;
    private final List<Path> found = new ArrayList<>();

    private FolderFiles(Path folder, Predicate<Path> wanted) {
        this.folder = folder;
        this.wanted = wanted;
    }

    /// Returns the regular files of a folder and of the folders in it, in the order of their paths. Does not follow
    /// links to folders. Blocks.
    ///
    /// @param depth number of levels: 1 for the files of the folder alone
    /// @param wanted selects the files by their paths
    /// @throws IOException when the folder or one in it cannot be read
    public static List<Path> list(Path folder, int depth, Predicate<Path> wanted) throws IOException {
        FolderFiles files = new FolderFiles(folder, wanted);
        Files.walkFileTree(folder, Set.of(), depth, files);
        files.found.sort(Comparator.naturalOrder());
        return files.found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (wanted.test(file) && Files.isRegularFile(file)) {
            found.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        return continueIfGone(file, failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : continueIfGone(directory, failure);
    }

    private FileVisitResult continueIfGone(Path path, IOException failure) throws IOException {
        if (path.equals(folder) || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw failure;
        }
        return FileVisitResult.CONTINUE;
    }
}
