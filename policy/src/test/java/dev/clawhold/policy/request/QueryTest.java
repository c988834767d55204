package dev.clawhold.policy.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @Test
    void parametersKeepTheirOrder() {
        assertThat(good("tag=pub-a&x=1&tag=pub-b.2").parameters())
                .containsExactly(
                        Map.entry("tag", "pub-a"),
                        Map.entry("x", "1"),
                        Map.entry("tag", "pub-b.2"));
        assertThat(good("tag=pub-a&x=1&tag=pub-b.2").values("tag"))
                .containsExactly("pub-a", "pub-b.2");
        assertThat(good("tag=pub-a").values("Tag")).isEmpty();
        assertThat(good("tag=pub-a").values("ta")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=b | a | b",
                "a | a | ``",
                "a= | a | ``",
                "=b | `` | b",
                "= | `` | ``",
                "a=b=c | a | b=c",
                "&&a=b& | a | b",
                "a+b=c+d%2Be | a b | c d+e",
                "%61%3D%26=%3d%26 | a=& | =&",
                "a=%2525 | a | %25",
                "a=%c3%a9%E2%82%AC | a | é€",
                "a=%00%0A | a | `\0\n`",
                "a=b;c=d | a | b;c=d",
                "a[]=b | a[] | b",
                "a=/../?x | a | /../?x"
            })
    void aParameterIsDecodedOnce(String text, String name, String value) {
        assertThat(good(text).parameters()).containsExactly(Map.entry(name, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "&&&"})
    void anEmptyQueryHasNoParameters(String text) {
        assertThat(good(text).parameters()).isEmpty();
        assertThat(good(text).values("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tag=pub-%2",
                "a=%",
                "%=b",
                "a=%zz",
                "a=%g1",
                "a=b&c=%1",
                "%4&a=b",
                "a=%ff",
                "a=%c3",
                "%c3=%a9",
                "a=%c0%ae",
                "a=%ed%a0%80",
                "a=é",
                "a=%２５"
            })
    void aBadTripletSpoilsTheQuery(String text) {
        assertThat(Query.of(text)).isEqualTo(new Query.Read.Bad());
    }

    @Test
    void aQueryOfSixteenThousandCharactersIsRead() {
        assertThat(good("a&".repeat(8192)).values("a")).hasSize(8192).containsOnly("");
    }

    @Test
    void equalParametersMakeEqualQueries() {
        assertThat(good("a=%62")).isEqualTo(new Query(List.of(Map.entry("a", "b"))));
    }

    private static Query good(String text) {
        return switch (Query.of(text)) {
            case Query.Read.Good(var query) -> query;
            case Query.Read.Bad() -> throw new AssertionError(text);
        };
    }
}
