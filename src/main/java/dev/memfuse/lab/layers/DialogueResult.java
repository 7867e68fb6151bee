package dev.memfuse.lab.layers;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Episode;
import dev.memfuse.load.labelled.LabelledDialogue;

/// What the engine made of a dialogue, for a reader.
///
/// @param episodes newest first
public record DialogueResult(LabelledDialogue dialogue, List<FactLine> facts, List<EpisodeLine> episodes) {

    /// A fact.
    ///
    /// @param turns numbers of its source turns
    /// @param supersededBy text of the fact that replaced it
    /// @param conflictsWith texts of facts that contradict it, when nothing says which of them holds
    public record FactLine(List<Integer> turns, String content, String type, double confidence,
            Optional<Claim> claim, List<String> entities, Optional<Instant> happenedAt, Optional<Instant> validTo,
            Optional<String> supersededBy, List<String> conflictsWith) {}

    /// An episode.
    public record EpisodeLine(String title, String summary) {}

    static DialogueResult of(LabelledDialogue dialogue, List<MadeFact> made, List<Episode> episodes) {
        Map<UUID, MadeFact> byId = made.stream().collect(Collectors.toMap(MadeFact::id, Function.identity()));
        return new DialogueResult(dialogue, made.stream().map(fact -> new FactLine(fact.turns(),
                fact.fact().content(), fact.fact().type(), fact.fact().confidence(), fact.fact().claim(),
                fact.fact().entities(), fact.fact().time().happenedAt(), fact.fact().time().validTo(),
                fact.supersededBy().map(byId::get).map(by -> by.fact().content()),
                fact.fact().conflictsWith().stream().map(byId::get).filter(Objects::nonNull)
                        .map(other -> other.fact().content()).toList()))
                .toList(),
                episodes.stream().map(episode -> new EpisodeLine(episode.title(), episode.summary())).toList());
    }
}
