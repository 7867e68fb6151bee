package dev.memfuse.load.dataset;

import dev.memfuse.load.corpus.CorpusException;

/// Receives the problems of a data set while it is read. Messages name file and place.
interface Problems {
    /// A value that cannot be used. A strict receiver throws the exception; another one returns, and the reader leaves
    /// the value out.
    void refuse(RuntimeException problem);

    /// A peculiarity that does not prevent the use of the data set.
    void note(String sentence);

    /// Calls [#refuse] with a sentence.
    default void refuse(String sentence) {
        refuse(new CorpusException(sentence));
    }
}
