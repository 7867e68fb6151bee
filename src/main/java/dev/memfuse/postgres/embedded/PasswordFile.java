package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The server's password, made up once and kept in a file only its owner may read. It is never an argument of a
/// program and never logged.
final class PasswordFile {
    private static final int RANDOM_BYTES = 24;

    private PasswordFile() {}

    /// The password in this file; makes up a new one when there is no file.
    static String readOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            var random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(draft);
            writePrivately(draft, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        restrict(file);
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    /// Writes a new file that nobody but its owner can read at any time.
    static void writePrivately(Path file, String content) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileAttribute<?>[] attributes = isPosix(file)
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(file, options, attributes)) {
            restrict(file);
            channel.write(ByteBuffer.wrap((content + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /// Takes back rights somebody may have given, for instance by copying the folder.
    private static void restrict(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return;
        }
        var view = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (view != null) {
            view.setAcl(List.of(AclEntry.newBuilder().setType(AclEntryType.ALLOW).setPrincipal(view.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class)).build()));
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
