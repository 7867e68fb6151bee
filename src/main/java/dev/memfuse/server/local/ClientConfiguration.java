package dev.memfuse.server.local;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.file.PrivateFiles;

/// The lines by which a client of the Model Context Protocol starts this program: its Java with an argument file, since
/// a build tool in between would write to standard output.
public final class ClientConfiguration {
    private static final String MAIN = "dev.memfuse.Main";
    private static final String FILE = "mcp.args";
    /// Options that hold for another start too.
    private static final List<String> KEPT = List.of("-XX:", "-Xm", "--enable-native-access", "--sun-misc-unsafe");

    private ClientConfiguration() {}

    /// Writes the argument file of this installation into a folder.
    ///
    /// @return the file
    /// @throws IOException when it cannot be written
    public static Path write(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> KEPT.stream().anyMatch(option::startsWith)).toList());
        lines.add("-cp");
        lines.add(classPath(System.getProperty("java.class.path", "")));
        lines.add(MAIN);
        return PrivateFiles.replace(folder.resolve(FILE),
                String.join("\n", lines.stream().map(ClientConfiguration::quoted).toList()) + "\n").toAbsolutePath();
    }

    /// Returns the class path with absolute entries: a client starts the program in any folder.
    private static String classPath(String given) {
        return String.join(System.getProperty("path.separator"),
                Stream.of(given.split(System.getProperty("path.separator"))).filter(entry -> !entry.isEmpty())
                        .map(entry -> Path.of(entry).toAbsolutePath().toString()).toList());
    }

    private static String quoted(String argument) {
        return '"' + escaped(argument) + '"';
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /// Returns the lines for the file of a client.
    ///
    /// @param arguments argument file
    /// @param user name of the user
    /// @param dataFolder data folder of the command line; empty for the usual one
    public static List<String> lines(Path arguments, String user, List<String> dataFolder) {
        List<String> words = new ArrayList<>(List.of("@" + arguments, "mcp", "--user", user));
        words.addAll(dataFolder);
        return List.of("{\"mcpServers\": {\"memfuse\": {",
                "  \"command\": " + quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()) + ",",
                "  \"args\": [" + String.join(", ", words.stream().map(ClientConfiguration::quoted).toList())
                        + "]}}}");
    }
}
