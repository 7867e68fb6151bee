package dev.memfuse.engine.memory.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules for other languages than English, on sentences that the labelled dialogues do not have.
class LanguageRulesTest {
    private static final StatementReader READER = new StatementReader(new EnglishText());
    private static final Instant NOW = Instant.parse("2024-05-15T08:00:00Z");

    private static List<Statement> read(String message) {
        return READER.read(message, NOW, Role.USER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        Ich wohne jetzt in Leipzig. | user | residence | leipzig | false
                        Mein Bruder Paul lebt in Wien. | user's bruder paul | residence | wien | false
                        Wir sind nach Kiel gezogen. | user | residence | kiel | false
                        Ich arbeite als Lehrerin. | user | occupation | lehrerin | false
                        Ich habe keinen Hund mehr. | user | pet hund | yes | true
                        Ich mag keine Oliven. | user | liking of oliven | yes | true
                        Ich bin nicht mehr verheiratet. | user | marital status | verheiratet | true
                        Meine Tochter ist 7 Jahre alt. | user's tochter | age | 7 | false
                        Übrigens, ich spreche Polnisch. | user | language polnisch | yes | false
                        J'habite maintenant à Lille. | user | residence | lille | false
                        Ma sœur travaille chez Airbus. | user's sœur | employer | airbus | false
                        Je n'aime pas le café. | user | liking of café | yes | true
                        Mon fils a 12 ans. | user's fils | age | 12 | false
                        Nous avons deux chats. | user | number of chat | two | false
                        Vivo ahora en Bilbao. | user | residence | bilbao | false
                        Mi hermano trabaja en Seat. | user's hermano | employer | seat | false
                        No me gusta el pescado. | user | liking of pescado | yes | true
                        Mi abuela tiene 83 años. | user's abuela | age | 83 | false
                        Tengo dos perros. | user | number of perro | two | false
                        私は名古屋に住んでいます。 | user | residence | 名古屋 | false
                        妹は看護師です。 | user's 妹 | occupation | 看護師 | false
                        僕は犬を飼っています。 | user | pet 犬 | yes | false
                        私は結婚していません。 | user | marital status | 結婚 | true
                        趣味は写真です。 | user | hobby 写真 | yes | false
                        我现在住在成都。 | user | residence | 成都 | false
                        我妹妹是护士。 | user's 妹妹 | occupation | 护士 | false
                        我不喜欢咖啡。 | user | liking of 咖啡 | yes | true
                        我有两个孩子。 | user | number of 孩子 | two | false
                        Ich wohne nicht mehr in Hamburg. | user | residence | hamburg | true
                        Je n'habite plus à Nantes. | user | residence | nantes | true
                        去年、大阪に引っ越しました。 | user | residence | 大阪 | false
                        私は大分に住んでいます。 | user | residence | 大分 | false
                        私は猫が大好きです。 | user | liking of 猫 | yes | false
                        我去年搬到北京了。 | user | residence | 北京 | false
                        我会说法语。 | user | language 法语 | yes | false
                        """)
    void readsAPlainStatement(String sentence, String subject, String attribute, String value, boolean negated) {
        assertEquals(List.of(new Claim(subject, attribute, value, negated)),
                read(sentence).stream().flatMap(statement -> statement.claim().stream()).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wohnst du in Leipzig?", "Wenn ich in Leipzig wohne, bin ich froh.",
            "Ich würde gern in Wien leben.",
            "Er sagt, ich wohne in Bonn.", "Ich habe \"Ich wohne in Rom\" gelesen.", "Vielleicht ziehe ich um.",
            "Guten Morgen, wie geht es dir?", "Ich liebe es, wenn es regnet. Von wegen.", "Das ist schön.",
            "Habites-tu à Lille ?", "Si j'habite à Lille, je suis content.", "J'aimerais vivre à Nice.",
            "Il dit que j'habite à Metz.", "Bonjour, comment vas-tu ?", "C'est super !", "¿Vives en Bilbao?",
            "Si vivo en Bilbao, estoy feliz.", "Me gustaría vivir en Cádiz.", "Dice que vivo en Jaén.",
            "Hola, ¿qué tal?", "¡Qué bien!", "名古屋に住んでいますか？", "もし名古屋に住んでいれば嬉しい。", "京都に住みたいです。",
            "ありがとう！", "すごいですね。", "你住在成都吗？", "如果我住在成都就好了。", "我想住在成都。", "谢谢！", "太好了！",
            "他说我住在成都。", "Meine Mutter meint, ich arbeite als Lehrerin und ich wohne in Bonn.",
            "Mon frère dit que j'habite à Metz et je travaille chez Airbus.",
            "Mi hermano dice que vivo en Jaén y trabajo en Seat."})
    void anythingElseMakesNoFact(String sentence) {
        assertEquals(List.of(), read(sentence).stream().map(Statement::content).toList());
    }

    @Test
    void aCountIsTheSameInWordsAndDigits() {
        for (List<String> pair : List.of(List.of("Ich habe zwei Kinder.", "Ich habe 2 Kinder."),
                List.of("J'ai trois chats.", "J'ai 3 chats."), List.of("Tengo cuatro hijos.", "Tengo 4 hijos."),
                List.of("我有两个孩子。", "我有2个孩子。"))) {
            assertEquals(read(pair.getFirst()).getFirst().claim(), read(pair.getLast()).getFirst().claim());
        }
    }

    @Test
    void aMessageMayMixLanguages() {
        assertEquals(List.of("residence", "residence", "residence"),
                read("I live in Oslo. Meine Schwester wohnt in Graz. 妹は大阪に住んでいます。").stream()
                        .map(statement -> statement.claim().orElseThrow().attribute()).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            Ich bin letzte Woche nach Bonn gezogen. | 2024-05-06
                                            Meine Tochter ist gestern nach Ulm gezogen. | 2024-05-14
                                            J'ai déménagé à Nantes hier. | 2024-05-14
                                            Me mudé a Granada el año pasado. | 2023-01-01
                                            去年京都に引っ越しました。 | 2023-01-01
                                            我昨天搬到了杭州。 | 2024-05-14
                                            """)
    void aTimeIsRelativeToTheMessage(String sentence, String day) {
        assertEquals(List.of(day), read(sentence).stream()
                .map(statement -> statement.happenedAt().map(time -> time.toString().substring(0, 10)).orElse("none"))
                .toList());
    }
}
