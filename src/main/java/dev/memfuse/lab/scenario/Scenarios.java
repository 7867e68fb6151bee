package dev.memfuse.lab.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.memfuse.config.ConfigException;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.PrivateFiles;

/// The scenarios that a user can open by name or as a file.
public final class Scenarios {
    /// Names of the scenarios that the program ships.
    public static final List<String> SHIPPED = List.of("smoke", "steady", "spike", "soak", "outage");
    private static final String FOLDER = "/sample-configs/scenarios/";

    private Scenarios() {}

    /// Reads a scenario. Blocks.
    ///
    /// @param source a file, or the name of a shipped scenario when there is no such file
    /// @throws ConfigException when it cannot be read, or something in it is wrong
    public static Scenario read(Path source) {
        String name = source.toString();
        return !Files.exists(source) && SHIPPED.contains(name) ? shipped(name) : ScenarioFile.read(source);
    }

    /// Returns a scenario that the program ships.
    ///
    /// @param name one of [#SHIPPED]
    public static Scenario shipped(String name) {
        return ScenarioFile.parse(name + ".yaml", text(name), Path.of("").toAbsolutePath());
    }

    private static String text(String name) {
        try (InputStream file = Scenarios.class.getResourceAsStream(FOLDER + name + ".yaml")) {
            if (file == null) {
                throw new IllegalArgumentException("There is no shipped scenario " + name + ".");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a scenario to a file; creates its folder when it is missing. Blocks.
    ///
    /// @throws UncheckedIOException when the file cannot be written; the message is for the user
    public static void write(Scenario scenario, Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path _ = PrivateFiles.replace(file, ScenarioYaml.write(scenario));
        } catch (IOException e) {
            throw new UncheckedIOException("The scenario " + file + " cannot be written: " + FileFailures.reason(e)
                    + ".", e);
        }
    }
}
