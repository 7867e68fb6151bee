package dev.memfuse.config.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.MonitoringConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.file.FullDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileProfilesTest {
    private final MemFuseConfig defaults = new ConfigLoader().load();

    @TempDir
    Path home;
    private Path folder;
    private FileProfiles profiles;

    @BeforeEach
    void openProfiles() {
        folder = home.resolve("profiles");
        profiles = new FileProfiles(folder);
    }

    @Test
    void aSavedProfileComesBackEqualInEveryKey() {
        MemFuseConfig config = new ConfigLoader()
                .withOverrides(List.of("postgres.url=jdbc:postgresql://h:1/d?a=\"b\\c\"",
                        "postgres.pool_timeout=0.25", "postgres.manager=legacy", "buffer.round_buffer.token_model=yes",
                        "buffer.hybrid_buffer.chunk_strategy=token_based", "monitoring.thresholds.error_rate=0",
                        "monitoring.thresholds.connection_pool_access=0.0001", "layers.m2.enabled=true"))
                .load();

        profiles.save("mine", config);

        assertEquals(config, profiles.load("mine"));
    }

    @Test
    void aSavedFileHasCommentsAndAllKeys() throws IOException {
        Path file = profiles.save("mine", ConfigValues.with(defaults, "postgres.pool_size", 12));

        assertTrue(
                Files.readString(file).startsWith("""
                                                  # A saved profile. It differs from the defaults in postgres.pool_size.

                                                  # Connections
                                                  postgres:
                                                    url: ""
                                                    manager: optimized
                                                    pool_size: 12
                                                    max_overflow: 20
                                                    pool_timeout: 30
                                                    pool_recycle: 3600
                                                    connection_timeout: 15
                                                    keepalives_idle: 300
                                                    read_from: primary
                                                    read_only: false

                                                  # Network
                                                  network:
                                                    round_trip: 0
                                                    jitter: 0
                                                    bandwidth: 0

                                                  # Buffer
                                                  buffer:
                                                    bypass_mode: true
                                                    durability: journal
                                                    max_message_bytes: 1048576
                                                    max_batch_bytes: 16777216
                                                    # Journal
                                                    journal:
                                                      max_bytes: 268435456
                                                  """), () -> "was " + file);
    }

    @Test
    void theListHasTheShippedProfilesFirst() throws IOException {
        profiles.save("mine", defaults);
        profiles.save("a-2", defaults);
        Files.writeString(folder.resolve("notes.txt"), "not a profile");

        assertEquals(List.of("legacy", "phase1", "phase2", "phase3", "optimized", "a-2", "mine"),
                profiles.list().stream().map(ConfigProfiles.Profile::name).toList());
        assertEquals(new ConfigProfiles.Profile("mine", "A saved profile, equal to the defaults.", false),
                profiles.list().getLast());
        assertTrue(profiles.list().getFirst().shipped());
    }

    @Test
    void savingAgainReplacesTheProfileAndLeavesNothingElse() throws IOException {
        profiles.save("mine", defaults);
        profiles.save("mine", ConfigValues.with(defaults, "services.cache", false));

        assertFalse(profiles.load("mine").services().cache());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("mine.yaml")), files.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../mine", "a/b", "a\\b", "a b", "..", "mine.yaml", "ä"})
    void aNameWithOtherCharactersIsRejected(String name) {
        assertEquals(
                "the name " + ConfigValues.quote(name) + " cannot be used; a name is 1 to 64 letters, digits, - or _",
                assertThrows(ConfigException.class, () -> profiles.save(name, defaults)).getMessage());
        assertFalse(Files.exists(folder));
    }

    @Test
    void aShippedProfileCannotBeReplacedInAnyCase() {
        for (String name : List.of("optimized", "Optimized")) {
            assertEquals("the profile " + name + " is part of the program and cannot be replaced; choose another name",
                    assertThrows(ConfigException.class, () -> profiles.save(name, defaults)).getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "../secret", ""})
    void anUnknownNameIsRejectedWithAllNames(String name) throws IOException {
        Files.writeString(home.resolve("secret.yaml"), "services: {cache: false}");
        profiles.save("mine", defaults);

        assertEquals("there is no profile \"" + name + "\"; there are legacy, phase1, phase2, phase3, optimized, mine",
                assertThrows(ConfigException.class, () -> profiles.load(name)).getMessage());
    }

    @Test
    void aBrokenProfileIsListedAndReportsItsProblemWhenLoaded() throws IOException {
        Path file = profiles.save("mine", defaults);
        Files.writeString(file, "services: {cache: maybe}\n");

        assertEquals(6, profiles.list().size());
        assertEquals(file + ":1:19: services.cache: expected true or false, found the text \"maybe\"",
                assertThrows(ConfigException.class, () -> profiles.load("mine")).getMessage());
    }

    @Test
    void aConfigurationThatIsNotValidIsNotSaved() {
        var broken = new MemFuseConfig(defaults.postgres(), defaults.network(), defaults.buffer(),
                defaults.memoryService(),
                defaults.layers(), defaults.llm(), defaults.embedding(), defaults.services(), defaults.queries(),
                defaults.retrieval(),
                new MonitoringConfig(99, defaults.monitoring().logLevel(), defaults.monitoring().thresholds()),
                defaults.load(), defaults.server());

        assertThrows(ConfigException.class, () -> profiles.save("mine", broken));
        assertFalse(Files.exists(folder));
    }

    @Test
    void aFolderThatCannotBeCreatedIsReportedAsASentence() throws IOException {
        Files.writeString(folder, "a file where the folder should be");

        assertTrue(assertThrows(ConfigException.class, () -> profiles.save("mine", defaults)).getMessage()
                .startsWith("the profile mine cannot be saved in " + folder));
    }

    @Test
    void onAFullDiskTheOldProfileStaysAndASentenceSaysWhy() throws Exception {
        Path file = profiles.save("mine", defaults);
        String before = Files.readString(file);

        FullDisk.during(() -> {
            String sentence = String.valueOf(assertThrows(ConfigException.class,
                    () -> profiles.save("mine", ConfigValues.with(defaults, "postgres.pool_size", 7))).getMessage());
            assertTrue(sentence.contains("the profile mine cannot be saved in " + folder + ": "), sentence);
        });

        assertEquals(before, Files.readString(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }
}
