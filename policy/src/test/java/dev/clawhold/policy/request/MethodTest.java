package dev.clawhold.policy.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodTest {

    @ParameterizedTest
    @CsvSource({
        "GET, GET",
        "get, GET",
        "pAtCh, PATCH",
        "title, TITLE",
        "M-SEARCH, M-SEARCH",
        "x_1, X_1"
    })
    void aTokenIsWrittenInCapitals(String text, String method) {
        assertThat(Method.of(text)).hasValue(new Method(method));
        assertThat(Method.of(text).orElseThrow()).hasToString(method);
    }

    @Test
    void everyTokenCharacterIsAccepted() {
        assertThat(Method.of("!#$%&'*+-.^_`|~09azAZ"))
                .hasValue(new Method("!#$%&'*+-.^_`|~09AZAZ"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "GET ", " GET", "GE T", "GET\t", "GET/1", "G(T", "G,T", "G;T", "G:T",
                "G=T", "G@T", "G[T]", "G{T}", "G\"T", "G\\T", "G<T>", "G?T", "GÉT", "ＧＥＴ",
                        "GET\u0000",
                "G\u007fT", "\u017f", "\u212a", "\u0663"
            })
    void whatIsNoTokenIsNoMethod(String text) {
        assertThat(Method.of(text)).isEmpty();
    }
}
