package dev.memfuse.postgres.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.sun.security.auth.module.UnixSystem;
import org.jspecify.annotations.Nullable;

/// The account that runs the server's programs. PostgreSQL refuses to run as root, so for root it is one of these:
///
/// 1. Linux with user namespaces: root inside `unshare -U`. The server owns root's files but has no privileges.
/// 2. Otherwise the account `nobody`, which must be able to enter the data folder and owns the cluster in it.
///
/// Windows needs neither: `initdb` and `pg_ctl` drop an administrator's privileges themselves.
public final class ServerAccount {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private final List<String> prefix;
    private final @Nullable UserPrincipal owner;

    private ServerAccount(List<String> prefix, @Nullable UserPrincipal owner) {
        this.prefix = List.copyOf(prefix);
        this.owner = owner;
    }

    /// Returns the account for servers that this process starts.
    ///
    /// @throws ServerStartException when the process runs as root and can use no other account
    public static ServerAccount ofThisProcess() {
        OperatingSystem system = OperatingSystem.current();
        if (system == OperatingSystem.WINDOWS || new UnixSystem().getUid() != 0) {
            return current();
        }
        return system == OperatingSystem.LINUX && works("unshare", "-U", "true")
                ? currentUnprivileged()
                : nobody(system);
    }

    static ServerAccount current() {
        return new ServerAccount(List.of(), null);
    }

    private static ServerAccount currentUnprivileged() {
        return new ServerAccount(List.of("unshare", "-U"), null);
    }

    /// Returns the account `nobody`.
    ///
    /// @throws ServerStartException when it cannot be used
    public static ServerAccount nobody(OperatingSystem system) {
        List<String> change = system == OperatingSystem.MAC
                ? List.of("sudo", "-n", "-u", "nobody", "--")
                : List.of("setpriv", "--reuid=nobody", "--regid=" + groupOfNobody(), "--clear-groups");
        var probe = new ArrayList<>(change);
        probe.add("true");
        if (!works(probe.toArray(String[]::new))) {
            throw noAccount();
        }
        try {
            Path root = Path.of("/");
            return new ServerAccount(change,
                    root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (IOException e) {
            throw noAccount();
        }
    }

    private static String groupOfNobody() {
        try {
            return Files.readAllLines(Path.of("/etc/passwd")).stream().map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals("nobody")).map(fields -> fields[3])
                    .findFirst()
                    .orElse("65534");
        } catch (IOException e) {
            return "65534";
        }
    }

    private static ServerStartException noAccount() {
        return new ServerStartException("PostgreSQL refuses to run as root, and no other account can be used here.",
                "Start MemFuse as a normal user, or connect to another server with --db.");
    }

    private static boolean works(String... command) {
        try {
            return CommandRunner.run(List.of(command), Path.of("/"), LIMIT).succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    /// Returns the command line that runs a program under this account.
    List<String> commandLine(List<String> command) {
        var complete = new ArrayList<>(prefix);
        complete.addAll(command);
        return complete;
    }

    /// Returns whether the server needs the ownership of its files, see [#handOver].
    public boolean isForeign() {
        return owner != null;
    }

    /// Makes this account the owner of a file or folder, when it is another account than that of the process.
    public void handOver(Path path) throws IOException {
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (owner != null && view != null) {
            view.setOwner(owner);
        }
    }

    /// Returns whether the server can enter a folder. Missing folders count as accessible.
    public boolean canEnter(Path folder) {
        for (Path at = folder.toAbsolutePath(); at != null && owner != null; at = at.getParent()) {
            if (Files.exists(at) && !isOpen(at, owner)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOpen(Path folder, UserPrincipal account) {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder);
            return rights.contains(PosixFilePermission.OTHERS_EXECUTE)
                    || (rights.contains(PosixFilePermission.OWNER_EXECUTE) && Files.getOwner(folder).equals(account));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
