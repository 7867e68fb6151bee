package dev.memfuse.console.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.console.FakePlans;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.LateTaskRunner;
import dev.memfuse.console.fx.PageTools;
import org.junit.jupiter.api.Test;

class PlansModelTest {
    private final FakePlans plans = new FakePlans();
    private final List<String> told = new ArrayList<>();
    private final PlansModel model = new PlansModel(plans, new PageTools(new DirectTaskRunner(), told::add));

    @Test
    void nothingIsExplainedBeforeADatabaseIsInUse() {
        model.explain();
        assertFalse(model.canExplain());

        model.ready(true);
        model.explain();

        assertEquals(List.of("page-messages first"), plans.explained);
    }

    @Test
    void showsTheStatementsTheTreeOfTheFirstAndTheSlowestStep() {
        model.ready(true);
        model.userProperty().set(" alice ");
        model.explain();

        assertEquals(List.of("page-messages alice"), plans.explained);
        assertEquals("User alice: 2 statements, sent 51 times. A statement that is sent once for each row (N+1) is "
                + "marked.", model.summaryProperty().get());
        assertEquals(List.of("Limit", "   └ Index Scan using messages_session on messages",
                "   └ Seq Scan on sessions"), model.rows().stream().map(PlansModel.Row::step).toList());
        assertTrue(model.timesProperty().get().endsWith(
                " Slowest step: Index Scan using messages_session on messages, 1.84 ms."), model.timesProperty().get());
        model.statementProperty().set(model.statements().getLast());
        assertTrue(model.timesProperty().get().contains("sent 50 times (N+1)"), model.timesProperty().get());
        assertTrue(model.text().contains("<- slowest") && model.text().contains("(never executed)"), model.text());
    }

    @Test
    void aCallThatWritesSaysSoBeforeItRuns() {
        assertEquals("Reads only.", model.effectProperty().get());
        model.callProperty().set(model.calls().getLast());

        assertTrue(model.effectProperty().get().startsWith("Writes, inside a transaction that is rolled back"));
        assertEquals(List.of(), plans.explained);
    }

    @Test
    void aFailureIsASentenceAndTheNextTryWorks() {
        model.ready(true);
        plans.problem = "There is no user bob.";
        model.explain();
        assertEquals("There is no user bob.", model.problemProperty().get());
        assertTrue(model.canExplain());

        plans.problem = "";
        model.explain();
        assertEquals("", model.problemProperty().get());
        assertFalse(model.rows().isEmpty());
    }

    @Test
    void oneCallIsExplainedAtATime() {
        LateTaskRunner late = new LateTaskRunner();
        PlansModel slow = new PlansModel(plans, new PageTools(late, told::add));
        slow.ready(true);
        slow.explain();
        slow.explain();

        assertEquals(1, late.waiting());
        assertTrue(slow.explainingProperty().get());
    }

    @Test
    void plansOfADatabaseThatIsGoneAreGone() {
        model.ready(true);
        model.explain();
        model.ready(false);

        assertEquals(List.of(), model.statements());
        assertEquals(List.of(), model.rows());
        assertEquals("", model.summaryProperty().get());
    }
}
