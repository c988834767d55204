package dev.clawhold.policy.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever bytes arrive, each reader answers with a value, and what it took for good holds.
class HostileBodiesTest {
    private static final long SEED = 20_261_120;
    private static final int ROUNDS = 20_000;
    private static final List<String> JSON =
            List.of(
                    "{\"query\":\"query A($x:[Int!]=[1]){a:b(c:{d:$x}) ...F}"
                            + " fragment F on Q{e @d(f:\\\"g\\\")}\",\"operationName\":\"A\"}",
                    "[{\"id\":\"x\"},{\"query\":\"{a}\",\"variables\":{\"b\":null}}]",
                    "{\"extensions\":{\"persistedQuery\":{\"sha256Hash\":\"ab\"}}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                            + "{\"name\":\"pay\",\"arguments\":{\"to\":[1.5e-3,true,\"\\ud83d"
                            + "\\ude00é\"]}}}",
                    "[{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{}},{\"jsonrpc\":\"2.0\","
                            + "\"method\":\"m\"}]");
    private static final List<String> DOCUMENTS =
            List.of(
                    "query A($x:[Int!]! = [1,-2.5e3] @d){a:b(c:{d:$x e:[E]}) @i(if:true){g} ...F}"
                            + "fragment F on Q{e(h:\"\\u00e9\" i:\"\"\"j\\\"\"\" \"k\" \"\"\") ...G}"
                            + "fragment G on Q{... on Q{z}}",
                    "#c\n{a,b ...@d{c}}",
                    "mutation M{a} subscription S{b}");

    @Test
    void everyMutationOfJsonIsAnswered() {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var body = mutated(pick(JSON, random), random);
            var hint = "seed " + SEED + ", round " + round;
            if (Json.read(body) instanceof Json.Read.Good(var value)) {
                assertThat(Utf8.decode(body)).as(hint).isPresent();
                Canonical.text(value).ifPresent(text -> holdsStill(text, hint));
            }
            if (GraphQlRequest.ofJson(body, List.of())
                    instanceof GraphQlRequest.Read.Good(var request)) {
                assertThat(request.entries()).as(hint).isNotEmpty();
                assertThat(Json.read(body)).as(hint).isInstanceOf(Json.Read.Good.class);
            }
            if (RpcMessage.read(body) instanceof RpcMessage.Read.Good(var messages)) {
                assertThat(messages).as(hint).isNotEmpty();
                for (var message : messages) {
                    assertThat(message instanceof RpcMessage.Call call && call.tool().isPresent())
                            .as(hint)
                            .isEqualTo(hasTool(message));
                }
            }
        }
    }

    private static void holdsStill(String text, String hint) {
        assertThat(Json.read(text))
                .as(hint)
                .isInstanceOfSatisfying(
                        Json.Read.Good.class,
                        again -> assertThat(Canonical.text(again.value())).as(hint).hasValue(text));
    }

    private static boolean hasTool(RpcMessage message) {
        return message instanceof RpcMessage.Call(_, var params, _)
                && params.isPresent()
                && params.get() instanceof JsonValue.Fields(var members)
                && members.get("name") instanceof JsonValue.Text
                && members.getOrDefault("arguments", new JsonValue.Fields(Map.of()))
                        instanceof JsonValue.Fields
                && members.keySet().stream()
                        .filter(key -> !key.equals("name") && !key.equals("arguments"))
                        .noneMatch(key ->
                                key.equalsIgnoreCase("name") || key.equalsIgnoreCase("arguments"));
    }

    @Test
    void everyMutationOfADocumentIsAnswered() {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var text = new String(mutated(pick(DOCUMENTS, random), random), ISO_8859_1);
            var hint = "seed " + SEED + ", round " + round;
            if (GraphQlOperation.read(text, Optional.empty())
                    instanceof GraphQlOperation.Read.Good(var operation)) {
                assertThat(operation.rootFields())
                        .as(hint)
                        .allSatisfy(field -> assertThat(text).contains(field))
                        .doesNotContain("__typename");
                var spaced = "\uFEFF,#\n" + text + "\n,\uFEFF";
                assertThat(GraphQlOperation.read(spaced, operation.name()))
                        .as(hint)
                        .isEqualTo(new GraphQlOperation.Read.Good(operation));
            }
        }
    }

    @Test
    void everyMutationOfASecretIsAnswered() {
        var random = new SplittableRandom(SEED);
        var seeds =
                List.of(
                        "k=%67hp_" + "a".repeat(36),
                        "-----BEGIN RSA PRIVATE KEY-----",
                        "%2525" + "QUtJQ".repeat(20) + "\\n==",
                        "12345678:" + "a".repeat(35) + " AKIA" + "A".repeat(16));
        for (int round = 0; round < ROUNDS; round++) {
            var bytes = mutated(pick(seeds, random), random);
            var found = SecretScan.scan(bytes, SecretScan.Place.ELSEWHERE, "x.test");
            var surrounded = " " + new String(bytes, ISO_8859_1) + " ";
            assertThat(SecretScan.scan(surrounded, SecretScan.Place.ELSEWHERE, "x.test"))
                    .as("seed " + SEED + ", round " + round)
                    .isEqualTo(found);
        }
    }

    @Test
    void everyMutationOfAMediaTypeIsAnswered() {
        var random = new SplittableRandom(SEED);
        var seeds = List.of("application/json; charset=\"utf-8\"; a=b", "a/b;c=\"\\d\"");
        for (int round = 0; round < ROUNDS; round++) {
            var text = new String(mutated(pick(seeds, random), random), ISO_8859_1);
            MediaType.of(text)
                    .ifPresent(
                            type -> assertThat(MediaType.of(type.text())).as(text).hasValue(type));
        }
    }

    private static String pick(List<String> texts, SplittableRandom random) {
        return texts.get(random.nextInt(texts.size()));
    }

    /// One to four small changes: a byte replaced, dropped, doubled; a part moved.
    private static byte[] mutated(String text, SplittableRandom random) {
        var bytes = text.getBytes(UTF_8);
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            int to = at + random.nextInt(Math.min(8, bytes.length - at) + 1);
            var head = Arrays.copyOf(bytes, at);
            var part = Arrays.copyOfRange(bytes, at, to);
            var tail = Arrays.copyOfRange(bytes, to, bytes.length);
            bytes =
                    switch (random.nextInt(4)) {
                        case 0 -> joined(head, anyByte(random), tail);
                        case 1 -> joined(head, tail);
                        case 2 -> joined(head, part, part, tail);
                        default -> joined(tail, part, head);
                    };
        }
        return bytes;
    }

    private static byte[] anyByte(SplittableRandom random) {
        var likely = "{}[]()\":,.\\$@!#-+eE019 \n\u0000%=";
        return random.nextBoolean()
                ? new byte[] {(byte) random.nextInt(256)}
                : new byte[] {(byte) likely.charAt(random.nextInt(likely.length()))};
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var whole = new byte[length];
        int at = 0;
        for (var part : parts) {
            for (byte b : part) {
                whole[at++] = b;
            }
        }
        return whole;
    }
}
