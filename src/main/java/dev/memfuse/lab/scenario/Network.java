package dev.memfuse.lab.scenario;

import java.util.Locale;

/// The network between the program and the database, by the time of a round trip.
public enum Network {
    /// As it is: nothing is added.
    LOCAL,
    /// The database stands in the same zone of a data centre: 0.5 ms.
    SAME_ZONE,
    /// The database stands in another zone: 2 ms.
    OTHER_ZONE,
    /// The database stands in another region: 30 ms.
    OTHER_REGION;

    /// Returns the name in files and options: lower case with hyphens.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
