package dev.memfuse.lab.layers;

import java.util.Map;

import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.metrics.ExtractionStats.Counts;
import dev.memfuse.metrics.ExtractionStats.LayerCounts;
import org.jspecify.annotations.Nullable;

/// Builders of the layers during a measurement, and the use of a language model. A round counts once for each layer.
///
/// @param byModel rounds that the language model built
/// @param byRules rounds that rules built, without a language model
/// @param byFallback rounds that rules built in place of the language model
/// @param failed rounds that failed for good
/// @param postponed times that a round was left in the work list because of the limits per minute
/// @param calls answered calls of the language model
/// @param promptTokens tokens of their prompts
/// @param answerTokens tokens of their answers
/// @param cents cost of all calls, in cents; null when no price is configured
/// @param centsPer1000Turns cost for 1,000 turns, in cents; null without a price or a turn
/// @param reasons rounds that rules built in place of the model, by reason
public record ExtractionUse(long byModel, long byRules, long byFallback, long failed, long postponed, long calls,
        long promptTokens, long answerTokens, @Nullable Double cents, @Nullable Double centsPer1000Turns,
        Map<String, Long> reasons) {

    /// Returns the use by counts.
    ///
    /// @param llm prices of the language model; both 0 when they are not known
    static ExtractionUse of(Counts counts, LlmConfig llm) {
        LayerCounts total = counts.total();
        boolean priced = llm.promptPrice() > 0 || llm.answerPrice() > 0;
        double per1000 = counts.centsPer1000Turns(llm.promptPrice(), llm.answerPrice());
        return new ExtractionUse(total.byModel(), total.byRules(), total.byFallback(), total.failed(),
                counts.postponed(), counts.calls(), counts.promptTokens(), counts.answerTokens(),
                priced ? (Double) counts.cents(llm.promptPrice(), llm.answerPrice()) : null,
                priced && !Double.isNaN(per1000) ? (Double) per1000 : null, counts.reasons());
    }
}
