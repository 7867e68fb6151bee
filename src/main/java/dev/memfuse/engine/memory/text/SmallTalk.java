package dev.memfuse.engine.memory.text;

import java.util.regex.Pattern;

/// Recognizes sentences that say nothing about a conversation: greetings, thanks, congratulations, reactions.
final class SmallTalk {
    private static final int MIN_WORDS = 3;
    /// Repetitions in a longer text could exhaust the stack of the expression.
    private static final int MAX_REACTION = 500;
    private static final Pattern COURTESY = Pattern.compile("(?iu)\\b(?:hi|hiya|hey|hello|howdy|greetings|yo"
            + "|good (?:morning|afternoon|evening|night)|goodnight|goodbye|bye|see you|see ya|talk (?:to you )?soon"
            + "|catch (?:you|up) (?:later|soon)|take care|you['’]?re (?:very |so |most )?welcome|welcome back|congrats"
            + "|congratulations|thanks|thank|thx|cheers|nice to meet you|how are you|how have you been"
            + "|how['’]s it going"
            + "|long time no see|good to (?:see|hear)|great to (?:see|hear)|nice to (?:see|hear)|what['’]s up"
            + "|appreciate (?:it|that|you|your)|no problem|my pleasure|good luck|well done|way to go|keep it up"
            + "|hang in there|happy birthday|merry christmas|sorry to hear|glad to hear|proud of you|happy for you"
            + "|hallo|guten (?:morgen|tag|abend)|gute nacht|danke|tschüss|bis bald|wie geht['’]?s"
            + "|bonjour|bonsoir|merci|salut|à bientôt|hola|gracias|buenos días|buenas (?:tardes|noches)|adiós"
            + "|hasta luego)\\b|ありがとう|こんにちは|おはよう|こんばんは|さようなら|元気です|谢谢|你好|再见|早上好");
    private static final Pattern REACTION = Pattern.compile("(?iu)^\\W*(?:(?:wow|whoa|oh|aww|haha|yeah|yes|no|ok|okay"
            + "|sure|totally|absolutely|definitely|exactly|indeed|right|true|cool|nice|great|awesome|amazing|yep|yup"
            + "|of course|got it|same here|me too)\\b[\\s,.!]*)*(?:(?:that|this|it|he|she|they|those|you)"
            + "(?:['’]s|['’]re"
            + "| is| are| was| were| sounds?| looks?| must be| seems?)(?: (?:so|really|such|very|just|a|an|truly"
            + "|pretty))* (?:great|awesome|amazing|cool|nice|lovely|beautiful|wonderful|fantastic|incredible|sweet"
            + "|perfect|good|fun|interesting|inspiring|impressive|adorable|cute|gorgeous|stunning|tough|rough|hard"
            + "|true|right|kind)\\b.{0,40}|sounds? (?:great|good|fun|like|perfect|amazing|awesome|nice).{0,40}"
            + "|can['’]t wait.{0,40}|i(?:['’]m| am)(?: so| really| very)* (?:happy|glad|proud|sorry|excited|here) "
            + "(?:for|to|of|that|you)\\b.{0,60}|let me know.{0,60}|i (?:totally |really |completely )*(?:agree|get it"
            + "|get that|understand|know what you mean).{0,40}|me too|same here)?[\\W]*$");

    private SmallTalk() {}

    /// Returns whether a sentence is small talk.
    static boolean isIn(String sentence) {
        return COURTESY.matcher(sentence).find()
                || (sentence.length() <= MAX_REACTION && REACTION.matcher(sentence).matches());
    }

    /// Returns whether a sentence is too short to tell anything.
    static boolean isTooShort(Sentence sentence) {
        return sentence.length() < MIN_WORDS && sentence.text().chars().noneMatch(Character::isIdeographic);
    }
}
