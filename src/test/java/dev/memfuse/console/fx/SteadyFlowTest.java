package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javafx.scene.layout.Region;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class SteadyFlowTest {
    private final SteadyFlow flow = new SteadyFlow();
    private final Region figure = new Region();

    @BeforeEach
    void fill() {
        flow.setUsualWidth(300);
        flow.setLineHeight(20);
        flow.setVgap(2);
        Region other = new Region();
        other.setMinSize(100, 20);
        flow.getChildren().addAll(other, figure);
        wide(100);
    }

    private void wide(double width) {
        figure.setMinSize(width, 20);
        figure.setPrefSize(width, 20);
        flow.requestLayout();
    }

    @Test
    void hasTheLinesThatItsUsualWidthNeedsBeforeTheFiguresCome() {
        assertEquals(20, flow.prefHeight(400));
        assertEquals(42, flow.prefHeight(200));
        assertEquals(64, flow.prefHeight(120));
    }

    @Test
    void keepsALineThatALongFigureOnceNeeded() {
        assertEquals(20, flow.prefHeight(400));
        wide(350);
        assertEquals(42, flow.prefHeight(400));
        wide(100);
        assertEquals(42, flow.prefHeight(400));
    }

    @Test
    void forgetsItAtAnotherWidth() {
        wide(350);
        assertEquals(42, flow.prefHeight(400));
        wide(100);
        assertEquals(20, flow.prefHeight(500));
        assertEquals(20, flow.prefHeight(400));
    }
}
