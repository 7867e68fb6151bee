package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://api.openai.com/v1", "http://localhost:8080/v1", "http://LOCALHOST/v1",
            "http://127.0.0.1:11434/v1", "http://127.8.9.10/v1", "http://[::1]:8080/v1", "http://[0:0:0:0:0:0:0:1]/v1",
            "https://10.0.0.7/v1"})
    void allowsTlsAndThisMachine(String url) {
        assertEquals(Optional.empty(), ServiceUrl.problem(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.openai.com/v1", "http://10.0.0.7/v1", "http://0.0.0.0/v1", "http://[::]/v1",
            "http://[2001:db8::1]/v1", "http://localhost.example.org/v1", "http://127.0.0.1.example.org/v1",
            "http://[fe80::1]/v1"})
    void refusesPlainHttpToOtherMachines(String url) {
        assertTrue(ServiceUrl.problem(url).orElseThrow().startsWith("http:// would send the key"), url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://h:99999/v1", "https://h:65536", "https://h:0/v1", "https://h:-1/v1", "https://h:/v1",
                    "https://h:8080x/v1", "https://[::1]:70000/v1", "https://h/v1\n", "https://h/v1\u0000",
                    "https://h\u2028/v1",
                    "https://h/%ZZ", "https://h\ud800/v1", "https://", "http://", "https:///v1"})
    void refusesPortsThatDoNotExistAndControlCharacters(String url) {
        assertTrue(ServiceUrl.problem(url).isPresent(), url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"https://me:secret@example.org/v1 | the key of a service",
            "http://localhost@example.org/v1 | the key of a service",
            "https://example.org/v1?key=1 | the key of a service",
            "ftp://example.org | expected a URL that starts", "https:// | expected a URL",
            "https://exa mple.org/v1 | expected a URL without", "https://a_b/v1 | expected a URL with the name",
            "https://example.org/v1#x | expected a URL with the name", "http://%31%32%37.0.0.1/ | expected a URL"})
    void refusesSecretsAndWhatIsNoUrl(String url, String expected) {
        assertTrue(ServiceUrl.problem(url).orElseThrow().startsWith(expected), ServiceUrl.problem(url).toString());
    }
}
