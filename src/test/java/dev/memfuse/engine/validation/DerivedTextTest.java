package dev.memfuse.engine.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memfuse.engine.exception.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.quicktheories.WithQuickTheories;

class DerivedTextTest implements WithQuickTheories {

    @Test
    void everyTextBecomesStorableAndAStorableOneStaysAsItIs() {
        qt().forAll(AnyValue.text()).checkAssert(text -> {
            String storable = TextCheck.storable("text", DerivedText.storable(text));
            assertEquals(text.length(), storable.length());
            if (isStorable(text)) {
                assertEquals(text, storable);
            }
        });
    }

    @Test
    void aPrefixOfAStorableTextIsStorable() {
        qt().forAll(AnyValue.text().map(DerivedText::storable), integers().between(0, 20))
                .checkAssert((text, length) -> {
                    String prefix = TextCheck.storable("prefix", DerivedText.prefix(text, length));
                    assertTrue(text.startsWith(prefix));
                    assertTrue(prefix.length() >= Math.min(text.length(), length) - 1 && prefix.length() <= length);
                });
    }

    private static boolean isStorable(String text) {
        try {
            TextCheck.storable("text", text);
            return true;
        } catch (InvalidValueException e) {
            return false;
        }
    }
}
