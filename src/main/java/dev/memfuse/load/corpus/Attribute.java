package dev.memfuse.load.corpus;

import java.util.List;
import java.util.Locale;

/// An attribute of a person, with templates of statements and questions about it. In the templates `%1$s` is the person
/// and `%2$s` the value or, in [#pairQuestion], the other person.
///
/// @param statements two templates that state the value
/// @param update template that states a changed value
/// @param questions two templates that ask for the value; they share few words with the statements
/// @param pairQuestion template that asks for the values of two persons
/// @param values possible values
record Attribute(List<String> statements, String update, List<String> questions, String pairQuestion,
        List<String> values) {

    static final List<Attribute> ALL = List.of(
            new Attribute(List.of("%1$s has a flat in %2$s, right behind the station.",
                    "I sent a parcel to %1$s; the address is in %2$s."),
                    "%1$s moved to %2$s last week, boxes everywhere.",
                    List.of("Where does %1$s live now?", "In which town is %1$s at home?"),
                    "Where do %1$s and %2$s live?",
                    List.of("Lisbon", "Tampere", "Graz", "Leeds", "Porto", "Aarhus", "Ghent", "Turin", "Cork", "Brno")),
            new Attribute(List.of("%1$s works as a %2$s and starts before sunrise.",
                    "At the office party %1$s told stories from the life of a %2$s."),
                    "%1$s changed jobs and is a %2$s now.",
                    List.of("What does %1$s do for a living?", "What is the profession of %1$s?"),
                    "What are the professions of %1$s and %2$s?",
                    List.of("baker", "surveyor", "nurse", "train driver", "librarian", "welder", "translator", "vet")),
            new Attribute(List.of("%1$s adopted a cat and called it %2$s.",
                    "The cat of %1$s, %2$s, slept on my coat all evening."),
                    "The cat of %1$s ran away; the new one is called %2$s.",
                    List.of("What is the name of the pet of %1$s?", "How does %1$s call the cat?"),
                    "What are the cats of %1$s and %2$s called?",
                    List.of("Biscuit", "Marble", "Pepper", "Comet", "Nutmeg", "Clover", "Ziggy", "Pickle")),
            new Attribute(List.of("%1$s practises the %2$s every evening.",
                    "There was music next door: %1$s on the %2$s."),
                    "%1$s gave up and took lessons on the %2$s instead.",
                    List.of("Which instrument does %1$s play?", "What kind of music does %1$s make?"),
                    "Which instruments do %1$s and %2$s play?",
                    List.of("cello", "accordion", "trumpet", "banjo", "clarinet", "viola", "oboe", "harp")),
            new Attribute(List.of("%1$s gets a rash from %2$s, so I read every label.",
                    "The doctor told %1$s to stay away from %2$s."),
                    "The new test of %1$s showed that it is %2$s after all.",
                    List.of("What is %1$s allergic to?", "Which food must %1$s avoid?"),
                    "What are %1$s and %2$s allergic to?",
                    List.of("walnuts", "shellfish", "celery", "sesame", "lupin", "mustard", "kiwi", "soy")),
            new Attribute(List.of("%1$s drives a %2$s car with a dent in the door.",
                    "I waved at %1$s in the %2$s car."),
                    "%1$s sold the old one and came in a %2$s car.",
                    List.of("Which colour is the car of %1$s?", "What does the vehicle of %1$s look like?"),
                    "Which colours are the cars of %1$s and %2$s?",
                    List.of("yellow", "dark green", "orange", "silver", "turquoise", "red", "brown", "white")),
            new Attribute(List.of("%1$s could eat %2$s every day.", "For the birthday of %1$s we cooked %2$s."),
                    "%1$s has had enough of it and asks for %2$s now.",
                    List.of("What is the favourite dish of %1$s?", "What does %1$s like to eat best?"),
                    "What are the favourite dishes of %1$s and %2$s?",
                    List.of("barley soup", "plum dumplings", "fish pie", "lentil stew", "stuffed peppers", "risotto")),
            new Attribute(List.of("%1$s booked a week in %2$s for the summer.",
                    "%1$s showed us pictures of the hotel in %2$s that is reserved for July."),
                    "The flight was cancelled, so %1$s goes to %2$s.",
                    List.of("Where does %1$s spend the holidays?", "What is the travel destination of %1$s?"),
                    "Where do %1$s and %2$s spend the holidays?",
                    List.of("Madeira", "Iceland", "Slovenia", "the Azores", "Crete", "Brittany", "Gotland", "Malta")));

    /// Returns a statement of the value.
    ///
    /// @param variant chooses the template, 0 or more
    String statement(String person, String value, int variant) {
        return String.format(Locale.ROOT, statements.get(variant % statements.size()), person, value);
    }

    /// Returns a question for the value.
    ///
    /// @param variant chooses the template, 0 or more
    String question(String person, int variant) {
        return String.format(Locale.ROOT, questions.get(variant % questions.size()), person);
    }
}
