package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import javafx.scene.layout.Region;

import org.junit.jupiter.api.Test;

class SideBySideTest {
    private final Region low = region(40);
    private final Region high = region(100);
    private final SideBySide row = new SideBySide();

    SideBySideTest() {
        row.setLeastWidth(300);
        row.getChildren().setAll(low, high);
    }

    @Test
    void childrenLieBesideOneAnotherWhereEachGetsItsLeastWidth() {
        assertEquals(100, row.prefHeight(616));
        layout(616);

        assertEquals(List.of("0 0 300 100", "316 0 300 100"), List.of(place(low), place(high)));
    }

    @Test
    void inLessWidthTheyLieBelowOneAnother() {
        assertEquals(156, row.prefHeight(615));
        layout(615);

        assertEquals(List.of("0 0 615 40", "0 56 615 100"), List.of(place(low), place(high)));
    }

    @Test
    void anUnmanagedChildTakesNoRoom() {
        low.setManaged(false);
        assertEquals(100, row.prefHeight(616));
        layout(616);

        assertEquals("0 0 616 100", place(high));
    }

    private void layout(double width) {
        row.resize(width, row.prefHeight(width));
        row.layout();
    }

    private static Region region(double height) {
        Region region = new Region();
        region.setPrefSize(200, height);
        return region;
    }

    private static String place(Region region) {
        return Math.round(region.getLayoutX()) + " " + Math.round(region.getLayoutY()) + " "
                + Math.round(region.getWidth()) + " " + Math.round(region.getHeight());
    }
}
