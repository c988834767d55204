package dev.clawhold.policy.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcMessageTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"book.list\"}";
    private static final String DELETE =
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"book.delete\",\"params\":[7]}";
    private static final RpcMessage LIST_CALL =
            new RpcMessage.Call("book.list", Optional.empty(), false);
    private static final RpcMessage DELETE_CALL =
            new RpcMessage.Call(
                    "book.delete",
                    Optional.of(new JsonValue.Items(List.of(new JsonValue.Numeral("7")))),
                    false);

    @Test
    void aCallHasAMethodAndPerhapsParams() {
        assertThat(read(LIST)).isEqualTo(good(LIST_CALL));
        assertThat(read(DELETE)).isEqualTo(good(DELETE_CALL));
        assertThat(read(message("\"id\":\"a\",\"method\":\"\",\"params\":{}")))
                .isEqualTo(
                        good(
                                new RpcMessage.Call(
                                        "", Optional.of(new JsonValue.Fields(Map.of())), false)));
    }

    @Test
    void aCallWithoutAnIdIsANotification() {
        assertThat(read(message("\"method\":\"m\"")))
                .isEqualTo(good(new RpcMessage.Call("m", Optional.empty(), true)));
        assertThat(read(message("\"id\":null,\"method\":\"m\"")))
                .isEqualTo(good(new RpcMessage.Call("m", Optional.empty(), false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\":1,\"result\":null",
                "\"id\":\"x\",\"result\":{\"a\":1}",
                "\"id\":1,\"error\":{\"code\":1,\"message\":\"m\"}",
                "\"id\":null,\"error\":{}"
            })
    void anAnswerHasAResultOrAnError(String members) {
        assertThat(read(message(members))).isEqualTo(good(new RpcMessage.Response()));
    }

    @Test
    void aBatchKeepsItsOrder() {
        assertThat(read("[" + LIST + "," + DELETE + "]")).isEqualTo(good(LIST_CALL, DELETE_CALL));
        assertThat(read("[" + LIST + "]")).isEqualTo(good(LIST_CALL));
        assertThat(read("[" + message("\"id\":1,\"result\":1") + "," + LIST + "]"))
                .isEqualTo(good(new RpcMessage.Response(), LIST_CALL));
    }

    @Test
    void otherMembersDoNotCount() {
        assertThat(read(message("\"id\":1,\"method\":\"book.list\",\"_meta\":{},\"x\":1")))
                .isEqualTo(good(LIST_CALL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "^^ ~ the text ends too early",
                "{ ~ the text ends too early",
                "1 ~ a message is not an object",
                "\"m\" ~ a message is not an object",
                "null ~ a message is not an object",
                "[] ~ an empty batch",
                "[1] ~ a message is not an object",
                "[[]] ~ a message is not an object",
                "{} ~ `jsonrpc` is not `\"2.0\"`",
                "{\"jsonrpc\":2.0,\"method\":\"m\"} ~ `jsonrpc` is not `\"2.0\"`",
                "{\"jsonrpc\":\"1.0\",\"method\":\"m\"} ~ `jsonrpc` is not `\"2.0\"`",
                "{\"jsonrpc\":\"2.0\"} ~ neither a call nor an answer",
                "{\"jsonrpc\":\"2.0\",\"id\":1} ~ neither a call nor an answer",
                "{\"jsonrpc\":\"2.0\",\"result\":1} ~ neither a call nor an answer",
                "{\"jsonrpc\":\"2.0\",\"error\":{}} ~ neither a call nor an answer",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"error\":{}} ~ neither a call nor an"
                        + " answer",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"params\":[]} ~ neither a call nor an"
                        + " answer",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"params\":[]} ~ neither a call nor an answer",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"result\":1} ~ a call and an answer at once",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"error\":null} ~ a call and an answer at"
                        + " once",
                "{\"jsonrpc\":\"2.0\",\"method\":7} ~ `method` is not a text",
                "{\"jsonrpc\":\"2.0\",\"method\":null} ~ `method` is not a text",
                "{\"jsonrpc\":\"2.0\",\"method\":[\"m\"]} ~ `method` is not a text",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":true} ~ `id` is not a text or a number",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":[]} ~ `id` is not a text or a number",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":{}} ~ `id` is not a text or a number",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":null} ~ `params` is neither an"
                        + " array nor an object",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":\"x\"} ~ `params` is neither an"
                        + " array nor an object",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"method\":\"n\"} ~ a key is repeated",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"m\\u0065thod\":\"n\"} ~ a key is repeated",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"a\":1,\"a\":1}} ~ a key is"
                        + " repeated",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"Method\":\"n\"} ~ a member differs from a"
                        + " known one in letter case",
                "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"paramſ\":{}} ~ a member differs from a known"
                        + " one in letter case"
            })
    void whatIsNoJsonRpcIsMalformed(String body, String message) {
        assertThat(read(body)).isEqualTo(new RpcMessage.Read.Bad(message));
    }

    @Test
    void oneMalformedMessageSpoilsTheBatch() {
        assertThat(read("[" + LIST + ",{}]"))
                .isEqualTo(new RpcMessage.Read.Bad("`jsonrpc` is not `\"2.0\"`"));
    }

    @Nested
    class AToolCall {
        @Test
        void hasANameAndArguments() {
            assertThat(tool("{\"name\":\"pay\",\"arguments\":{\"to\":{\"iban\":1}}}"))
                    .hasValue(
                            new RpcMessage.ToolCall(
                                    "pay",
                                    new JsonValue.Fields(
                                            Map.of(
                                                    "to",
                                                    new JsonValue.Fields(
                                                            Map.of(
                                                                    "iban",
                                                                    new JsonValue.Numeral(
                                                                            "1")))))));
            assertThat(tool("{\"name\":\"bad name\",\"_meta\":{}}"))
                    .hasValue(new RpcMessage.ToolCall("bad name", new JsonValue.Fields(Map.of())));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "[]",
                    "[\"search\"]",
                    "{\"name\":7}",
                    "{\"name\":null}",
                    "{\"name\":{}}",
                    "{\"name\":\"a\",\"arguments\":[]}",
                    "{\"name\":\"a\",\"arguments\":null}",
                    "{\"name\":\"a\",\"arguments\":\"x\"}",
                    "{\"name\":\"a\",\"Name\":\"b\"}",
                    "{\"name\":\"a\",\"ARGUMENTS\":{}}"
                })
        void isNoneWhereServersCouldDiffer(String params) {
            assertThat(tool(params)).isEmpty();
        }

        @Test
        void isNoneWithoutParams() {
            assertThat(new RpcMessage.Call("tools/call", Optional.empty(), false).tool()).isEmpty();
        }

        private static Optional<RpcMessage.ToolCall> tool(String params) {
            var read = read(message("\"id\":1,\"method\":\"tools/call\",\"params\":" + params));
            return read instanceof RpcMessage.Read.Good(var messages)
                            && messages.getFirst() instanceof RpcMessage.Call call
                    ? call.tool()
                    : Optional.of(
                            new RpcMessage.ToolCall(
                                    "not a call: " + read, new JsonValue.Fields(Map.of())));
        }
    }

    private static String message(String members) {
        return "{\"jsonrpc\":\"2.0\"," + members + "}";
    }

    private static RpcMessage.Read read(String body) {
        return RpcMessage.read(body.getBytes(UTF_8));
    }

    private static RpcMessage.Read good(RpcMessage... messages) {
        return new RpcMessage.Read.Good(List.of(messages));
    }
}
