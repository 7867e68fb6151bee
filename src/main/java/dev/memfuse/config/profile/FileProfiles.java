package dev.memfuse.config.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.TypedText;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.config.yaml.ConfigYaml;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FolderFiles;

/// Keeps profiles as YAML files: the shipped ones on the class path under `/sample-configs`, those of the user in one
/// folder. For any thread; when two threads save under the same name, one complete file remains.
public final class FileProfiles implements ConfigProfiles {
    private static final List<String> SHIPPED = List.of("legacy", "phase1", "phase2", "phase3", "optimized");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String SUFFIX = ".yaml";

    private final Path folder;
    private final ConfigLoader loader = new ConfigLoader();

    /// @param folder folder of the user's profiles; created when the first one is saved
    public FileProfiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Profile> list() {
        var profiles = new ArrayList<Profile>();
        SHIPPED.forEach(name -> profiles.add(new Profile(name, description(shipped(name)), true)));
        saved().forEach(name -> profiles.add(new Profile(name, description(read(file(name))), false)));
        return List.copyOf(profiles);
    }

    @Override
    public MemFuseConfig load(String name) {
        if (SHIPPED.contains(name)) {
            return loader.load("sample-configs/" + name + SUFFIX, shipped(name));
        }
        if (!saved().contains(name)) {
            throw problem("there is no profile " + ConfigValues.quote(TypedText.excerpt(name)) + "; there are "
                    + Stream.concat(SHIPPED.stream(), saved().stream()).collect(Collectors.joining(", ")));
        }
        return loader.load(file(name));
    }

    @Override
    public Path save(String name, MemFuseConfig config) {
        requireUsable(name);
        ConfigValidator.requireValid(config);
        try {
            return replace(file(name), ConfigYaml.write(config, comment(config)));
        } catch (IOException e) {
            throw problem("the profile " + name + " cannot be saved in " + folder + ": " + FileFailures.reason(e));
        }
    }

    @Override
    public void rename(String name, String newName) {
        requireSaved(name);
        requireUsable(newName);
        if (saved().contains(newName)) {
            throw problem("there is a profile " + newName + " already; choose another name");
        }
        try {
            Files.move(file(name), file(newName));
        } catch (IOException e) {
            throw problem("the profile " + name + " cannot be renamed: " + FileFailures.reason(e));
        }
    }

    @Override
    public void delete(String name) {
        requireSaved(name);
        try {
            Files.delete(file(name));
        } catch (IOException e) {
            throw problem("the profile " + name + " cannot be deleted: " + FileFailures.reason(e));
        }
    }

    private static void requireUsable(String name) {
        if (!NAME.matcher(name).matches()) {
            throw problem("the name " + ConfigValues.quote(TypedText.excerpt(name))
                    + " cannot be used; a name is 1 to 64 letters, digits, - or _");
        }
        if (SHIPPED.contains(name.toLowerCase(Locale.ROOT))) {
            throw problem(
                    "the profile " + name + " is part of the program and cannot be replaced; choose another name");
        }
    }

    private void requireSaved(String name) {
        if (!saved().contains(name)) {
            throw problem(SHIPPED.contains(name)
                    ? "the profile " + name + " is part of the program and stays as it is"
                    : "there is no profile " + ConfigValues.quote(TypedText.excerpt(name)));
        }
    }

    private List<String> comment(MemFuseConfig config) {
        List<ConfigChange> changes = ConfigDiff.between(loader.load(), config);
        if (changes.isEmpty()) {
            return List.of("A saved profile, equal to the defaults.");
        }
        return List.of("A saved profile. It differs from the defaults in "
                + changes.stream().map(ConfigChange::path).collect(Collectors.joining(", ")) + ".");
    }

    /// Writes a temporary file and moves it over the old one, so that no reader gets an incomplete profile.
    private Path replace(Path file, String text) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "profile", ".tmp");
        try {
            Files.writeString(temporary, text, StandardOpenOption.SYNC, StandardOpenOption.WRITE);
            return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private List<String> saved() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            return FolderFiles.list(folder, 1, file -> file.toString().endsWith(SUFFIX)).stream()
                    .map(file -> file.getFileName().toString())
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .filter(name -> NAME.matcher(name).matches() && !SHIPPED.contains(name)).sorted().toList();
        } catch (IOException e) {
            throw problem("the folder of profiles " + folder + " cannot be read: " + FileFailures.clause(e));
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    /// Returns the comment at the top as one text; empty for an unreadable file, whose problem is reported by [#load].
    private static String description(String yaml) {
        return yaml.lines().takeWhile(line -> line.startsWith("#")).map(line -> line.substring(1).strip())
                .collect(Collectors.joining(" "));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }

    private static String shipped(String name) {
        try (InputStream profile = FileProfiles.class.getResourceAsStream("/sample-configs/" + name + SUFFIX)) {
            return new String(Objects.requireNonNull(profile, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw problem("the profile " + name + " cannot be read: " + FileFailures.clause(e));
        }
    }

    private static ConfigException problem(String message) {
        return new ConfigException(List.of(new ConfigProblem("", message, Optional.empty())));
    }
}
