package dev.memfuse.console.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javafx.event.ActionEvent;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;

import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Saturation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The running load: its slider, and the warning about its generator.
@Tag("fx")
class LoadRunningViewTest {
    private final Fakes.Loads loads = new Fakes.Loads();
    private final List<String> messages = new ArrayList<>();
    private PageStage stage;

    @BeforeEach
    void run() {
        var tunables = Fakes.tunables();
        stage = PageStage.open(() -> new LoadPage(loads, new ScenarioRunner(loads, tunables, Optional::empty),
                new Fakes.Host(), tunables, new PageTools(new DirectTaskRunner(), messages::add)));
        OnFx.run(() -> loads.start(new LoadForm(new DirectTaskRunner()).workload().orElseThrow()));
        PageStage.await(() -> slider().getParent().getParent().isVisible() && slider().getValue() == 100);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Slider slider() {
        return (Slider) stage.node("load");
    }

    @Test
    void oneDragIsOneChange() {
        OnFx.run(() -> {
            slider().setValueChanging(true);
            for (int value = 100; value <= 300; value++) {
                slider().setValue(value);
            }
            assertEquals(List.of(), loads.last().requests);
            assertEquals("300", ((TextField) stage.node("typedLoad")).getText());
            slider().setValueChanging(false);
        });

        assertEquals(List.of("change 300.0"), loads.last().requests);
    }

    @Test
    void severalKeyPressesAreOneChange() {
        OnFx.run(() -> {
            for (int step = 0; step < 7; step++) {
                slider().increment();
            }
        });

        PageStage.await(() -> !loads.last().requests.isEmpty());
        assertEquals(List.of("change 170.0"), loads.last().requests);
    }

    @Test
    void aTypedLoadIsOneChangeToo() {
        OnFx.run(() -> {
            TextField field = (TextField) stage.node("typedLoad");
            field.setText("4321");
            field.fireEvent(new ActionEvent());
        });

        assertEquals(List.of("change 4321.0"), loads.last().requests);
        assertEquals(4_321, OnFx.get(() -> slider().getValue()));
    }

    @Test
    void aSaturatedGeneratorIsAWarningWhileTheLoadRuns() {
        loads.last().interim = Optional.of(new LoadRun.Interim(3, Map.of(), List.of(),
                List.of(new Saturation("processors busy to 98 %", "Latencies contain waits for a processor."))));

        PageStage.await(() -> stage.node("saturation").isVisible());
        assertEquals(
                List.of("The load generator is saturated: processors busy to 98 %. So far: Latencies contain waits "
                        + "for a processor."),
                OnFx.get(() -> OnFx.all(stage.node("saturation")).filter(Label.class::isInstance)
                        .map(label -> ((Label) label).getText()).toList()));

        loads.last().interim = Optional.of(new LoadRun.Interim(4, Map.of(), List.of(), List.of()));
        PageStage.await(() -> !stage.node("saturation").isVisible());
    }

    @Test
    void whileAnExperimentHoldsTheLoadsThePageSaysSo() {
        loads.last().end(Fakes.result(1));
        loads.holder = "comparison";

        PageStage.await(() -> stage.node("reserved").isVisible());
        assertEquals("The loads belong to a running comparison, whose page shows them. Wait for its end, or cancel it "
                + "there.", OnFx.get(() -> stage.text("reserved")));
    }
}
