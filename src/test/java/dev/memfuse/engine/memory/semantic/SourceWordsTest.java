package dev.memfuse.engine.memory.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceWordsTest {

    @ParameterizedTest
    @CsvSource({"The user lives in Lisbon., I live near the sea., true",
            "The user is a nurse., I live in Lisbon., false",
            "用户住在奥斯陆。, I live in Lisbon., false", "用户住在里斯本。, 我住在里斯本附近。, true",
            "用户喜欢猫。, 我有一条狗。, false", "ユーザーは大阪に住んでいます。, 私は東京で働いています。, false",
            "ユーザーは東京に住んでいます。, 東京です。, true", "Пользователь живёт в Осло., I live in Lisbon., false",
            "Пользователь живёт в Осло., Я живу в Осло., true", "المستخدم يعيش في أوسلو, I live in Lisbon., false",
            "사용자는 서울에 산다., 저는 부산에 살아요., false", "I am 7., I live in Lisbon., false", "I am 7., I am 7 years old., true",
            "He is ok., I live in Lisbon., true"})
    void aTextIsComparedInItsScript(String text, String source, boolean expected) {
        assertEquals(expected, SourceWords.areIn(text, SourceWords.of(source)));
    }

    @ParameterizedTest
    @CsvSource({"oslo, The user lives in Oslo., I live in Lisbon., false",
            "near lisbon, The user lives near Lisbon., I live in Lisbon., true",
            "yes, The user is vegetarian., I eat no meat., true", "7, The user is seven., I am seven., true",
            "奥斯陆, 用户住在奥斯陆。, 我住在里斯本。, false", "里斯本, 用户住在里斯本。, 我住在里斯本。, true"})
    void aValueIsStatedByItsSource(String value, String text, String source, boolean expected) {
        assertEquals(expected, SourceWords.state(value, text, SourceWords.of(source)));
    }
}
