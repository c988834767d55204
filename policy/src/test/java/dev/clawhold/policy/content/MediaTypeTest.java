package dev.clawhold.policy.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json | application/json",
                "Application/JSON | application/json",
                "`\tapplication/json  ` | application/json",
                "application/json;charset=utf-8 | application/json",
                "application/json ; Charset=\"UTF-8\" | application/json",
                "application/json; charset=\"u\\tf-8\" | application/json",
                "application/json;;  ; | application/json",
                "application/json; a=b ;charset=utf-8 ; | application/json",
                "application/json; a=\"b c\" | application/json",
                "application/graphql; a=b; charset=UTF-8; c=\"d;e\\\"=,\t\" | application/graphql",
                "application/vnd.api+json; a=\"\" | application/vnd.api+json",
                "a/b | a/b"
            })
    void theTypeIsReadWithoutItsParameters(String value, String text) {
        assertThat(MediaType.of(value)).hasValue(new MediaType(text));
    }

    @Test
    void everyTokenCharacterMayStandInAType() {
        assertThat(MediaType.of("!#$%&'*+-.^_`|~9/Az"))
                .hasValue(new MediaType("!#$%&'*+-.^_`|~9/az"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "application",
                "application/",
                "/json",
                "application/json/x",
                "application json",
                "application/json, text/plain",
                "application/json charset=utf-8",
                "application/jsön",
                "a(/b",
                "application/json; charset",
                "application/json; charset=",
                "application/json; charset= utf-8",
                "application/json; charset =utf-8",
                "application/json; =utf-8",
                "application/json; charset=latin1",
                "application/json; charset=utf-16",
                "application/json; charset=utf-8; charset=utf-8",
                "application/json; charset=utf-8; Charset=latin1",
                "application/json; a=\"",
                "application/json; a=\"b",
                "application/json; a=\"b\\",
                "application/json; a=\"b\\\"",
                "application/json; a=\"b\"c",
                "application/json; a=\"b\u0000\"",
                "application/json; a=\"b\u007f\"",
                "application/json; a=\"b\\\u0001\"",
                "application/json; a=b c=d",
                "application/json; a=b,"
            })
    void whatIsNoUtf8MediaTypeIsRefused(String value) {
        assertThat(MediaType.of(value)).isEmpty();
    }

    @Test
    void identityCodingChangesNothing() {
        assertThat(ContentCoding.isIdentity(List.of())).isTrue();
        assertThat(ContentCoding.isIdentity(List.of(""))).isTrue();
        assertThat(ContentCoding.isIdentity(List.of("identity"))).isTrue();
        assertThat(ContentCoding.isIdentity(List.of(" Identity , identity", "identity"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity, gzip", "gzip,identity", "identity;q=1", "x"})
    void everyOtherCodingIsSeen(String value) {
        assertThat(ContentCoding.isIdentity(List.of(value))).isFalse();
        assertThat(ContentCoding.isIdentity(List.of("identity", value))).isFalse();
    }
}
