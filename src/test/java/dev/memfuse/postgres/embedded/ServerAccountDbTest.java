package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.sun.security.auth.module.UnixSystem;
import dev.memfuse.file.FilePermissions;
import dev.memfuse.file.FolderRemoval;
import dev.memfuse.postgres.program.OperatingSystem;
import dev.memfuse.postgres.program.ServerAccount;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The first start, with unpacking, under each account that this process can use: its own for a normal user; root
/// without privileges and `nobody` for root.
@Tag("db")
class ServerAccountDbTest {
    static Stream<ServerAccount> accounts() {
        return new UnixSystem().getUid() == 0
                ? Stream.of(ServerAccount.ofThisProcess(), ServerAccount.nobody(OperatingSystem.LINUX))
                : Stream.of(ServerAccount.ofThisProcess());
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void unpacksCreatesStartsAndRestarts(ServerAccount account) throws IOException, SQLException {
        Path parent = Files.createTempDirectory("memfuse-account-");
        Path folder = parent.resolve("data");
        try {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
            Path torn = folder.resolve("programs/unpacking-before/bin");
            FilePermissions.createReadableFolder(torn);
            var fractions = new ArrayList<Double>();
            ServerOptions options = ServerOptions.keptIn(folder).withExitGrace(Duration.ZERO);

            try (EmbeddedServer server = EmbeddedServer.start(options, account,
                    progress -> fractions.add(progress.share()))) {
                Sql.run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            }
            try (EmbeddedServer server = EmbeddedServer.start(options, account, progress -> {})) {
                assertEquals("42", Sql.value(server, "SELECT answer FROM kept"));
            }

            assertFalse(Files.exists(torn));
            List<Double> unpacking = fractions.stream().filter(fraction -> fraction >= 0).toList();
            assertEquals(unpacking.stream().sorted().toList(), unpacking);
            assertTrue(unpacking.getLast() > 0.9, "unpacking ended at " + unpacking.getLast());
        } finally {
            FolderRemoval.remove(parent);
        }
    }
}
