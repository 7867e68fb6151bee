package dev.memfuse.engine.model.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Contents of a `tokenizer.json`: word pieces and BERT's basic tokenization for a model without upper case. Immutable.
///
/// @param before ids before those of a text, such as that of `[CLS]`
/// @param after ids after those of a text, such as that of `[SEP]`
/// @param unknown id of a word that has no pieces
/// @param maxWordLength number of characters beyond which a word is unknown
/// @param addedTokens tokens that are recognized as they are written, such as `[MASK]`
/// @param addedStarts the characters with which they start
record TokenizerFile(Vocabulary vocabulary, List<Integer> before, List<Integer> after, int unknown, int maxWordLength,
        List<AddedToken> addedTokens, String addedStarts) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// A token outside the vocabulary's rules.
    record AddedToken(String content, int id) {}

    /// Returns the longest added token that a text has at an index; null without one.
    @Nullable
    AddedToken addedTokenAt(String text, int index) {
        if (addedStarts.indexOf(text.charAt(index)) < 0) {
            return null;
        }
        AddedToken longest = null;
        for (AddedToken token : addedTokens) {
            if (text.startsWith(token.content(), index)
                    && (longest == null || token.content().length() > longest.content().length())) {
                longest = token;
            }
        }
        return longest;
    }

    /// Reads a file.
    ///
    /// @throws IOException when it is no such file or describes another kind of tokenizer; the message says which part
    static TokenizerFile read(InputStream in) throws IOException {
        try {
            return read(MAPPER.readTree(in));
        } catch (JacksonException e) {
            throw new IOException("The tokenizer's description is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static TokenizerFile read(JsonNode root) throws IOException {
        JsonNode model = root.path("model");
        require(root, "/model/type", "WordPiece");
        require(root, "/normalizer/type", "BertNormalizer");
        require(root, "/normalizer/clean_text", "true");
        require(root, "/normalizer/handle_chinese_chars", "true");
        require(root, "/normalizer/lowercase", "true");
        // Without a value, accents are removed when letters become lower case.
        require(root, "/normalizer/strip_accents", "true", "null");
        require(root, "/pre_tokenizer/type", "BertPreTokenizer");
        require(root, "/post_processor/type", "TemplateProcessing");
        Map<String, Integer> pieces = new HashMap<>();
        model.path("vocab").forEachEntry((piece, id) -> pieces.put(piece, id.asInt()));
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        readTemplate(root.path("post_processor"), before, after);
        List<AddedToken> added = readAddedTokens(root);
        return new TokenizerFile(new Vocabulary(pieces, model.path("continuing_subword_prefix").asString("##")),
                List.copyOf(before), List.copyOf(after), id(pieces, model.path("unk_token").asString("[UNK]")),
                model.path("max_input_chars_per_word").asInt(100), added,
                added.stream().map(token -> token.content().substring(0, 1)).distinct().collect(Collectors.joining()));
    }

    private static void require(JsonNode root, String pointer, String... allowed) throws IOException {
        String value = root.at(pointer).asString("null");
        if (!List.of(allowed).contains(value)) {
            throw new IOException("The tokenizer has " + pointer.substring(1).replace('/', '.') + " " + value
                    + ", and only " + String.join(" or ", allowed) + " is supported.");
        }
    }

    private static void readTemplate(JsonNode processor, List<Integer> before, List<Integer> after)
            throws IOException {
        List<Integer> ids = before;
        for (JsonNode part : processor.path("single")) {
            if (part.has("Sequence")) {
                ids = after;
            } else {
                String name = part.path("SpecialToken").path("id").asString("");
                JsonNode found = processor.path("special_tokens").path(name).path("ids");
                if (found.isEmpty()) {
                    throw new IOException("The tokenizer's template names the token " + name + " without an id.");
                }
                for (JsonNode id : found) {
                    ids.add(id.asInt());
                }
            }
        }
    }

    private static List<AddedToken> readAddedTokens(JsonNode root) throws IOException {
        List<AddedToken> tokens = new ArrayList<>();
        for (JsonNode token : root.path("added_tokens")) {
            String content = token.path("content").asString("");
            for (String option : List.of("single_word", "lstrip", "rstrip", "normalized")) {
                if (token.path(option).asBoolean(false)) {
                    throw new IOException("The tokenizer's token " + content + " has the option " + option
                            + ", which is not supported.");
                }
            }
            if (!content.isEmpty()) {
                tokens.add(new AddedToken(content, token.path("id").asInt()));
            }
        }
        return List.copyOf(tokens);
    }

    private static int id(Map<String, Integer> pieces, String piece) throws IOException {
        Integer id = pieces.get(piece);
        if (id == null) {
            throw new IOException("The tokenizer's vocabulary lacks " + piece + ".");
        }
        return id;
    }
}
