package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.memfuse.postgres.program.OperatingSystem;
import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.postgres.program.SharedFolder;
import org.jspecify.annotations.Nullable;

/// Where the program keeps its data unless told otherwise.
public final class DataDirectories {
    private DataDirectories() {}

    /// The folder for this account on this system: `$XDG_DATA_HOME/memfuse` or `~/.local/share/memfuse` on Linux,
    /// `~/Library/Application Support/MemFuse` on macOS, `%LOCALAPPDATA%\MemFuse` on Windows. For root on a system
    /// where PostgreSQL must run as `nobody`: a folder outside root's home, which `nobody` cannot enter.
    ///
    /// Starts a short process when the account is root; call it away from the FX thread.
    public static Path standard() {
        OperatingSystem system = OperatingSystem.current();
        Path usual = of(system, System.getenv(), Path.of(System.getProperty("user.home", ".")));
        return ServerAccount.ofThisProcess().canEnter(usual) ? usual : shared(system);
    }

    /// Creates a data folder when it is missing: for this account alone, except that an embedded server under another
    /// account may pass through.
    ///
    /// @throws IOException when it cannot be created
    /// @throws ServerStartException when this account is root and PostgreSQL has no other to run under
    public static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            create(folder, ServerAccount.ofThisProcess());
        }
    }

    static void create(Path folder, ServerAccount account) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (account.isForeign() && folder.getParent() != null) {
                SharedFolder.create(folder.getParent());
            }
            Files.createDirectories(folder);
            openTo(folder, account);
        }
    }

    /// For us alone, except that a server under another account must be able to pass through.
    static void openTo(Path folder, ServerAccount account) throws IOException {
        SharedFolder.allow(folder, account.isForeign() ? "rwx--x--x" : "rwx------");
    }

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

    /// The XDG specification says that a relative path is to be ignored.
    private static Path absolute(@Nullable String path, Path otherwise) {
        return path == null || path.isBlank() || !Path.of(path).isAbsolute() ? otherwise : Path.of(path);
    }
}
