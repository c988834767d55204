package dev.clawhold.policy.content;

import static dev.clawhold.policy.Fuzz.must;

import dev.clawhold.policy.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies as whatever a client sends: JSON, GraphQL, JSON-RPC, secrets.
class BodyFuzzTest {
    static List<Path> inputs() {
        return Fuzz.inputs(BodyFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void everyBodyIsReadOrRefused(Path input) {
        fuzzerTestOneInput(Fuzz.bytes(input));
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        var text = Fuzz.text(bytes);
        json(bytes, text);
        graphQl(bytes, text);
        if (RpcMessage.read(bytes) instanceof RpcMessage.Read.Good(var messages)) {
            must(!messages.isEmpty(), "a batch has messages", text);
            must(Json.read(bytes) instanceof Json.Read.Good, "a message is JSON", text);
            for (var message : messages) {
                if (message instanceof RpcMessage.Call call) {
                    call.tool();
                }
            }
        }
        SecretScan.scan(bytes, SecretScan.Place.ofHeader("x-a"), "api.test");
        must(
                SecretScan.scan(text, SecretScan.Place.ofHeader("x-a"), "api.test").isEmpty()
                        || !text.isEmpty(),
                "nothing holds no secret",
                text);
        MediaType.of(text)
                .ifPresent(type ->
                        must(
                                MediaType.of(type.text()).equals(Optional.of(type)),
                                "a media type means itself",
                                text));
    }

    private static void json(byte[] bytes, String text) {
        switch (Json.read(bytes)) {
            case Json.Read.Bad(var message, int offset) -> {
                must(!message.isBlank(), "has words", text);
                must(offset >= 0 && offset <= bytes.length, "lies in the text: " + offset, text);
            }
            case Json.Read.Good(var value) ->
                    Canonical.text(value)
                            .ifPresent(form -> {
                                var again = read(form);
                                must(
                                        Canonical.text(again).equals(Optional.of(form)),
                                        "the canonical form means itself",
                                        text);
                            });
        }
    }

    private static JsonValue read(String form) {
        return switch (Json.read(form.getBytes(StandardCharsets.UTF_8))) {
            case Json.Read.Good(var value) -> value;
            case Json.Read.Bad(var message, _) -> throw new AssertionError(message + ": " + form);
        };
    }

    private static void graphQl(byte[] bytes, String text) {
        switch (GraphQlOperation.read(text, Optional.empty())) {
            case GraphQlOperation.Read.Bad(var message) ->
                    must(!message.isBlank(), "has words", text);
            case GraphQlOperation.Read.Good(var operation) -> {
                must(!operation.rootFields().contains("__typename"), "leaves it out", text);
                operation
                        .name()
                        .ifPresent(name ->
                                must(
                                        GraphQlOperation.read(text, Optional.of(name))
                                                .equals(new GraphQlOperation.Read.Good(operation)),
                                        "is found by its name",
                                        text));
            }
        }
        GraphQlRequest.ofJson(bytes, List.of());
        GraphQlRequest.ofText(bytes, List.of());
        GraphQlRequest.ofParameters(List.of(Map.entry("query", text)));
    }
}
