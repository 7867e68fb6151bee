package dev.memfuse.lab.layers;

/// Quality of episodes.
///
/// @param episodes number of episodes
/// @param titlesWithGreeting titles that hold a greeting, a thanks or a goodbye
/// @param coverage mean share of the content words of a round that its summary holds, 0..1
public record EpisodeScores(long episodes, Share titlesWithGreeting, double coverage) {}
