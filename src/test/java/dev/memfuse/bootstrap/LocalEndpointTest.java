package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import dev.memfuse.file.FolderLock;
import dev.memfuse.server.local.LocalAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The address that a program publishes in its data folder.
class LocalEndpointTest {
    @Test
    void theAddressOfAKilledProgramIsNotUsed(@TempDir Path folder) throws IOException {
        LocalAddress address = new LocalAddress("http://127.0.0.1:1", "token", ProcessHandle.current().pid());
        assertEquals(Optional.empty(), LocalEndpoint.find(folder));
        address.write(folder);

        // Nobody holds the lock, as after a kill: the port may belong to anybody.
        assertEquals(Optional.empty(), LocalEndpoint.find(folder));
        assertEquals(Optional.empty(), LocalEndpoint.find(folder), "a look leaves no lock");
        try (FolderLock _ = FolderLock.tryLock(folder.resolve("server.lock")).orElseThrow()) {
            assertTrue(LocalEndpoint.find(folder).filter(address::equals).isPresent());
        }
    }
}
