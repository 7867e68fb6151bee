package dev.memfuse.load.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import dev.memfuse.load.corpus.GeneratedCorpus.Exchange;

/// A fact that a persona states once, with a question that asks for it later.
///
/// @param exchange the statement and its answer
/// @param question a question for the fact
record PersonaFact(Exchange exchange, String question) {

    private static final List<Template> TEMPLATES = List.of(
            new Template("I moved to %s last spring and I still get lost on the way to the market.",
                    "A new town takes a while. I will remember that you live in %s now.",
                    "Which town did I move to?",
                    List.of("Lisbon", "Tampere", "Graz", "Leeds", "Porto", "Aarhus", "Ghent", "Turin")),
            new Template("Since March I work as a %s, and the mornings start far too early.",
                    "Working as a %s sounds demanding. How do you like the people there?", "What do I do for a living?",
                    List.of("baker", "surveyor", "nurse", "train driver", "librarian", "welder", "translator")),
            new Template("We adopted a cat and the children named it %s.",
                    "%s is a lovely name for a cat. Does it sleep through the night?", "What is my cat called?",
                    List.of("Biscuit", "Marble", "Pepper", "Comet", "Nutmeg", "Clover", "Ziggy")),
            new Template("My sister %s will visit us for the long weekend.",
                    "That will be fun. Shall I note down things to do with %s?", "What is the name of my sister?",
                    List.of("Irene", "Paula", "Noor", "Hanna", "Miriam", "Tessa", "Olga")),
            new Template("The doctor says I am allergic to %s, so no more of that for me.",
                    "Good to know. I will leave %s out of every recipe I suggest.", "What am I allergic to?",
                    List.of("walnuts", "shellfish", "celery", "sesame", "lupin", "mustard")),
            new Template("I have started to learn the %s; my neighbours are patient so far.",
                    "The %s takes practice. Ten minutes a day go a long way.", "Which instrument am I learning?",
                    List.of("cello", "accordion", "trumpet", "banjo", "clarinet", "viola")),
            new Template("On Thursdays I meet three friends for %s, rain or shine.",
                    "A fixed evening for %s keeps friends together.", "What do I do on Thursdays?",
                    List.of("climbing", "chess", "pottery", "badminton", "choir practice", "fencing")),
            new Template("For our anniversary we booked a week in %s.",
                    "A week in %s! I can look up what is open in that season.", "Where do we go for our anniversary?",
                    List.of("Madeira", "Iceland", "Slovenia", "the Azores", "Crete", "Brittany")),
            new Template("My old bicycle was stolen, so I bought a %s one this time.",
                    "I am sorry about the old one. A %s bicycle is easy to spot at least.",
                    "What colour is my new bicycle?",
                    List.of("yellow", "dark green", "orange", "silver", "turquoise", "red")),
            new Template("The exam for my licence is on the %s of next month and I have not read half of it.",
                    "Then let us plan backwards from the %s, a chapter each evening.", "On which day is my exam?",
                    List.of("3rd", "9th", "14th", "19th", "22nd", "27th")),
            new Template("I am reading a thick book about %s and cannot put it down.",
                    "Tell me more once you are through; %s is a wide field.",
                    "What is the book about that I am reading?",
                    List.of("lighthouses", "the history of salt", "glaciers", "medieval bridges", "bees", "maps")),
            new Template("My favourite dish from childhood is %s, the way my grandmother made it.",
                    "I can look for a recipe for %s that comes close.", "What is my favourite dish from childhood?",
                    List.of("barley soup", "plum dumplings", "fish pie", "lentil stew", "stuffed peppers")),
            new Template("The garage wants %s euros for the brakes; that was more than I had put aside.",
                    "%s euros is on the high side. A second offer would not hurt.", "What do the new brakes cost?",
                    List.of("480", "615", "720", "390", "555", "845")),
            new Template("My son wants to be a %s now; last month it was something else.",
                    "A %s, why not. Let him meet one and ask questions.", "What does my son want to be?",
                    List.of("diver", "beekeeper", "pilot", "geologist", "firefighter", "cartoonist")),
            new Template("We painted the kitchen %s, and the light in there has changed completely.",
                    "A %s kitchen sounds warm. Did you do the ceiling as well?", "Which colour is our kitchen?",
                    List.of("mint", "ochre", "light blue", "apricot", "white", "sage")),
            new Template("My phone number ends in %s now, since I changed the provider.",
                    "Noted: the number ends in %s.", "What does my phone number end in?",
                    List.of("4471", "9023", "1187", "6650", "3308", "7245")));

    private record Template(String statement, String reply, String question, List<String> values) {
        PersonaFact fill(String value) {
            return new PersonaFact(new Exchange(String.format(Locale.ROOT, statement, value),
                    String.format(Locale.ROOT, reply, value)), question);
        }
    }

    /// Returns one fact of each template, with random values and in random order.
    static List<PersonaFact> draw(Random random) {
        List<PersonaFact> facts = new ArrayList<>();
        for (Template template : TEMPLATES) {
            facts.add(template.fill(template.values().get(random.nextInt(template.values().size()))));
        }
        Collections.shuffle(facts, random);
        return facts;
    }
}
