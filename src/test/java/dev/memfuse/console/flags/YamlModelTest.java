package dev.memfuse.console.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.profile.ConfigProfiles.Profile;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.PageTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlModelTest {
    private static final String POOL = "postgres.pool_size";

    @TempDir
    private Path folder;
    private final LiveTunables tunables = Fakes.tunables();
    private final List<String> told = new ArrayList<>();
    private final ObjectProperty<@Nullable Profile> chosen = new SimpleObjectProperty<>();
    private YamlModel model = new YamlModel(tunables, new FileProfiles(Path.of("")), chosen,
            new PageTools(new DirectTaskRunner(), told::add));

    @BeforeEach
    void open() {
        model = new YamlModel(tunables, new FileProfiles(folder), chosen,
                new PageTools(new DirectTaskRunner(), told::add));
        model.show();
    }

    private void replace(String before, String after) {
        String text = model.textProperty().get();
        assertTrue(text.contains(before), before);
        model.textProperty().set(text.replace(before, after));
    }

    private static List<String> texts(List<ConfigChange> changes) {
        return changes.stream().map(ConfigChange::toString).toList();
    }

    @Test
    void beginsWithTheSettingsInForceAndNothingToApply() {
        assertTrue(model.textProperty().get().contains("  pool_size: 10\n"), model.textProperty().get());
        assertEquals(YamlModel.Checked.UNCHANGED, model.checkedProperty().get());
        assertFalse(model.appliableProperty().get());
        assertFalse(model.editedProperty().get());
    }

    @Test
    void whatIsTypedIsShownAsChangesAndApplied() {
        replace("pool_size: 10", "pool_size: 17");
        assertEquals(List.of("postgres.pool_size: 10 → 17"), texts(model.checkedProperty().get().changes()));
        assertEquals(10, tunables.get().postgres().poolSize(), "nothing is applied while it is typed");

        model.apply();

        assertEquals(17, tunables.get().postgres().poolSize());
        assertEquals(List.of("1 setting changed."), told);
        assertEquals("Flags page, YAML", tunables.history().getLast().cause());
        assertFalse(model.editedProperty().get());
    }

    @Test
    void aProblemNamesItsPlaceAndWhatIsExpectedAndBlocksApply() {
        replace("pool_size: 10", "pool_size: many");

        YamlModel.Problem problem = model.checkedProperty().get().problems().getFirst();
        String line = model.textProperty().get().split("\n")[problem.line() - 1];
        assertEquals("  pool_size: many", line);
        assertEquals("Line " + problem.line() + ", column 14: postgres.pool_size: "
                + "expected a whole number from 1 to 1000, found the text \"many\"", problem.text());
        assertFalse(model.appliableProperty().get());
        model.apply();
        assertEquals(List.of(), tunables.history());
    }

    @Test
    void anUnknownKeyIsAProblemWithTheNearestOne() {
        replace("pool_size: 10", "pool_siez: 10");

        assertTrue(model.checkedProperty().get().problems().getFirst().text().contains("did you mean"),
                model.checkedProperty().get().problems().toString());
    }

    @Test
    void whatIsFixedUntilARestartIsToldAndNotApplied() {
        replace("url: \"\"", "url: jdbc:postgresql://localhost/other");
        replace("pool_size: 10", "pool_size: 17");

        assertEquals(List.of("postgres.url"),
                model.checkedProperty().get().atStart().stream().map(ConfigChange::path).toList());
        model.apply();

        assertEquals(17, tunables.get().postgres().poolSize());
        assertEquals("", tunables.get().postgres().url());
    }

    @Test
    void showsTheDifferenceFromTheChosenProfile() {
        replace("pool_size: 10", "pool_size: 17");
        chosen.set(new Profile("legacy", "", true));

        YamlModel.Checked checked = model.checkedProperty().get();
        assertEquals("legacy", checked.profile());
        assertTrue(texts(checked.fromProfile()).contains("postgres.pool_size: 20 → 17"),
                checked.fromProfile().toString());
    }

    @Test
    void changesOfOthersStayWhenTextOfAPersonIsApplied() {
        replace("pool_size: 10", "pool_size: 17");
        tunables.apply("somebody else", now -> ConfigValues.with(now, "postgres.max_overflow", 7));
        model.changedElsewhere();
        assertTrue(model.noteProperty().get().startsWith("Settings were changed elsewhere"));
        assertTrue(model.textProperty().get().contains("pool_size: 17"), "typed text stays");

        model.apply();

        assertEquals(17, tunables.get().postgres().poolSize());
        assertEquals(7, tunables.get().postgres().maxOverflow());
    }

    @Test
    void untouchedTextFollowsTheSettingsInForceAndRestoreDiscardsWhatWasTyped() {
        tunables.apply("somebody else", now -> ConfigValues.with(now, POOL, 23));
        model.changedElsewhere();
        assertTrue(model.textProperty().get().contains("pool_size: 23"));

        replace("pool_size: 23", "pool_size: 5");
        model.restore();
        assertTrue(model.textProperty().get().contains("pool_size: 23"));
        assertFalse(model.editedProperty().get());
    }

    @Test
    void typedTextSurvivesLeavingTheView() {
        replace("pool_size: 10", "pool_size: 17");
        model.hide();
        model.show();

        assertTrue(model.textProperty().get().contains("pool_size: 17"));
    }

    @Test
    void theNewestTextCountsAndOneCheckRunsAtATime() {
        LateTaskRunner late = new LateTaskRunner();
        model = new YamlModel(tunables, new FileProfiles(folder), chosen, new PageTools(late, told::add));
        model.show();
        late.runAll();
        replace("pool_size: 10", "pool_size: 0");
        replace("pool_size: 0", "pool_size: 12");
        assertEquals(1, late.waiting());
        assertFalse(model.appliableProperty().get(), "not before it is checked");
        late.runAll();

        assertEquals(List.of(), model.checkedProperty().get().problems());
        assertEquals(List.of("postgres.pool_size: 10 → 12"), texts(model.checkedProperty().get().changes()));
    }

    @Test
    void aChangeThatTheEngineRefusesIsASentence() {
        model = new YamlModel(Fakes.refusing(tunables, "The buffers are full."), new FileProfiles(folder), chosen,
                new PageTools(new DirectTaskRunner(), told::add));
        model.show();
        replace("pool_size: 10", "pool_size: 17");
        model.apply();

        assertTrue(model.checkedProperty().get().problems().getFirst().text().contains("The buffers are full."));
    }
}
