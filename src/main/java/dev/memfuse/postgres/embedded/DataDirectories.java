package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.memfuse.file.FilePermissions;
import dev.memfuse.postgres.program.OperatingSystem;
import dev.memfuse.postgres.program.ServerAccount;
import org.jspecify.annotations.Nullable;

/// The default folder of the program's data.
public final class DataDirectories {
    private DataDirectories() {}

    /// Returns the folder for this account on this system: `$XDG_DATA_HOME/memfuse` or `~/.local/share/memfuse` on
    /// Linux, `~/Library/Application Support/MemFuse` on macOS, `%LOCALAPPDATA%\MemFuse` on Windows. For root, where
    /// PostgreSQL must run as `nobody`, it is a folder outside root's home, which `nobody` cannot enter.
    ///
    /// Runs a short process when the account is root; do not call it on the FX thread.
    public static Path standard() {
        OperatingSystem system = OperatingSystem.current();
        Path standard = of(system, System.getenv(), Path.of(System.getProperty("user.home", ".")));
        return ServerAccount.ofThisProcess().canEnter(standard) ? standard : shared(system);
    }

    /// Creates a data folder when it is missing. Only this account may enter it; the account of an embedded server may
    /// pass through.
    ///
    /// @throws IOException when it cannot be created
    /// @throws ServerStartException when this account is root and there is no other account for PostgreSQL
    public static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            create(folder, ServerAccount.ofThisProcess());
        }
    }

    static void create(Path folder, ServerAccount account) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (account.isForeign() && folder.getParent() != null) {
                FilePermissions.createReadableFolder(folder.getParent());
            }
            Files.createDirectories(folder);
            restrict(folder, account);
        }
    }

    /// Closes a folder to other accounts; the account of the server may pass through.
    static void restrict(Path folder, ServerAccount account) throws IOException {
        FilePermissions.set(folder, account.isForeign() ? "rwx--x--x" : FilePermissions.PRIVATE_FOLDER);
    }

    /// Returns the folder for an account with this environment and home.
    static Path of(OperatingSystem system, Map<String, String> environment, Path home) {
        return switch (system) {
            case LINUX -> absolute(environment.get("XDG_DATA_HOME"), home.resolve(".local/share")).resolve("memfuse");
            case MAC -> home.resolve("Library/Application Support/MemFuse");
            case WINDOWS -> absolute(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local")).resolve("MemFuse");
        };
    }

    private static Path shared(OperatingSystem system) {
        return Path.of(system == OperatingSystem.MAC ? "/Library/Application Support/MemFuse" : "/var/lib/memfuse");
    }

    /// Returns the path, or the fallback when it is not absolute: the XDG specification requires to ignore relative
    /// paths.
    private static Path absolute(@Nullable String path, Path fallback) {
        return path == null || path.isBlank() || !Path.of(path).isAbsolute() ? fallback : Path.of(path);
    }
}
