/// Scenarios: a load with thresholds, changes, faults, network and profiles, as a YAML file and as a run.
@NullMarked
package dev.memfuse.lab.scenario;

import org.jspecify.annotations.NullMarked;
