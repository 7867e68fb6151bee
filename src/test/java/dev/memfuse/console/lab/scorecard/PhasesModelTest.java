package dev.memfuse.console.lab.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.lab.scorecard.Phase;
import dev.memfuse.lab.scorecard.PhaseSwitch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhasesModelTest {
    @TempDir
    private Path folder;
    private final Tunables tunables = Fakes.tunables();
    private final List<List<String>> compared = new ArrayList<>();
    private boolean experimenting;
    private PhasesModel model;

    @BeforeEach
    void open() {
        model = model(tunables);
        model.refresh();
    }

    private PhasesModel model(Tunables settings) {
        return new PhasesModel(new PhaseSwitch(settings, new FileProfiles(folder)), () -> experimenting,
                new DirectTaskRunner(), Runnable::run, (a, b) -> compared.addAll(List.of(a, b)));
    }

    private String text() {
        return PhasesModel.text(model.inForceProperty().get());
    }

    @Test
    void anAppliedPhaseIsInForceWithThoseBeforeIt() {
        model.apply(Phase.PHASE2);

        assertEquals("Phase 2 is in force.", text());
        assertTrue(model.includes(Phase.PHASE1));
        assertTrue(model.includes(Phase.PHASE2));
        assertFalse(model.includes(Phase.PHASE3));
        assertEquals("phase 2 applied", tunables.history().getLast().cause());
    }

    @Test
    void aPhaseThatIsRolledBackLeavesTheOneBefore() {
        model.apply(Phase.PHASE3);

        model.rollBack(Phase.PHASE3);

        assertEquals("Phase 2 is in force.", text());
        assertTrue(PhasesModel.text(model.lastProperty().get()).matches("Phase 3 rolled back: \\d settings changed\\."),
                PhasesModel.text(model.lastProperty().get()));
    }

    @Test
    void theComparisonHasTheSettingsBeforeAndAfterTheChange() {
        model.compare();
        assertEquals(List.of(), compared);
        model.apply(Phase.PHASE2);
        model.apply(Phase.PHASE3);

        model.compare();

        assertTrue(compared.getFirst().contains("layers.m1.enabled=true"), compared.toString());
        assertTrue(compared.getLast().contains("layers.m1.enabled=false"), compared.toString());
    }

    @Test
    void aSettingByAnotherHandIsSeenAtOnce() {
        model.apply(Phase.PHASE2);

        tunables.apply("Flags page", now -> ConfigValues.with(now, "postgres.pool_size", 17));

        assertEquals("Nearest to phase 2: 1 setting has another value.", text());
    }

    @Test
    void duringAnExperimentThePhaseStaysAsItWasBefore() {
        model.apply(Phase.PHASE2);
        experimenting = true;
        model.tick();
        assertTrue(model.busyProperty().get());

        tunables.apply("scorecard, legacy", now -> ConfigValues.with(now, "postgres.pool_size", 17));
        assertEquals("Phase 2 is in force.", text());

        experimenting = false;
        model.tick();
        assertEquals("Nearest to phase 2: 1 setting has another value.", text());
    }

    @Test
    void aRefusedChangeSaysWhyUntilTheNextOne() {
        PhasesModel refusing = model(Fakes.refusing(tunables, "The pool cannot grow."));

        refusing.apply(Phase.PHASE1);

        assertEquals("The pool cannot grow.", refusing.problemProperty().get());
        assertNull(refusing.lastProperty().get());
        refusing.refresh();
        assertNotNull(refusing.inForceProperty().get());
    }
}
