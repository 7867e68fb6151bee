package dev.memfuse.engine.memory.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.quicktheories.WithQuickTheories;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;

/// What holds for a time on every day of a message: at the turn of months and years, in leap years, on any weekday.
class TimeRulesPropertyTest implements WithQuickTheories {
    private static final List<TimeRules> LANGUAGES = List.of(TimeRules.of("english"), TimeRules.of("german"),
            TimeRules.of("french"), TimeRules.of("spanish"));
    /// The same in English, German, French and Spanish.
    private static final List<List<String>> SAME = List.of(
            List.of("I met Anna on %s.", "Ich habe Anna am %s getroffen.", "J'ai vu Anna %s.", "Vi a Ana el %s."),
            List.of("My exam is on %s.", "Meine Prüfung ist am %s.", "Mon examen est %s.", "Mi examen es el %s."),
            List.of("I met Anna last %s.", "Ich habe Anna letzten %s getroffen.", "J'ai vu Anna %s dernier.",
                    "Vi a Ana el %s pasado."),
            List.of("My exam is next %s.", "Meine Prüfung ist nächsten %s.", "Mon examen est %s prochain.",
                    "Mi examen es el próximo %s."),
            List.of("I met Anna on %s last week.", "Ich habe Anna am %s letzter Woche getroffen.",
                    "J'ai vu Anna %s de la semaine dernière.", "Vi a Ana el %s de la semana pasada."));
    private static final List<List<String>> SAME_MONTH = List.of(
            List.of("I moved to Bonn in %s.", "Ich bin im %s nach Bonn gezogen.", "J'ai déménagé à Bonn en %s.",
                    "Me mudé a Bonn en %s."),
            List.of("I'm going to move in %s.", "Ich werde im %s umziehen.", "Je vais déménager en %s.",
                    "Voy a mudarme en %s."),
            List.of("I have worked here since %s.", "Ich arbeite seit %s hier.", "Je travaille ici depuis %s.",
                    "Trabajo aquí desde %s."),
            List.of("I moved at the end of %s.", "Ich bin Ende %s umgezogen.", "J'ai déménagé fin %s.",
                    "Me mudé a finales de %s."),
            List.of("I moved in %s last year.", "Ich bin letztes Jahr im %s umgezogen.",
                    "J'ai déménagé en %s de l'année dernière.", "Me mudé en %s del año pasado."));
    private static final List<List<String>> SAME_DATE = List.of(
            List.of("I moved on %d %s.", "Ich bin am %d. %s umgezogen.", "J'ai déménagé le %d %s.",
                    "Me mudé el %d de %s."),
            List.of("I'm going to move on %d %s.", "Ich werde am %d. %s umziehen.", "Je vais déménager le %d %s.",
                    "Voy a mudarme el %d de %s."));
    private static final List<List<String>> MONTHS = List.of(
            List.of("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                    "november", "december"),
            List.of("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
                    "November", "Dezember"),
            List.of("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                    "novembre", "décembre"),
            List.of("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
                    "noviembre", "diciembre"));
    private static final List<List<String>> WEEKDAYS = List.of(
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
            List.of("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
            List.of("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
            List.of("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"));
    private static final List<List<String>> HABITS = List.of(
            List.of("I swim every %s.", "I swim on %ss."),
            List.of("Ich schwimme jeden %s.", "%ss schwimme ich."),
            List.of("Je nage tous les %ss.", "Le %s je nage."),
            List.of("Cada %s nado.", "Nado todos los %s."));

    private static Gen<LocalDate> days() {
        return SourceDSL.integers()
                .between((int) LocalDate.of(1970, 1, 1).toEpochDay(), (int) LocalDate.of(2100, 12, 31).toEpochDay())
                .map(day -> LocalDate.ofEpochDay(day))
                .mix(SourceDSL.integers().between(1972, 2100)
                        .map(year -> YearMonth.of(year, year % 3 == 0 ? 2 : 12).atEndOfMonth()), 20);
    }

    private Gen<Integer> numbers(int from, int to) {
        return integers().between(from, to);
    }

    private static Optional<LocalDate> time(int language, LocalDate today, String sentence) {
        return LANGUAGES.get(language).firstDay(sentence, 0, today);
    }

    /// Returns what all four languages read; a failure names the languages that differ.
    private static Optional<LocalDate> same(LocalDate today, List<String> sentences, List<Object[]> values) {
        Optional<LocalDate> english = time(0, today,
                String.format(Locale.ROOT, sentences.getFirst(), values.getFirst()));
        for (int language = 1; language < LANGUAGES.size(); language++) {
            assertEquals(english, time(language, today,
                    String.format(Locale.ROOT, sentences.get(language), values.get(language))),
                    sentences.get(language) + " on " + today + " " + List.of(values.get(language)));
        }
        return english;
    }

    private static List<Object[]> words(List<List<String>> words, int index) {
        return words.stream().map(language -> new Object[]{language.get(index)}).toList();
    }

    @Test
    void aWeekdayIsTheNearestInTheDirectionOfTheTense() {
        qt().forAll(days(), numbers(0, 6)).checkAssert((today, weekday) -> {
            for (int template = 0; template < SAME.size(); template++) {
                LocalDate found = same(today, SAME.get(template), words(WEEKDAYS, weekday)).orElseThrow();
                long distance = ChronoUnit.DAYS.between(today, found);
                assertEquals(DayOfWeek.of(weekday + 1), found.getDayOfWeek());
                assertTrue(switch (template) {
                    case 0, 2 -> distance >= -7 && distance < 0;
                    case 1, 3 -> distance > 0 && distance <= 7;
                    default -> Span.of(ChronoUnit.WEEKS, found).equals(Span.of(ChronoUnit.WEEKS, today.minusWeeks(1)));
                }, SAME.get(template) + " on " + today + ": " + found);
            }
        });
    }

    @Test
    void aMonthIsTheNearestInTheDirectionOfTheTense() {
        qt().forAll(days(), numbers(0, 11)).checkAssert((today, month) -> {
            List<LocalDate> found = SAME_MONTH.stream()
                    .map(template -> same(today, template, words(MONTHS, month)).orElseThrow()).toList();
            found.forEach(day -> assertEquals(month + 1, day.getMonthValue()));
            YearMonth now = YearMonth.from(today);
            assertTrue(!YearMonth.from(found.get(0)).isAfter(now)
                    && YearMonth.from(found.get(0)).isAfter(now.minusYears(1)), found + " on " + today);
            assertTrue(!YearMonth.from(found.get(1)).isBefore(now)
                    && YearMonth.from(found.get(1)).isBefore(now.plusYears(1)), found + " on " + today);
            assertEquals(found.get(0), found.get(2));
            assertTrue(!found.get(3).isAfter(today) && found.get(3).getDayOfMonth() > 17, found + " on " + today);
            assertEquals(LocalDate.of(today.getYear() - 1, month + 1, 1), found.get(4));
        });
    }

    @Test
    void aDateIsOneThatExists() {
        qt().forAll(days(), numbers(0, 11), numbers(1, 31)).checkAssert((today, month, day) -> {
            List<Object[]> values = MONTHS.stream().map(language -> new Object[]{day, language.get(month)}).toList();
            Optional<LocalDate> past = same(today, SAME_DATE.get(0), values);
            Optional<LocalDate> ahead = same(today, SAME_DATE.get(1), values);
            boolean exists = YearMonth.of(2024, month + 1).isValidDay(day);
            assertEquals(exists, past.isPresent());
            assertEquals(exists, ahead.isPresent());
            past.ifPresent(found -> {
                assertEquals(day, found.getDayOfMonth());
                assertEquals(month + 1, found.getMonthValue());
                assertTrue(!found.isAfter(today) && found.isAfter(today.minusYears(9)), found + " on " + today);
            });
            ahead.ifPresent(found -> assertTrue(!found.isBefore(today) && found.isBefore(today.plusYears(9)),
                    found + " on " + today));
        });
    }

    @Test
    void aDayOfTheMonthIsInTheNearestMonthThatHasIt() {
        qt().forAll(days(), numbers(1, 31)).checkAssert((today, day) -> {
            LocalDate due = time(0, today, "The rent is due on the " + day + "th.").orElseThrow();
            LocalDate paid = time(0, today, "I paid the rent on the " + day + "th.").orElseThrow();
            assertEquals(List.of(day, day), List.of(due.getDayOfMonth(), paid.getDayOfMonth()));
            assertTrue(!due.isBefore(today) && ChronoUnit.DAYS.between(today, due) <= 61, due + " on " + today);
            assertTrue(!paid.isAfter(today) && ChronoUnit.DAYS.between(paid, today) <= 61, paid + " on " + today);
        });
    }

    @Test
    void aDistanceIsCountedFromTheDayOfTheMessage() {
        List<List<String>> ago = List.of(List.of("I moved %d days ago.", "Ich bin vor %d Tagen umgezogen.",
                "J'ai déménagé il y a %d jours.", "Me mudé hace %d días."),
                List.of("I moved %d weeks ago.", "Ich bin vor %d Wochen umgezogen.",
                        "J'ai déménagé il y a %d semaines.",
                        "Me mudé hace %d semanas."),
                List.of("I moved %d months ago.", "Ich bin vor %d Monaten umgezogen.", "J'ai déménagé il y a %d mois.",
                        "Me mudé hace %d meses."));
        List<List<String>> ahead = List.of(List.of("We leave in %d days.", "Wir fahren in %d Tagen.",
                "Nous partons dans %d jours.", "Salimos dentro de %d días."),
                List.of("We leave in %d weeks.", "Wir fahren in %d Wochen.", "Nous partons dans %d semaines.",
                        "Salimos dentro de %d semanas."),
                List.of("We leave in %d months.", "Wir fahren in %d Monaten.", "Nous partons dans %d mois.",
                        "Salimos dentro de %d meses."));
        List<ChronoUnit> units = List.of(ChronoUnit.DAYS, ChronoUnit.WEEKS, ChronoUnit.MONTHS);
        // Fifteen days are two weeks in French and Spanish.
        qt().forAll(days(), numbers(2, 40).assuming(count -> count != 15)).checkAssert((today, count) -> {
            List<Object[]> values = List.of(new Object[]{count}, new Object[]{count}, new Object[]{count},
                    new Object[]{count});
            for (int i = 0; i < units.size(); i++) {
                assertEquals(Optional.of(today.minus(count, units.get(i))), same(today, ago.get(i), values));
                assertEquals(Optional.of(today.plus(count, units.get(i))), same(today, ahead.get(i), values));
            }
        });
    }

    @Test
    void aHabitHasNoTimeOnAnyDay() {
        qt().forAll(days(), numbers(0, 6)).checkAssert((today, weekday) -> {
            Set<Optional<LocalDate>> found = new HashSet<>();
            for (int language = 0; language < LANGUAGES.size(); language++) {
                for (String habit : HABITS.get(language)) {
                    found.add(time(language, today,
                            habit.replace("%s", WEEKDAYS.get(language).get(weekday))));
                }
            }
            assertEquals(Set.of(Optional.empty()), found);
        });
    }

    @Test
    void easterIsASundayBetween22MarchAnd25April() {
        qt().forAll(numbers(1583, 4000)).checkAssert(year -> {
            LocalDate easter = Recurrence.easterSunday(year);
            assertEquals(DayOfWeek.SUNDAY, easter.getDayOfWeek());
            assertTrue(!easter.isBefore(LocalDate.of(year, 3, 22)) && !easter.isAfter(LocalDate.of(year, 4, 25)),
                    easter.toString());
        });
        assertEquals(List.of(LocalDate.of(2024, 3, 31), LocalDate.of(2025, 4, 20), LocalDate.of(2038, 4, 25)),
                List.of(Recurrence.easterSunday(2024), Recurrence.easterSunday(2025), Recurrence.easterSunday(2038)));
    }
}
