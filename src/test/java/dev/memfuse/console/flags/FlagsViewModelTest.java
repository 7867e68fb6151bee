package dev.memfuse.console.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigGroup;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.ChangeText;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.SerialTaskRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagsViewModelTest {
    private static final String POOL = "postgres.pool_size";

    @TempDir
    private Path folder;
    private final LiveTunables tunables = Fakes.tunables();
    private final List<String> notifications = new ArrayList<>();
    private FlagsViewModel model;

    @BeforeEach
    void open() {
        model = new FlagsViewModel(tunables, new FileProfiles(folder),
                new PageTools(new DirectTaskRunner(), notifications::add),
                Runnable::run);
    }

    @Test
    void showsEveryKeyOfTheConfigurationOnce() {
        List<String> shown = flags().stream().map(flag -> flag.key().path()).sorted().toList();

        assertEquals(ConfigSchema.keys().stream().map(ConfigKey::path).sorted().toList(), shown);
    }

    @Test
    void showsEveryGroupInItsOrderWithItsKeys() {
        assertEquals(List.of(ConfigGroup.values()), List.copyOf(model.groups().keySet()));
        model.groups().forEach((group, flags) -> assertEquals(
                ConfigSchema.keys().stream().filter(key -> key.group() == group).toList(),
                flags.stream().map(FlagModel::key).toList()));
    }

    @Test
    void appliesTheInputToTheSettingsInForce() {
        type(POOL, "17");

        assertEquals(17, tunables.get().postgres().poolSize());
        assertEquals("Flags page", model.changes().getFirst().title());
    }

    @Test
    void showsTheProblemOfTheInputKeepsItAndChangesNothing() {
        FlagModel pool = type(POOL, "0");

        assertEquals("Expected a whole number from 1 to 1000, found 0.", pool.problemProperty().get());
        assertEquals("0", pool.textProperty().get());
        assertEquals(10, tunables.get().postgres().poolSize());
        assertEquals(List.of(), tunables.history());
    }

    @Test
    void keepsWrongInputWhileAnotherSettingChanges() {
        FlagModel pool = type(POOL, "many");

        type("postgres.max_overflow", "5");

        assertEquals("many", pool.textProperty().get());
        assertFalse(pool.problemProperty().get().isEmpty());
    }

    @Test
    void escapeRestoresTheValueInForce() {
        FlagModel pool = type(POOL, "many");

        pool.revert();

        assertEquals("10", pool.textProperty().get());
        assertEquals("", pool.problemProperty().get());
    }

    @Test
    void showsAChangeMadeElsewhere() {
        tunables.apply("command line", current -> ConfigValues.with(current, POOL, 25));

        assertEquals("25", flag(POOL).textProperty().get());
        assertEquals(List.of("command line"), model.changes().stream().map(ChangeEntry::title).toList());
    }

    @Test
    void whatIsHalfTypedSurvivesChangesElsewhereAndSaysWhatIsInForce() {
        FlagModel pool = flag(POOL);
        pool.textProperty().set("1");

        tunables.apply("command line", current -> ConfigValues.with(current, POOL, 25));
        tunables.apply("command line", current -> ConfigValues.with(current, "postgres.max_overflow", 7));

        assertEquals("1", pool.textProperty().get());
        assertEquals("In force: 25. Enter applies, Esc restores.", pool.unappliedProperty().get());
        pool.revert();
        assertEquals("25", pool.textProperty().get());
    }

    @Test
    void theSecondOfTwoChangesAtOnceIsInForceAndShown() {
        LateTaskRunner late = new LateTaskRunner();
        model = new FlagsViewModel(tunables, new FileProfiles(folder),
                new PageTools(late, new SerialTaskRunner(late, e -> notifications.add(e.toString())),
                        notifications::add),
                Runnable::run);
        FlagModel bypass = flag("buffer.bypass_mode");
        String before = bypass.textProperty().get();
        String other = Boolean.toString(!Boolean.parseBoolean(before));

        type("buffer.bypass_mode", other);
        type("buffer.bypass_mode", before);
        late.runAll();

        assertEquals(before, ConfigValues.print(ConfigValues.get(tunables.get(), "buffer.bypass_mode")));
        assertEquals(before, bypass.textProperty().get());
        assertEquals(List.of("Flags page", "Flags page"),
                tunables.history().stream().map(change -> change.cause()).toList());
    }

    @Test
    void aRefusedSwitchShowsWhatIsInForceWithTheProblem() {
        model = new FlagsViewModel(Fakes.refusing(tunables, "The buffers are full."), new FileProfiles(folder),
                new PageTools(new DirectTaskRunner(), notifications::add), Runnable::run);
        FlagModel bypass = flag("buffer.bypass_mode");
        String before = bypass.textProperty().get();

        type("buffer.bypass_mode", Boolean.toString(!Boolean.parseBoolean(before)));

        assertEquals(before, bypass.textProperty().get());
        assertTrue(bypass.problemProperty().get().contains("The buffers are full."), bypass.problemProperty().get());
    }

    @Test
    void undoRevertsTheChangeThatTheButtonNamesAlsoWhenAnotherCameMeanwhile() {
        LateTaskRunner late = new LateTaskRunner();
        model = new FlagsViewModel(tunables, new FileProfiles(folder), new PageTools(late, notifications::add),
                Runnable::run);
        type(POOL, "17");
        late.runAll();
        Tunables.Change named = model.undoableProperty().get();
        assertEquals("Undo Pool size: 10 → 17", ChangeText.toUndo(named));

        model.undo();
        tunables.apply("somebody else", current -> ConfigValues.with(current, "postgres.max_overflow", 7));
        late.runAll();

        assertEquals(10, tunables.get().postgres().poolSize());
        assertEquals(7, tunables.get().postgres().maxOverflow());
        assertEquals("somebody else", model.undoableProperty().get().cause());
    }

    @Test
    void aChangedSettingShowsItsDefaultIsFoundByTheFilterAndReset() {
        FlagModel pool = type(POOL, "17");
        assertEquals("10", pool.otherDefaultProperty().get());

        model.onlyChangedProperty().set(true);
        assertEquals(List.of(POOL), flags().stream().filter(flag -> flag.shownProperty().get())
                .map(flag -> flag.key().path()).toList());
        pool.reset();

        assertEquals(10, tunables.get().postgres().poolSize());
        assertEquals("", pool.otherDefaultProperty().get());
        assertTrue(pool.shownProperty().get(), "no row moves under the mouse");
    }

    @Test
    void aProfileIsComparedWithAnotherOne() {
        ProfilesModel profiles = model.profiles();
        choose(profiles, "phase2");
        assertTrue(profiles.differenceProperty().get().title().startsWith("Would change "));

        profiles.againstProperty().set(profiles.list().stream().filter(one -> one.name().equals("phase1")).findFirst()
                .orElseThrow());

        ProfilesModel.Difference difference = profiles.differenceProperty().get();
        assertTrue(difference.title().matches("\\d+ settings of phase2 against phase1:"), difference.title());
        assertTrue(difference.changes().stream().anyMatch(
                change -> change.toString().equals("queries.consolidated: false → true")),
                difference.changes().toString());
        profiles.againstProperty().set(profiles.selectedProperty().get());
        assertEquals("Equal to phase2.", profiles.differenceProperty().get().title());
    }

    @Test
    void asksBeforeItReplacesOrDeletesAProfile() {
        ProfilesModel profiles = model.profiles();
        profiles.save("mine");
        type(POOL, "17");
        profiles.save("mine");
        assertEquals("There is a profile mine.", profiles.questionProperty().get().text());
        assertEquals(10, new FileProfiles(folder).load("mine").postgres().poolSize());

        profiles.confirm();
        assertEquals(17, new FileProfiles(folder).load("mine").postgres().poolSize());

        choose(profiles, "mine");
        profiles.rename("yours");
        choose(profiles, "yours");
        profiles.delete();
        profiles.cancel();
        assertTrue(Files.exists(folder.resolve("yours.yaml")));
        profiles.delete();
        profiles.confirm();
        assertFalse(Files.exists(folder.resolve("yours.yaml")));
        assertEquals("", profiles.problemProperty().get());
    }

    @Test
    void aProfileOfTheProgramIsNeitherRenamedNorDeletedNorReplacedByARename() {
        ProfilesModel profiles = model.profiles();
        profiles.save("mine");
        choose(profiles, "legacy");
        profiles.rename("other");
        assertTrue(profiles.problemProperty().get().contains("part of the program"));
        profiles.delete();
        profiles.confirm();
        assertTrue(profiles.problemProperty().get().contains("part of the program"));

        profiles.save("second");
        choose(profiles, "mine");
        profiles.rename("second");
        assertTrue(profiles.problemProperty().get().contains("already"), profiles.problemProperty().get());
    }

    private static void choose(ProfilesModel profiles, String name) {
        profiles.reload();
        profiles.selectedProperty().set(profiles.list().stream().filter(of -> of.name().equals(name))
                .findFirst().orElseThrow());
    }

    @Test
    void aDamagedProfileLeavesNoDifferenceOfTheOneBefore() throws IOException {
        Files.writeString(folder.resolve("damaged.yaml"), "postgres: [");
        ProfilesModel profiles = model.profiles();
        choose(profiles, "legacy");
        assertNotNull(profiles.differenceProperty().get());

        choose(profiles, "damaged");

        assertNull(profiles.differenceProperty().get());
        assertFalse(profiles.problemProperty().get().isEmpty());
    }

    @Test
    void aProfileThatIsDamagedAfterItWasComparedOffersNothingToApply() throws IOException {
        ProfilesModel profiles = model.profiles();
        profiles.save("mine");
        type(POOL, "17");
        choose(profiles, "mine");
        assertNotNull(profiles.differenceProperty().get());
        Files.writeString(folder.resolve("mine.yaml"), "postgres: [");

        profiles.apply();

        assertNull(profiles.differenceProperty().get());
        assertFalse(profiles.problemProperty().get().isEmpty());
        assertEquals(17, tunables.get().postgres().poolSize());
    }

    @Test
    void theProblemOfANameLeavesWhileAnotherIsTypedAndOthersStay() throws IOException {
        ProfilesModel profiles = model.profiles();
        profiles.save("no name");
        assertFalse(profiles.problemProperty().get().isEmpty());
        profiles.typing();
        assertEquals("", profiles.problemProperty().get());

        Files.writeString(folder.resolve("damaged.yaml"), "postgres: [");
        choose(profiles, "damaged");
        profiles.typing();
        assertFalse(profiles.problemProperty().get().isEmpty());
    }

    @Test
    void undoRevertsTheNewestChange() {
        type(POOL, "17");

        model.undo();

        assertEquals("10", flag(POOL).textProperty().get());
        assertEquals(List.of("Undone: postgres.pool_size: 17 → 10"), notifications);
    }

    @Test
    void showsTheKeysWithAllWordsOfTheSearch() {
        model.searchProperty().set("Round TOKENS");

        assertEquals(List.of("buffer.round_buffer.max_tokens"),
                flags().stream().filter(flag -> flag.shownProperty().get()).map(flag -> flag.key().path())
                        .filter(path -> path.endsWith("max_tokens")).toList());
        assertFalse(flag(POOL).shownProperty().get());
    }

    @Test
    void showsOneGroupAndTheNumberOfShownSettings() {
        assertEquals(flags().size() + " settings", model.countProperty().get());

        model.groupProperty().set(ConfigGroup.DURABILITY);

        assertTrue(flag("buffer.journal.max_bytes").shownProperty().get());
        assertFalse(flag(POOL).shownProperty().get());
        assertEquals("6 of " + flags().size() + " settings", model.countProperty().get());
    }

    @Test
    void showsBytesAndLongTimesInALargerUnit() {
        assertEquals("= 256 MiB, from 1 MiB to 2 GiB", flag("buffer.journal.max_bytes").hintProperty().get());
        assertEquals("= 24 h, from 1 to 2592000 s", flag("buffer.journal.max_age").hintProperty().get());
        assertEquals("0 to 600 s", flag("buffer.journal.patience").hintProperty().get());

        flag("buffer.journal.max_bytes").textProperty().set("a lot");

        assertEquals("1 MiB to 2 GiB", flag("buffer.journal.max_bytes").hintProperty().get());
    }

    @Test
    void showsTheRiskOfMemory() {
        FlagModel durability = flag("buffer.durability");
        assertEquals("", durability.riskProperty().get());

        type("buffer.durability", "memory");

        assertEquals("Unsafe: lost when the program dies.", durability.riskProperty().get());
        assertEquals("buffer.durability: journal → memory (unsafe: lost when the program dies)",
                model.changes().getFirst().first().keys().getFirst().toString());
    }

    @Test
    void showsTheDifferenceOfAProfileBeforeApplyingIt() {
        choose("legacy");

        var difference = model.profiles().differenceProperty().get();
        assertTrue(difference.changes().stream().anyMatch(change -> change.path().equals("postgres.manager")));
        assertEquals(List.of(), tunables.history());
    }

    @Test
    void appliesAProfileAsOneChange() {
        choose("legacy");

        model.profiles().apply();

        assertEquals(List.of("profile legacy"), tunables.history().stream().map(change -> change.cause()).toList());
        assertEquals(List.of(), model.profiles().differenceProperty().get().changes());
    }

    @Test
    void savesTheSettingsInForceAsAProfileThatCanBeChosen() {
        type(POOL, "17");

        model.profiles().save("mine");

        choose("mine");
        assertEquals(List.of(), model.profiles().differenceProperty().get().changes());
    }

    @Test
    void rejectsTheNameOfAShippedProfile() {
        model.profiles().save("legacy");

        assertFalse(model.profiles().problemProperty().get().isEmpty());
    }

    private void choose(String name) {
        model.profiles().reload();
        model.profiles().selectedProperty().set(model.profiles().list().stream()
                .filter(profile -> profile.name().equals(name)).findFirst().orElseThrow());
    }

    private FlagModel type(String path, String text) {
        FlagModel flag = flag(path);
        flag.textProperty().set(text);
        flag.submit();
        return flag;
    }

    private FlagModel flag(String path) {
        return flags().stream().filter(flag -> flag.key().path().equals(path)).findFirst().orElseThrow();
    }

    private List<FlagModel> flags() {
        return model.groups().values().stream().flatMap(List::stream).toList();
    }
}
