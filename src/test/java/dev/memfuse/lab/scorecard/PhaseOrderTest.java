package dev.memfuse.lab.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class PhaseOrderTest {

    @Test
    void eachPhaseHasEachPlaceAndFollowsEachOtherPhaseOnceInFourRounds() {
        Set<String> places = new HashSet<>();
        Set<String> successions = new HashSet<>();
        for (int round = 1; round <= 4; round++) {
            List<Phase> order = PhaseOrder.of(round);
            for (int i = 0; i < order.size(); i++) {
                places.add(order.get(i) + " at " + i);
                if (i > 0) {
                    successions.add(order.get(i - 1) + " before " + order.get(i));
                }
            }
        }

        assertEquals(16, places.size());
        assertEquals(12, successions.size());
        assertEquals(PhaseOrder.of(1), PhaseOrder.of(5));
    }
}
