package dev.memfuse.engine.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.ApiKeys;
import dev.memfuse.engine.spi.ApiKeyStore;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;

/// Makes keys and finds them by the hash of their secret. The text of a key is `mf_`, its user (32 hexadecimal digits,
/// or `all`), its id and its secret, separated by `_`: the user routes the look-up, the id names the key.
///
/// SHA-256 without salt and iterations is enough for a secret of 256 random bits.
record HashedApiKeys(ApiKeyStore store) implements ApiKeys {
    private static final String ALL = "all";
    private static final int SECRET_BYTES = 32;
    private static final Pattern TEXT = Pattern
            .compile(PREFIX + "(" + ALL + "|[0-9a-f]{32})_([0-9a-f]{32})_([0-9a-f]{64})");
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public CreatedKey create(Optional<UUID> userId, Optional<String> name, Optional<Instant> expiresAt) {
        ValueCheck.present("userId", userId);
        ValueCheck.present("expiresAt", expiresAt);
        Optional<String> checked = ValueCheck.present("name", name).map(text -> TextCheck.name("name", text));
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        UUID id = UuidCreator.getTimeOrderedEpochPlus1();
        ApiKey key = store.create(id, userId, hash(secret), checked, expiresAt);
        return new CreatedKey(key, PREFIX + userId.map(HashedApiKeys::digits).orElse(ALL) + "_" + digits(id) + "_"
                + secret);
    }

    private static String digits(UUID id) {
        return id.toString().replace("-", "");
    }

    private static UUID id(String digits) {
        return new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<ApiKey> list(Optional<UUID> userId) {
        return store.list(ValueCheck.present("userId", userId));
    }

    @Override
    public boolean revoke(Optional<UUID> userId, UUID keyId) {
        return store.delete(ValueCheck.present("keyId", keyId), ValueCheck.present("userId", userId));
    }

    @Override
    public Optional<ApiKey> find(String text) {
        Matcher parts = TEXT.matcher(ValueCheck.present("text", text));
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<UUID> user = parts.group(1).equals(ALL) ? Optional.empty() : Optional.of(id(parts.group(1)));
        return store.find(id(parts.group(2)), user, hash(parts.group(3)));
    }

    @Override
    public boolean exist() {
        return store.any();
    }
}
