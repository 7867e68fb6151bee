package dev.memfuse.transfer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The checksum of a file's lines.
final class Checksum {
    private Checksum() {}

    /// Returns a digest without input.
    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", e);
        }
    }
}
