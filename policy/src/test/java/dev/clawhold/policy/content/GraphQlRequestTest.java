package dev.clawhold.policy.content;

import static dev.clawhold.policy.content.OperationType.MUTATION;
import static dev.clawhold.policy.content.OperationType.QUERY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphQlRequestTest {
    private static final GraphQlRequest.Entry VIEWER =
            text(QUERY, Optional.empty(), Set.of("viewer"));
    private static final GraphQlRequest.Entry DELETE =
            text(MUTATION, Optional.of("AddX"), Set.of("deleteNote"));
    private static final String VIEWER_JSON = "{\"query\":\"{viewer{id}}\"}";
    private static final String DELETE_JSON = "{\"query\":\"mutation AddX{deleteNote}\"}";

    @Nested
    class AJsonBody {
        @Test
        void holdsOneRequest() {
            assertThat(json(VIEWER_JSON)).isEqualTo(good(VIEWER));
            assertThat(json("{\"query\":\"{viewer{id} secret}\"}"))
                    .isEqualTo(good(text(QUERY, Optional.empty(), Set.of("viewer", "secret"))));
            assertThat(json(DELETE_JSON)).isEqualTo(good(DELETE));
        }

        @Test
        void mayBeABatch() {
            assertThat(json("[" + VIEWER_JSON + "," + DELETE_JSON + "]"))
                    .isEqualTo(good(VIEWER, DELETE));
            assertThat(json("[" + VIEWER_JSON + "]")).isEqualTo(good(VIEWER));
        }

        @Test
        void holdsAtMostAThousandRequests() {
            assertThat(json("[" + (VIEWER_JSON + ",").repeat(999) + VIEWER_JSON + "]"))
                    .isInstanceOfSatisfying(
                            GraphQlRequest.Read.Good.class,
                            read -> assertThat(read.request().entries()).hasSize(1000));
            assertThat(json("[" + (VIEWER_JSON + ",").repeat(1000) + VIEWER_JSON + "]"))
                    .isEqualTo(bad("a batch of none or of more than 1000 requests"));
        }

        @Test
        void isChosenFromByOperationName() {
            assertThat(
                            json(
                                    "{\"query\":\"query V{viewer} mutation AddX{deleteNote}\","
                                            + "\"operationName\":\"AddX\"}"))
                    .isEqualTo(good(DELETE));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"query\":\"{viewer}\",\"operationName\":null,\"variables\":null,"
                            + "\"extensions\":null}",
                    "{\"query\":\"{viewer}\",\"variables\":{\"a\":[1]},\"extensions\":{}}",
                    "{\"query\":\"{viewer}\",\"id\":7,\"documentId\":null,\"other\":[{}]}",
                    "{\"query\":\"{viewer}\",\"id\":\"x\"}",
                    "{\"query\":\"{viewer}\",\"extensions\":{\"persistedQuery\":{\"version\":1,"
                            + "\"sha256Hash\":\"ab\"}}}",
                    "{\"query\":\"{viewer}\",\"extensions\":{\"persistedQuery\":null}}",
                    "{\"\\u0071uery\":\"{v\\u0069ewer}\"}"
                })
        void mayHoldWhatClientsAdd(String body) {
            assertThat(json(body)).isEqualTo(good(VIEWER));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                quoteCharacter = '`',
                value = {
                    "`` ~ the text ends too early",
                    "query={a} ~ expected a value",
                    "1 ~ a request is not an object",
                    "\"{a}\" ~ a request is not an object",
                    "[] ~ a batch of none or of more than 1000 requests",
                    "[[{\"query\":\"{a}\"}]] ~ a request is not an object",
                    "[{\"query\":\"{a}\"},null] ~ a request is not an object",
                    "{\"query\":\"{a}\",\"query\":\"{b}\"} ~ a key is repeated",
                    "{\"query\":\"{a}\",\"qu\\u0065ry\":\"{b}\"} ~ a key is repeated",
                    "{\"query\":\"{a}\",\"Query\":\"{b}\"} ~ a member differs from a known one in"
                            + " letter case",
                    "{\"OPERATIONNAME\":1,\"query\":\"{a}\"} ~ a member differs from a known one in"
                            + " letter case",
                    "{\"query\":\"{a}\",\"extenſions\":{}} ~ a member differs from a known one in"
                            + " letter case",
                    "{\"extensions\":{\"PersistedQuery\":{}},\"query\":\"{a}\"} ~ a member differs"
                            + " from a known one in letter case",
                    "{\"extensions\":{\"persistedQuery\":{\"SHA256hash\":\"a\"}},\"query\":\"{a}\"}"
                            + " ~ a member differs from a known one in letter case",
                    "{} ~ neither a text nor one registered name",
                    "{\"query\":null} ~ neither a text nor one registered name",
                    "{\"operationName\":\"A\"} ~ neither a text nor one registered name",
                    "{\"query\":7} ~ a member is not a text",
                    "{\"query\":[\"{a}\"]} ~ a member is not a text",
                    "{\"query\":{}} ~ a member is not a text",
                    "{\"query\":true} ~ a member is not a text",
                    "{\"query\":\"{a}\",\"operationName\":1} ~ a member is not a text",
                    "{\"query\":\"{a}\",\"variables\":[]} ~ a member is not an object",
                    "{\"query\":\"{a}\",\"variables\":\"{}\"} ~ a member is not an object",
                    "{\"query\":\"{a}\",\"variables\":1} ~ a member is not an object",
                    "{\"query\":\"{a}\",\"extensions\":true} ~ a member is not an object",
                    "{\"query\":\"\"} ~ the document ends too early",
                    "{\"query\":\"{a\"} ~ the document ends too early",
                    "{\"query\":\"query A{a} query B{b}\"} ~ not one operation, and no name to"
                            + " choose by",
                    "{\"query\":\"{a}\",\"operationName\":\"\"} ~ no operation has the wanted name",
                    "{\"query\":\"{a}\",\"documentId\":\"x\"} ~ a text and a `documentId`"
                })
        void isMalformedWhereItHasNoOneReading(String body, String message) {
            assertThat(json(body)).isEqualTo(bad(message));
        }

        @Test
        void oneMalformedRequestSpoilsTheBatch() {
            assertThat(json("[" + VIEWER_JSON + ",{\"query\":\"{\"}]"))
                    .isEqualTo(bad("the document ends too early"));
        }
    }

    @Nested
    class ARegisteredDocument {
        @ParameterizedTest
        @CsvSource(
                delimiter = '~',
                value = {
                    "{\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"ab\"}}} ~ ab",
                    "{\"operationName\":\"A\",\"variables\":{},\"extensions\":{\"persistedQuery\":"
                            + "{\"sha256Hash\":\"cd\"}}} ~ cd",
                    "{\"documentId\":\"sha256:ef\"} ~ sha256:ef",
                    "{\"id\":\"q1\"} ~ q1",
                    "{\"query\":null,\"id\":\"q1\"} ~ q1",
                    "{\"documentId\":\"q1\",\"id\":\"q1\"} ~ q1"
                })
        void isNamedByAHashOrAnId(String body, String id) {
            assertThat(json(body)).isEqualTo(good(new GraphQlRequest.Entry.Registered(id)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"id\":7}",
                    "{\"id\":\"\"}",
                    "{\"documentId\":7}",
                    "{\"documentId\":\"a\",\"id\":\"b\"}",
                    "{\"documentId\":\"a\",\"extensions\":{\"persistedQuery\":"
                            + "{\"sha256Hash\":\"b\"}}}",
                    "{\"extensions\":{\"persistedQuery\":{\"sha256Hash\":7}}}",
                    "{\"extensions\":{\"persistedQuery\":{}}}",
                    "{\"extensions\":{\"persistedQuery\":[]}}",
                    "{\"extensions\":{\"persistedQuery\":\"ab\"}}",
                    "{\"extensions\":{}}"
                })
        void isMalformedWhereItIsNotNamedOnce(String body) {
            assertThat(json(body)).isInstanceOf(GraphQlRequest.Read.Bad.class);
        }

        @Test
        void mayStandInABatch() {
            assertThat(json("[{\"id\":\"q1\"}," + VIEWER_JSON + "]"))
                    .isEqualTo(good(new GraphQlRequest.Entry.Registered("q1"), VIEWER));
        }
    }

    @Nested
    class ParametersBesideABody {
        @Test
        void thatAGraphQlServerDoesNotKnowPass() {
            assertThat(json(VIEWER_JSON, "v", "1", "w", "1")).isEqualTo(good(VIEWER));
        }

        @ParameterizedTest
        @ValueSource(strings = {"query", "variables", "extensions", "documentId", "id"})
        void thatCouldReplaceTheBodyAreMalformed(String name) {
            assertThat(json(VIEWER_JSON, name, "{}"))
                    .isEqualTo(bad("a parameter stands beside the body"));
        }

        @Test
        void mayRepeatTheOperationName() {
            var body = "{\"query\":\"mutation AddX{deleteNote}\",\"operationName\":\"AddX\"}";
            assertThat(json(body, "operationName", "AddX")).isEqualTo(good(DELETE));
            assertThat(json(body, "operationName", "Other"))
                    .isEqualTo(bad("a parameter stands beside the body"));
            assertThat(json(DELETE_JSON, "operationName", "AddX"))
                    .isEqualTo(bad("a parameter stands beside the body"));
        }

        @Test
        void areMalformedWhenRepeated() {
            assertThat(json(VIEWER_JSON, "v", "1", "v", "1"))
                    .isEqualTo(bad("a parameter is repeated"));
            assertThat(json(VIEWER_JSON, "QUERY", "{a}")).isEqualTo(bad("a parameter is repeated"));
        }
    }

    @Nested
    class ATextBody {
        @Test
        void isTheDocument() {
            assertThat(plain("mutation AddX{deleteNote}")).isEqualTo(good(DELETE));
            assertThat(plain("{viewer}", "variables", "{\"a\":1}", "extensions", ""))
                    .isEqualTo(good(VIEWER));
        }

        @Test
        void isChosenFromByTheParameter() {
            var two = "query V{viewer} mutation AddX{deleteNote}";
            assertThat(plain(two, "operationName", "AddX")).isEqualTo(good(DELETE));
            assertThat(plain(two)).isInstanceOf(GraphQlRequest.Read.Bad.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"query", "documentId", "id"})
        void isTheOnlyDocument(String name) {
            assertThat(plain("{viewer}", name, "{viewer}"))
                    .isEqualTo(bad("a parameter stands beside the body"));
        }

        @Test
        void mustBeUtf8() {
            assertThat(GraphQlRequest.ofText(new byte[] {'{', 'a', '}', '#', -1}, List.of()))
                    .isEqualTo(bad("not UTF-8"));
        }

        @Test
        void hasWellFormedParameters() {
            assertThat(plain("{viewer}", "variables", "[]"))
                    .isEqualTo(bad("a member is not an object"));
            assertThat(plain("{viewer}", "extensions", "{\"a\":1,\"a\":1}"))
                    .isEqualTo(bad("a key is repeated"));
            assertThat(plain("{viewer}", "extensions", "{\"persistedQuery\":1}"))
                    .isEqualTo(bad("a member is not an object"));
        }
    }

    @Nested
    class AGet {
        @Test
        void holdsOneRequest() {
            assertThat(get("query", "{viewer}")).isEqualTo(good(VIEWER));
            assertThat(
                            get(
                                    "query",
                                    "query V{viewer} mutation AddX{deleteNote}",
                                    "operationName",
                                    "AddX",
                                    "variables",
                                    "{\"a\":1}",
                                    "extensions",
                                    "{}",
                                    "v",
                                    "1"))
                    .isEqualTo(good(DELETE));
            assertThat(get("query", "{viewer}", "id", "7")).isEqualTo(good(VIEWER));
        }

        @Test
        void mayNameARegisteredDocument() {
            assertThat(get("extensions", "{\"persistedQuery\":{\"sha256Hash\":\"ab\"}}"))
                    .isEqualTo(good(new GraphQlRequest.Entry.Registered("ab")));
            assertThat(get("documentId", "ab", "variables", "null"))
                    .isEqualTo(good(new GraphQlRequest.Entry.Registered("ab")));
            assertThat(get("id", "ab")).isEqualTo(good(new GraphQlRequest.Entry.Registered("ab")));
        }

        @Test
        void isMalformedWhereItHasNoOneReading() {
            assertThat(get()).isEqualTo(bad("neither a text nor one registered name"));
            assertThat(get("query", "")).isEqualTo(bad("the document ends too early"));
            assertThat(get("query", "{a}", "query", "{a}"))
                    .isEqualTo(bad("a parameter is repeated"));
            assertThat(get("query", "{a}", "Query", "{b}"))
                    .isEqualTo(bad("a parameter is repeated"));
            assertThat(get("query", "{a}", "x", "1", "x", "2"))
                    .isEqualTo(bad("a parameter is repeated"));
            assertThat(get("query", "{a}", "documentId", "b"))
                    .isEqualTo(bad("a text and a `documentId`"));
            assertThat(get("query", "{a}", "variables", "1"))
                    .isEqualTo(bad("a member is not an object"));
            assertThat(get("query", "{a}", "extensions", "{"))
                    .isEqualTo(bad("the text ends too early"));
            assertThat(get("id", "a", "variables", "[]"))
                    .isEqualTo(bad("a member is not an object"));
            assertThat(get("query", "{a}", "extensions", "{\"persistedQuery\":1}"))
                    .isEqualTo(bad("a member is not an object"));
        }
    }

    @Test
    void aValueThatIsReadAlreadyIsJudgedAlike() {
        var payload = new JsonValue.Fields(Map.of("query", new JsonValue.Text("{viewer}")));
        assertThat(GraphQlRequest.of(payload)).isEqualTo(good(VIEWER));
        assertThat(GraphQlRequest.of(new JsonValue.Null()))
                .isEqualTo(bad("a request is not an object"));
    }

    private static GraphQlRequest.Entry text(
            OperationType type, Optional<String> name, Set<String> fields) {
        return new GraphQlRequest.Entry.Text(new GraphQlOperation(type, name, fields));
    }

    private static GraphQlRequest.Read good(GraphQlRequest.Entry... entries) {
        return new GraphQlRequest.Read.Good(new GraphQlRequest(List.of(entries)));
    }

    private static GraphQlRequest.Read bad(String message) {
        return new GraphQlRequest.Read.Bad(message);
    }

    private static GraphQlRequest.Read json(String body, String... parameters) {
        return GraphQlRequest.ofJson(body.getBytes(UTF_8), pairs(parameters));
    }

    private static GraphQlRequest.Read plain(String body, String... parameters) {
        return GraphQlRequest.ofText(body.getBytes(UTF_8), pairs(parameters));
    }

    private static GraphQlRequest.Read get(String... parameters) {
        return GraphQlRequest.ofParameters(pairs(parameters));
    }

    private static List<Map.Entry<String, String>> pairs(String... texts) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        for (int i = 0; i < texts.length; i += 2) {
            pairs.add(Map.entry(texts[i], texts[i + 1]));
        }
        return pairs;
    }
}
