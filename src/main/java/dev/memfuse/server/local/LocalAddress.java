package dev.memfuse.server.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.file.PrivateFiles;
import dev.memfuse.file.SmallFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Address of the server of a running program. It lies in a file in the data folder that only this account can read.
///
/// @param url beginning of every address, without a slash at the end
/// @param token opens the data of all users; secret
/// @param pid process id of the program
public record LocalAddress(String url, String token, long pid) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FILE = "server.json";
    private static final int MAX_BYTES = 4_096;

    /// Returns the file in a data folder.
    public static Path file(Path dataFolder) {
        return dataFolder.resolve(FILE);
    }

    /// Reads the file in a data folder; empty when there is none. The program may have ended since.
    public static Optional<LocalAddress> read(Path dataFolder) {
        try {
            JsonNode read = JSON.readTree(new String(SmallFiles.read(file(dataFolder), MAX_BYTES),
                    StandardCharsets.UTF_8));
            return Optional.of(new LocalAddress(read.path("url").stringValue(), read.path("token").stringValue(),
                    read.path("pid").longValue()));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    /// Writes the file in a data folder.
    ///
    /// @throws IOException when it cannot be written
    public void write(Path dataFolder) throws IOException {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("url", url);
        written.put("token", token);
        written.put("pid", pid);
        Path _ = PrivateFiles.replace(file(dataFolder), JSON.writeValueAsString(written));
    }

    /// Deletes the file in a data folder, unless another program has written it since.
    ///
    /// @throws IOException when it cannot be deleted
    public void delete(Path dataFolder) throws IOException {
        if (read(dataFolder).filter(this::equals).isPresent()) {
            Files.deleteIfExists(file(dataFolder));
        }
    }

    @Override
    public String toString() {
        return "LocalAddress[url=" + url + ", pid=" + pid + "]";
    }
}
