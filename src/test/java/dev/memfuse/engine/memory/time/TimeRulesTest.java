package dev.memfuse.engine.memory.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Times by kind, said on Wednesday, 15 May 2024, or on the day before the sentence.
class TimeRulesTest {
    private static final LocalDate WEDNESDAY = LocalDate.of(2024, 5, 15);
    private static final Map<String, TimeRules> RULES = Stream.of("english", "german", "french", "spanish", "japanese",
            "chinese").collect(Collectors.toMap(language -> language, TimeRules::of));

    private static String time(String language, String sentence, LocalDate today) {
        return Objects.requireNonNull(RULES.get(language)).firstDay(sentence, 0, today).map(LocalDate::toString)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        My exam is on Friday. | 2024-05-17
                        I met Anna on Friday. | 2024-05-10
                        I started this Monday. | 2024-05-13
                        I start this Friday. | 2024-05-17
                        I saw her last Friday. | 2024-05-10
                        My interview is next Tuesday at ten. | 2024-05-21
                        I have lived here since Monday. | 2024-05-13
                        Friday morning I fly to Rome. | 2024-05-17
                        On Monday last week I had surgery. | 2024-05-06
                        I'm seeing the doctor next week on Thursday. | 2024-05-23
                        My meeting was moved from Monday to Tuesday. | 2024-05-21
                        My meeting on Friday was moved to Thursday. | 2024-05-16
                        I got married in June. | 2023-06-01
                        I'm getting married in June. | 2024-06-01
                        We moved here in early June. | 2023-06-01
                        We moved here at the end of April. | 2024-04-21
                        We moved here in mid-April. | 2024-04-11
                        I quit in February last year. | 2023-02-01
                        Last year in February I quit. | 2023-02-01
                        We fly in May next year. | 2025-05-01
                        I was born on the third of March 1990. | 1990-03-03
                        I was born on 29 February. | 2024-02-29
                        I arrived on 31 December. | 2023-12-31
                        My flight is on June 7. | 2024-06-07
                        My flight is on Friday, June 7. | 2024-06-07
                        I booked a table for 5 June yesterday. | 2024-05-14
                        I have an appointment for 5 June. | 2024-06-05
                        I paid it on the 5th of last month. | 2024-04-05
                        My rent is due on the 31st. | 2024-05-31
                        I bought a bike three days ago. | 2024-05-12
                        I bought a bike half a year ago. | 2023-11-15
                        A year ago today I left Oslo. | 2023-05-15
                        We leave in two weeks. | 2024-05-29
                        I wrote it in two weeks. | none
                        I have lived here for three years. | none
                        I lived there for the last two years. | none
                        I met him a few years ago. | none
                        The next day we left. | none
                        Two weeks later we married. | none
                        We met the day after my birthday. | none
                        I moved here before Christmas. | none
                        We met in the last week of June. | none
                        I play tennis on Mondays. | none
                        I play tennis every Monday. | none
                        We ski every winter. | none
                        I visit her twice a month. | none
                        We were in Crete last summer. | 2023-06-01
                        We were in Crete this spring. | 2024-03-01
                        We're in Crete this summer. | 2024-06-01
                        I learnt it in the spring of 2019. | 2019-03-01
                        I moved in 2019. | 2019-01-01
                        I moved in the autumn of '09. | 2009-09-01
                        I was born in '87. | 1987-01-01
                        I moved at the end of 2019. | 2019-10-01
                        I grew up there in the 90s. | 1990-01-01
                        We went to Rome at the weekend. | 2024-05-11
                        We're going to Rome this weekend. | 2024-05-18
                        I got a bike for Christmas. | 2023-12-25
                        We met on New Year's Eve 2021. | 2021-12-31
                        We visited them at Easter. | 2024-03-31
                        I saw him last night. | 2024-05-14
                        I will see him tomorrow morning. | 2024-05-16
                        The day before yesterday I sold my car. | 2024-05-13
                        The week before last I was ill. | 2024-04-29
                        I met Paul the weekend before last. | 2024-05-04
                        We fly to Paris the weekend after next. | 2024-05-25
                        I met Paul the Friday before last. | 2024-05-03
                        My exam is the Friday after next. | 2024-05-24
                        We sailed to Malta the summer before last. | 2022-06-01
                        We fly home the Christmas after next. | 2025-12-25
                        I slept badly the night before last. | 2024-05-13
                        We married in mid-June. | 2023-06-11
                        I retired in June. | 2023-06-01
                        I am retired since May. | 2024-05-01
                        I'll be home later this week. | 2024-05-16
                        It arrived on 2024-04-30. | 2024-04-30
                        It arrived on 13/4/2024. | 2024-04-13
                        It arrived on 3/4/2024. | none
                        It happened on 31 June. | none
                        I may move to Rome. | none
                        I have worked here since early July. | 2023-07-01
                        I'm here until the end of July. | 2024-07-22
                        I've got an appointment this Thursday. | 2024-05-16
                        I got an appointment this Monday. | 2024-05-13
                        My test got moved to the 19th. | 2024-05-19
                        I got engaged on Boxing Day. | 2023-12-26
                        I'm a nurse, so nights are hard this week. | none
                        I met Anna on Friday, so I'm happy this week. | 2024-05-10
                        I moved to Oslo because my father fell ill last year. | none
                        Yesterday I met a man who sails to Malta in June. | 2024-05-14
                        """)
    void english(String sentence, String day) {
        assertEquals(day, time("english", sentence, WEDNESDAY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        Ich war vorletztes Wochenende in Ulm. | 2024-05-04
                        Mein Termin ist übernächsten Freitag. | 2024-05-24
                        Meine Prüfung ist am Freitag. | 2024-05-17
                        Ich habe Anna am Freitag getroffen. | 2024-05-10
                        Letzten Montag bin ich umgezogen. | 2024-05-13
                        Am Montag letzter Woche wurde ich operiert. | 2024-05-06
                        Nächste Woche Donnerstag fliege ich. | 2024-05-23
                        Ich bin im Juni nach Bonn gezogen. | 2023-06-01
                        Ich ziehe im Juni nach Bonn. | 2024-06-01
                        Ende April bin ich nach Bonn gezogen. | 2024-04-21
                        Seit März arbeite ich bei Bosch. | 2024-03-01
                        Ich bin am 3. März 1990 geboren. | 1990-03-03
                        Der Termin ist am 7. Juni. | 2024-06-07
                        Der Termin ist am 7.6. um zehn. | 2024-06-07
                        Ich bin vor drei Wochen umgezogen. | 2024-04-24
                        Ich ziehe in zwei Wochen um. | 2024-05-29
                        Ich wohne seit drei Jahren hier. | none
                        Jeden Montag gehe ich schwimmen. | none
                        Montags gehe ich schwimmen. | none
                        Letzten Sommer waren wir auf Kreta. | 2023-06-01
                        Am Wochenende waren wir in Kiel. | 2024-05-11
                        Ich bin letztes Jahr im Februar umgezogen. | 2023-02-01
                        Gestern Abend kam sie an. | 2024-05-14
                        Heute Morgen wurde er geboren. | 2024-05-15
                        Morgen früh fliege ich. | 2024-05-16
                        Guten Morgen, ich wohne in Köln. | none
                        Übermorgen fliege ich. | 2024-05-17
                        Ich bin 2019 nach Bonn gezogen. | 2019-01-01
                        Ich habe 2000 Euro gespart. | none
                        Im Jahr 2019 bin ich nach Bonn gezogen. | 2019-01-01
                        An Weihnachten waren wir dort. | 2023-12-25
                        Mein Termin wurde auf Dienstag verschoben. | 2024-05-21
                        Ein paar Tage später fuhren wir los. | none
                        Ich arbeite seit Anfang Juli hier. | 2023-07-01
                        Ich bin vor zwei Monaten nach Graz gezogen. | 2024-03-15
                        Zwei Wochen nach Weihnachten zog ich um. | none
                        Sie ist am zweiten Weihnachtstag geboren. | 2023-12-26
                        """)
    void german(String sentence, String day) {
        assertEquals(day, time("german", sentence, WEDNESDAY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        Mon examen est vendredi. | 2024-05-17
                        J'ai vu Anna vendredi. | 2024-05-10
                        J'ai vu Anna lundi dernier. | 2024-05-13
                        Lundi de la semaine dernière j'ai été opérée. | 2024-05-06
                        Le lundi je nage. | none
                        Tous les lundis je nage. | none
                        J'ai déménagé à Lille en juin. | 2023-06-01
                        Je vais déménager à Lille en juin. | 2024-06-01
                        J'ai déménagé fin avril. | 2024-04-21
                        Je travaille chez Airbus depuis mars. | 2024-03-01
                        Je suis né le 3 mars 1990. | 1990-03-03
                        Je suis né le 1er mars 1990. | 1990-03-01
                        Le rendez-vous est le 7 juin. | 2024-06-07
                        J'ai déménagé il y a trois semaines. | 2024-04-24
                        Je pars dans deux semaines. | 2024-05-29
                        J'habite ici depuis trois ans. | none
                        Il y a trois ans que j'habite ici. | none
                        L'été dernier nous étions en Crète. | 2023-06-01
                        Ce week-end nous avons vu la mer. | 2024-05-11
                        J'ai déménagé en février de l'année dernière. | 2023-02-01
                        Hier soir elle est arrivée. | 2024-05-14
                        Demain matin je pars. | 2024-05-16
                        J'ai déménagé en 2019. | 2019-01-01
                        Nous étions là à Noël. | 2023-12-25
                        Je travaille ici depuis début juillet. | 2023-07-01
                        """)
    void french(String sentence, String day) {
        assertEquals(day, time("french", sentence, WEDNESDAY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        Mi examen es el viernes. | 2024-05-17
                        Vi a Ana el viernes. | 2024-05-10
                        Vi a Ana el lunes pasado. | 2024-05-13
                        El lunes de la semana pasada me operaron. | 2024-05-06
                        Los lunes nado. | none
                        Cada lunes nado. | none
                        Me mudé a Jaén en junio. | 2023-06-01
                        Voy a mudarme a Jaén en junio. | 2024-06-01
                        Me mudé a finales de abril. | 2024-04-21
                        Trabajo en Seat desde marzo. | 2024-03-01
                        Nací el 3 de marzo de 1990. | 1990-03-03
                        La cita es el 7 de junio. | 2024-06-07
                        Me mudé hace tres semanas. | 2024-04-24
                        Salimos dentro de dos semanas. | 2024-05-29
                        Vivo aquí desde hace tres años. | none
                        Hace tres años que vivo aquí. | none
                        El verano pasado estuvimos en Creta. | 2023-06-01
                        Este fin de semana fuimos al mar. | 2024-05-11
                        Me mudé en febrero del año pasado. | 2023-02-01
                        Anoche llegó. | 2024-05-14
                        Mañana por la mañana salgo. | 2024-05-16
                        Esta mañana nació. | 2024-05-15
                        Por la mañana nado. | none
                        Me mudé en 2019. | 2019-01-01
                        En Navidad estuvimos allí. | 2023-12-25
                        Trabajo aquí desde principios de julio. | 2023-07-01
                        """)
    void spanish(String sentence, String day) {
        assertEquals(day, time("spanish", sentence, WEDNESDAY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            japanese | 先週京都に引っ越しました。 | 2024-05-06
                                            japanese | 三日前に着きました。 | 2024-05-12
                                            japanese | 2019年から東京に住んでいます。 | 2019-01-01
                                            japanese | 6月7日に出発します。 | 2024-06-07
                                            japanese | 毎日走ります。 | none
                                            chinese | 我上周搬到了杭州。 | 2024-05-06
                                            chinese | 我三天前搬到了杭州。 | 2024-05-12
                                            chinese | 我从2019年开始住在成都。 | 2019-01-01
                                            chinese | 我上周五搬到了杭州。 | 2024-05-10
                                            chinese | 我每天跑步。 | none
                                            """)
    void wordsWithoutBlanks(String language, String sentence, String day) {
        assertEquals(day, time(language, sentence, WEDNESDAY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        2025-01-03 | We moved in December. | 2024-12-01
                        2025-01-03 | We moved on 30 December. | 2024-12-30
                        2024-12-30 | The wedding is on 4 January. | 2025-01-04
                        2025-01-10 | We met this winter. | 2024-12-01
                        2025-03-10 | I turned 30 on 29 February. | 2024-02-29
                        2025-03-10 | I turn 32 on 29 February. | 2028-02-29
                        2024-04-10 | My rent is due on the 31st. | 2024-05-31
                        2024-04-10 | I paid on the 31st. | 2024-03-31
                        2024-03-31 | We met a month ago. | 2024-02-29
                        2024-05-12 | We went to Rome last weekend. | 2024-05-04
                        2024-05-13 | We went to Rome this weekend. | 2024-05-11
                        2024-05-17 | My exam is on Friday. | 2024-05-24
                        2024-09-20 | We were in Crete this summer. | 2024-06-01
                        2024-04-20 | I started in spring. | 2024-03-01
                        2024-05-20 | We leave in May. | 2024-05-01
                        2024-05-20 | We leave next May. | 2025-05-01
                        """)
    void theDayOfTheMessageDecides(LocalDate today, String sentence, String day) {
        assertEquals(day, time("english", sentence, today));
    }

    @Test
    void aListOfManyTimesIsNotTheTimeOfAClause() {
        assertEquals("2024-05-01", time("english", "I was in Rome in May" + " and in May".repeat(15) + ".", WEDNESDAY));
        assertEquals("none", time("english", "I was in Rome in May" + " and in May".repeat(16) + ".", WEDNESDAY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "99999999999", "123456789012345678901234567890"})
    void numbersBeyondTheCalendarAreNoTimes(String number) {
        assertEquals("none", time("english", "I moved " + number + " years ago.", WEDNESDAY));
        assertEquals("none", time("english", "I moved on " + number + "/" + number + "/" + number + ".", WEDNESDAY));
        assertEquals("none", time("german", "Vor " + number + " Jahren zog ich um.", WEDNESDAY));
        assertEquals("none", time("chinese", number + "年前我搬家了。", WEDNESDAY));
    }

    /// The expressions read any digit as one: a date in another script is a date, and never fails a round.
    @ParameterizedTest
    @ValueSource(ints = {'0', 0x660, 0x6F0, 0x966, 0xE50, 0xFF10, 0x1D7CE})
    void digitsOfEveryScriptSayTheSame(int zero) {
        Map<String, String> sentences = Map.of("I was born on 1990-03-05.", "english",
                "I moved to Oslo on 5 March 1990.", "english", "Ich bin am 5.3.1990 umgezogen.", "german",
                "Je suis né le 5 mars 1990.", "french", "Nací el 5 de marzo de 1990.", "spanish",
                "1990年3月5日に引っ越しました。", "japanese", "我1990年3月5日搬家了。", "chinese");

        sentences.forEach((sentence, language) -> assertEquals("1990-03-05",
                time(language, inDigits(sentence, zero), WEDNESDAY), inDigits(sentence, zero)));
    }

    private static String inDigits(String text, int zero) {
        StringBuilder other = new StringBuilder();
        text.chars().forEach(letter -> other.appendCodePoint(letter >= '0' && letter <= '9'
                ? zero + letter - '0'
                : letter));
        return other.toString();
    }
}
