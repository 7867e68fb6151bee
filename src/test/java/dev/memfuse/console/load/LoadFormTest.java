package dev.memfuse.console.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.memfuse.load.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadFormTest {
    private final LoadForm form = new LoadForm();

    @Test
    void theDefaultsAreThoseOfTheCommandLine() {
        assertEquals(
                Optional.of(new Workload(20, new Workload.Arrival.Closed(8), Duration.ofSeconds(20),
                        Duration.ofSeconds(5), new Workload.Mix(60, 30, 10), 10, 5, 42, Optional.empty())),
                form.workload());
    }

    @Test
    void anOpenLoadTakesItsRateAndBound() {
        form.openProperty().set(true);
        form.text(LoadField.RATE).set(" 12.5 ");
        form.text(LoadField.IN_FLIGHT).set("64");

        assertEquals(new Workload.Arrival.Open(12.5, 64), form.workload().orElseThrow().arrival());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           USERS,    0,     'Enter a whole number from 1 to 10,000.'
                           USERS,    2.5,   'Enter a whole number from 1 to 10,000.'
                           DURATION, '',    'Enter a whole number from 1 to 86,400.'
                           BATCH,    many,  'Enter a whole number from 1 to 1,000.'
                           ADD,      -1,    'Enter a number from 0 to 1,000.'
                           SEED,     x,     Enter a whole number.
                           """)
    void showsTheProblemOfAField(LoadField field, String typed, String sentence) {
        form.text(field).set(typed);

        assertEquals(sentence, form.problem(field).get());
        assertFalse(form.validProperty().get());
        assertEquals(Optional.empty(), form.workload());
    }

    @Test
    void aFieldOfTheOtherArrivalIsIgnored() {
        form.text(LoadField.RATE).set("fast");
        assertTrue(form.validProperty().get());

        form.openProperty().set(true);

        assertEquals("Enter a number from 0.1 to 100,000.", form.problem(LoadField.RATE).get());
    }

    @Test
    void aMixWithoutSharesIsRefused() {
        form.text(LoadField.ADD).set("0");
        form.text(LoadField.QUERY).set("0");
        form.text(LoadField.LIST).set("0");

        assertEquals("Enter a share above 0 for at least one operation.", form.problem(LoadField.ADD).get());
    }

    @Test
    void aDatasetMustExist(@TempDir Path folder) {
        form.fromDatasetProperty().set(true);
        assertEquals("Choose a file with conversations or a folder of them.", form.datasetProblemProperty().get());

        form.datasetProperty().set(folder.resolve("none.json").toString());
        assertEquals("The file or folder does not exist. Choose another one.", form.datasetProblemProperty().get());

        form.datasetProperty().set(folder.toString());
        assertEquals(Optional.of(folder), form.workload().orElseThrow().dataset());
    }
}
