package dev.memfuse.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The order of the arms within each pair: random, and balanced over every two pairs (ABBA or BAAB), so that a linear
/// drift of the machine affects both arms equally.
final class BlockOrder {
    private BlockOrder() {}

    /// Returns for each pair whether arm A comes first.
    static List<Boolean> firstIsA(int pairs, long seed) {
        Random random = new Random(seed);
        List<Boolean> order = new ArrayList<>();
        while (order.size() < pairs) {
            boolean first = random.nextBoolean();
            order.add(first);
            order.add(!first);
        }
        return List.copyOf(order.subList(0, pairs));
    }
}
