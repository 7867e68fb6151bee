package dev.memfuse.engine.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTimesTest {
    /// A Wednesday.
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);

    private static List<String> periods(String question) {
        return QuestionTimes.in(question).periods(TODAY, 2020, 2021).stream()
                .map(period -> period.first() + " " + LocalDate.ofEpochDay(period.until() - 1)).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            What did Ada buy on 7 June 2020?               | 2020-06-07 2020-06-07
                                            What did Ada buy on 7th of June, 2020?         | 2020-06-07 2020-06-07
                                            What did Ada buy on June 7th, 2020?            | 2020-06-07 2020-06-07
                                            What did Ada buy on Sept. 7, 2020?             | 2020-09-07 2020-09-07
                                            What did Ada buy on 2020-06-07?                | 2020-06-07 2020-06-07
                                            What did Ada buy in June 2020?                 | 2020-06-01 2020-06-30
                                            What did Ada buy in June of 2020?              | 2020-06-01 2020-06-30
                                            What did Ada buy in summer 2020?               | 2020-06-01 2020-08-31
                                            What did Ada buy in the winter of 2020?        | 2020-12-01 2021-02-28
                                            What did Ada buy in 2020?                      | 2020-01-01 2020-12-31
                                            """)
    void aDateIsItsDays(String question, String period) {
        assertEquals(List.of(period), periods(question));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            the week before 15 June 2020            | 2020-06-08 2020-06-14
                                            two weeks before 15 June 2020           | 2020-05-29 2020-06-04
                                            three days after 15 June 2020           | 2020-06-18 2020-06-18
                                            the Sunday before 17 June 2020          | 2020-06-14 2020-06-14
                                            the Friday after June 15, 2020          | 2020-06-19 2020-06-19
                                            the weekend before June 15, 2020        | 2020-06-08 2020-06-14
                                            the week of 17 June 2020                | 2020-06-15 2020-06-21
                                            the first week of June 2020             | 2020-06-01 2020-06-07
                                            the second week of June 2020            | 2020-06-08 2020-06-14
                                            the last week of June 2020              | 2020-06-24 2020-06-30
                                            the first weekend of June 2020          | 2020-06-06 2020-06-07
                                            the last Friday of June 2020            | 2020-06-26 2020-06-26
                                            the second half of June 2020            | 2020-06-16 2020-06-30
                                            the first month of summer 2020          | 2020-06-01 2020-06-30
                                            early June 2020                         | 2020-06-01 2020-06-10
                                            mid-June 2020                           | 2020-06-11 2020-06-20
                                            the middle of June 2020                 | 2020-06-11 2020-06-20
                                            towards the end of June 2020            | 2020-06-21 2020-06-30
                                            by 15 June 2020                         | 2020-06-01 2020-06-15
                                            between 7 June and 9 June 2020          | 2020-06-07 2020-06-09
                                            from June to August 2020                | 2020-06-01 2020-08-31
                                            June 7 - June 9, 2020                   | 2020-06-07 2020-06-09
                                            """)
    void wordsBeforeADateMakeAnotherPeriod(String words, String period) {
        assertEquals(List.of(period), periods("Where was Ada " + words + "?"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            yesterday                  | 2026-03-03 2026-03-03
                                            the day before yesterday   | 2026-03-02 2026-03-02
                                            last night                 | 2026-03-03 2026-03-03
                                            today                      | 2026-03-04 2026-03-04
                                            tomorrow                   | 2026-03-05 2026-03-05
                                            last week                  | 2026-02-23 2026-03-01
                                            last weekend               | 2026-02-28 2026-03-01
                                            this month                 | 2026-03-01 2026-03-31
                                            next month                 | 2026-04-01 2026-04-30
                                            last year                  | 2025-01-01 2025-12-31
                                            last summer                | 2025-06-01 2025-08-31
                                            last Friday                | 2026-02-27 2026-02-27
                                            next Friday                | 2026-03-06 2026-03-06
                                            three days ago             | 2026-03-01 2026-03-01
                                            two weeks ago              | 2026-02-15 2026-02-21
                                            a couple of months ago     | 2025-12-20 2026-01-19
                                            """)
    void aRelativeTimeRefersToToday(String words, String period) {
        assertEquals(List.of(period), periods("Where was Ada " + words + "?"));
    }

    @Test
    void aDateWithoutAYearIsThatOfEachYearOfTheMemory() {
        assertEquals(List.of("2020-06-01 2020-06-30", "2021-06-01 2021-06-30"), periods("Where was Ada in June?"));
        assertEquals(List.of("2020-06-07 2020-06-07", "2021-06-07 2021-06-07"), periods("Who came on June 7?"));
        assertEquals(List.of("2020-06-08 2020-06-14", "2021-06-08 2021-06-14"),
                periods("Where was Ada in the second week of June?"));
        assertEquals(List.of("2020-06-01 2020-08-31", "2021-06-01 2021-08-31"),
                periods("Where was Ada during the summer?"));
    }

    @Test
    void besideADateARelativeTimeIsNoneOfToday() {
        assertEquals(List.of("2020-06-15 2020-06-15"),
                periods("What did Ada read last week, as mentioned on 15 June 2020?"));
    }

    @Test
    void severalDatesAreSeveralPeriods() {
        assertEquals(List.of("2020-06-01 2020-06-30", "2020-08-01 2020-08-31"),
                periods("Was Ada in Rome in June 2020 or in August 2020?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"What may Ada buy?", "Where did they march?", "Who is April?", "Which room number is 1984a?",
                    "How many of the 15 cups broke?", "What did Ada say at first?", "Why did Ada fall?"})
    void otherWordsAreNoTimes(String question) {
        assertTrue(QuestionTimes.in(question).isEmpty(), question);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Where was Ada on 31 February 2020?", "Where was Ada on 2020-13-40?"})
    void anImpossibleDateIsNoPeriod(String question) {
        assertEquals(List.of(), periods(question));
    }

    @Test
    void nearnessFallsWithTheDistance() {
        Period june = Period.month(2020, 6);
        assertEquals(1, june.nearness(LocalDate.of(2020, 6, 1).toEpochDay()));
        assertEquals(1, june.nearness(LocalDate.of(2020, 6, 30).toEpochDay()));
        assertEquals(0.5, june.nearness(LocalDate.of(2020, 7, 7).toEpochDay()));
        assertEquals(0.5, june.nearness(LocalDate.of(2020, 5, 25).toEpochDay()));
        assertTrue(june.nearness(LocalDate.of(2030, 1, 1).toEpochDay()) < 0.01);
    }
}
