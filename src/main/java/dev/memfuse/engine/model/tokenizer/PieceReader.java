package dev.memfuse.engine.model.tokenizer;

/// Reads a text piece by piece, from a position on and no further than its caller needs. Takes memory for one word,
/// whatever the length of the text. Not thread-safe.
final class PieceReader {
    private final TokenizerFile tokenizer;
    private final String text;
    private int at;

    private final int[] word;
    private final int[] wordStarts;
    private int wordLength;

    private final int[] ids;
    private final int[] starts;
    private int pieces;
    private int current = -1;

    /// @param from index in the text at which to start; a piece that began before it is read as the start of a word
    PieceReader(TokenizerFile tokenizer, String text, int from) {
        this.tokenizer = tokenizer;
        this.text = text;
        at = from;
        // Decomposition turns a character into four at most.
        int longest = (int) Math.min(tokenizer.maxWordLength(), Math.max(1, 4L * (text.length() - from)));
        word = new int[longest];
        wordStarts = new int[longest];
        ids = new int[longest];
        starts = new int[longest];
    }

    /// Moves to the next piece.
    ///
    /// @return false at the end of the text
    boolean next() {
        if (++current < pieces) {
            return true;
        }
        current = 0;
        pieces = 0;
        while (pieces == 0 && at < text.length()) {
            readWord();
        }
        return pieces > 0;
    }

    /// Returns the id of the current piece.
    int id() {
        return ids[current];
    }

    /// Returns the index in the text of the first character of the current piece.
    int start() {
        return starts[current];
    }

    /// Reads until the end of a word and finds its pieces.
    private void readWord() {
        wordLength = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            TokenizerFile.AddedToken token = tokenizer.addedTokenAt(text, at);
            int unit = token == null ? BertCharacters.single(codePoint) : BertCharacters.SPACE;
            boolean endsWord = unit == BertCharacters.SPACE || ((unit & BertCharacters.ALONE) != 0 && unit > 0);
            if (endsWord && wordLength > 0) {
                break;
            }
            if (token != null) {
                addPiece(token.id(), at);
                at += token.content().length();
                return;
            }
            add(codePoint, unit);
            at += Character.charCount(codePoint);
            if (endsWord && wordLength > 0) {
                break;
            }
        }
        findPieces();
    }

    private void add(int codePoint, int unit) {
        if (unit >= 0) {
            addToWord(unit & ~BertCharacters.ALONE);
        } else if (unit == BertCharacters.SEVERAL) {
            for (int part : BertCharacters.several(codePoint)) {
                addToWord(part);
            }
        }
    }

    /// Keeps no more than the longest word that has pieces, but counts further characters.
    private void addToWord(int codePoint) {
        if (wordLength < word.length) {
            word[wordLength] = codePoint;
            wordStarts[wordLength] = at;
        }
        wordLength++;
    }

    private void addPiece(int id, int start) {
        ids[pieces] = id;
        starts[pieces] = start;
        pieces++;
    }

    /// Finds the pieces of the word: always the longest that fits. A word that is too long, or of which a part is in no
    /// piece, becomes one unknown piece.
    private void findPieces() {
        if (wordLength == 0) {
            return;
        }
        if (wordLength > tokenizer.maxWordLength()) {
            addPiece(tokenizer.unknown(), wordStarts[0]);
            return;
        }
        for (int from = 0; from < wordLength;) {
            int to = addLongestPiece(from);
            if (to == from) {
                pieces = 0;
                addPiece(tokenizer.unknown(), wordStarts[0]);
                return;
            }
            from = to;
        }
    }

    private int addLongestPiece(int from) {
        Vocabulary vocabulary = tokenizer.vocabulary();
        int node = from == 0 ? Vocabulary.WORD_START : Vocabulary.CONTINUATION;
        int id = Vocabulary.NONE;
        int end = from;
        for (int i = from; i < wordLength; i++) {
            node = vocabulary.child(node, word[i]);
            if (node == Vocabulary.NONE) {
                break;
            }
            if (vocabulary.id(node) != Vocabulary.NONE) {
                id = vocabulary.id(node);
                end = i + 1;
            }
        }
        if (end > from) {
            addPiece(id, wordStarts[from]);
        }
        return end;
    }
}
