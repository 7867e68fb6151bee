package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

import org.junit.jupiter.api.Test;

class PassingProblemTest {
    private final PassingProblem problem = new PassingProblem();
    private final BooleanProperty running = new SimpleBooleanProperty(true);

    @Test
    void aSentenceIsWithdrawnWhenItsReasonIsGone() {
        problem.set("A load is running.", running::get);
        problem.check();
        assertEquals("A load is running.", problem.get());

        running.set(false);
        problem.check();

        assertEquals("", problem.property().get());
    }

    @Test
    void aSentenceWithoutAReasonStaysAndForgetsTheReasonOfTheOneBefore() {
        problem.set("A load is running.", running::get);
        problem.set("The disk is full.");
        running.set(false);
        problem.check();

        assertEquals("The disk is full.", problem.get());
        problem.withdraw("another one");
        assertEquals("The disk is full.", problem.get());
        problem.withdraw("The disk is full.");
        assertEquals("", problem.get());
    }
}
