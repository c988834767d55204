package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The schema says what the readers do: they are asked about every word that stands in their own
/// sources, at every level of a file.
class SchemaTest {
    private static final Schema SCHEMA = new Schema(PolicySchema.text());
    private static final Pattern WORDS = Pattern.compile("`([^`]+)`");
    private static final Pattern WORD = Pattern.compile("\"([a-z][a-z0-9_]*)\"");

    /// One map of the language.
    ///
    /// @param frame a file in which `@` stands for the map's keys
    private record Level(String frame, List<String> at) {
        Level(String frame, String... at) {
            this(frame, List.of(at));
        }

        String with(String field) {
            return frame.replace("@", field);
        }
    }

    private static final String RULE = "version: 1\nnetwork_policies: {r: {@}}\n";
    private static final String ENDPOINT =
            RULE.replace("@", "binaries: any, endpoints: [{host: a.test, port: 1, @}]");
    private static final String REST = ENDPOINT.replace("@", "protocol: rest, rules: [{@}]");
    private static final String CLAUSE = REST.replace("@", "allow: {@}");
    private static final String MCP =
            ENDPOINT.replace("@", "protocol: mcp, rules: [{allow: {method: tools/call, @}}]");
    private static final String GRAPHQL =
            ENDPOINT.replace(
                    "@", "protocol: graphql, access: full, persisted_queries: allow_registered, @");
    private static final String INFERENCE = "version: 1\ninference: {@}\n";
    private static final List<Level> LEVELS =
            List.of(
                    new Level("{@}\n"),
                    new Level("preset: {@}\n", "preset"),
                    new Level("version: 1\nfilesystem_policy: {@}\n", "filesystem_policy"),
                    new Level("version: 1\nlandlock: {@}\n", "landlock"),
                    new Level("version: 1\nprocess: {@}\n", "process"),
                    new Level("version: 1\nprocess: {limits: {@}}\n", "process", "limits"),
                    new Level("egress: {@}\n", "egress"),
                    new Level(
                            "egress: {rules: [{host: a.test, port: 1, @}]}\n",
                            "$defs",
                            "shortRule"),
                    new Level("version: 1\ninspect: {@}\n", "inspect"),
                    new Level(RULE, "$defs", "rule"),
                    new Level(RULE.replace("@", "ask: {@}"), "$defs", "rule", "ask"),
                    new Level(RULE.replace("@", "limits: {@}"), "$defs", "rule", "limits"),
                    new Level(RULE.replace("@", "inspect: {@}"), "$defs", "inspect"),
                    new Level(RULE.replace("@", "binaries: [{@}]"), "$defs", "program"),
                    new Level(ENDPOINT, "$defs", "endpoint"),
                    new Level(
                            ENDPOINT.replace("@", "protocol: graphql, access: full, @"),
                            "$defs",
                            "endpoint"),
                    new Level(
                            ENDPOINT.replace("@", "protocol: json-rpc, json_rpc: {@}"),
                            "$defs",
                            "endpoint",
                            "json_rpc"),
                    new Level(
                            ENDPOINT.replace("@", "protocol: mcp, mcp: {@}"),
                            "$defs",
                            "endpoint",
                            "mcp"),
                    new Level(
                            ENDPOINT.replace("@", "credential_binding: {@}"),
                            "$defs",
                            "endpoint",
                            "credential_binding"),
                    new Level(
                            GRAPHQL.replace("@", "graphql_persisted_queries: {q: {@}}"),
                            "$defs",
                            "endpoint",
                            "graphql_persisted_queries",
                            "additionalProperties"),
                    new Level(REST, "$defs", "endpoint", "rules", "items"),
                    new Level(CLAUSE, "$defs", "clause"),
                    new Level(
                            ENDPOINT.replace("@", "protocol: graphql, rules: [{allow: {@}}]"),
                            "$defs",
                            "clause"),
                    new Level(MCP.replace("@", "params: {@}"), "$defs", "clause", "params"),
                    new Level(MCP.replace("@", "tool: {@}"), "$defs", "globs"),
                    new Level(CLAUSE.replace("@", "query: {q: {@}}"), "$defs", "globs"),
                    new Level("version: 1\nnetwork_middlewares: {m: {@}}\n", "$defs", "middleware"),
                    new Level(
                            "version: 1\nnetwork_middlewares: {m: {endpoints: {@}}}\n",
                            "$defs",
                            "middleware",
                            "endpoints"),
                    new Level(INFERENCE, "$defs", "inference"),
                    new Level(
                            INFERENCE.replace("@", "providers: {p: {@}}"),
                            "$defs",
                            "inference",
                            "providers",
                            "additionalProperties"),
                    new Level(
                            INFERENCE.replace("@", "routes: [{@}]"),
                            "$defs",
                            "inference",
                            "routes",
                            "items"),
                    new Level(
                            INFERENCE.replace("@", "routes: [{model: a, to: [{@}]}]"),
                            "$defs",
                            "inference",
                            "routes",
                            "items",
                            "to",
                            "items"),
                    new Level(
                            INFERENCE.replace("@", "budgets: [{@}]"),
                            "$defs",
                            "inference",
                            "budgets",
                            "items"),
                    new Level(
                            INFERENCE.replace("@", "timeouts: {@}"),
                            "$defs",
                            "inference",
                            "timeouts"));

    @TestFactory
    Stream<DynamicTest> theSchemasKeysAreThoseOfTheReaders() throws IOException {
        var words = words();
        assertThat(words).hasSizeGreaterThan(100);
        return LEVELS.stream()
                .map(level ->
                        DynamicTest.dynamicTest(
                                level.frame(),
                                () -> {
                                    assertThat(isKey(level, "zzz")).isFalse();
                                    assertThat(keys(level))
                                            .isEqualTo(
                                                    words.stream()
                                                            .filter(word -> isKey(level, word))
                                                            .collect(Collectors.toSet()));
                                }));
    }

    @TestFactory
    Stream<DynamicTest> theSchemasWordsForValuesAreThoseOfTheReaders() {
        return LEVELS.stream()
                .flatMap(level ->
                        keys(level).stream()
                                .map(key ->
                                        DynamicTest.dynamicTest(
                                                level.with(key),
                                                () ->
                                                        assertThat(schemaWords(level, key))
                                                                .isEqualTo(possible(level, key))))
                                .toList()
                                .stream());
    }

    @Test
    void everyMapOfTheSchemaIsHeldAgainstItsReader() {
        var held = LEVELS.stream().map(level -> SCHEMA.at(level.at())).collect(Collectors.toSet());

        assertThat(held).isEqualTo(SCHEMA.objects());
    }

    @Test
    void everyMapIsClosedAndEveryKeyDescribed() {
        for (var map : SCHEMA.objects()) {
            assertThat(map.get("additionalProperties")).isEqualTo(false);
            Schema.map(map, "properties")
                    .forEach((key, part) -> {
                        var own = (Map<?, ?>) part;
                        var described = own.containsKey("description") ? own : SCHEMA.resolved(own);
                        assertThat(described.get("description"))
                                .as("%s", key)
                                .asString()
                                .hasSizeBetween(5, 200)
                                .endsWith(".");
                    });
        }
    }

    @TestFactory
    Stream<DynamicTest> whatTheReadersTakeIsValid() throws IOException {
        return texts().entrySet().stream()
                .filter(text -> Corpus.parse(text.getValue()) instanceof Parsed.Valid)
                .map(text ->
                        DynamicTest.dynamicTest(
                                text.getKey(),
                                () ->
                                        assertThat(SCHEMA.accepts(Schema.read(text.getValue())))
                                                .as(text.getValue())
                                                .isTrue()));
    }

    @TestFactory
    Stream<DynamicTest> unknownKeysAndWordsAreNotValid() throws IOException {
        return texts().entrySet().stream()
                .filter(text -> hasUnknown(text.getValue()))
                .map(text ->
                        DynamicTest.dynamicTest(
                                text.getKey(),
                                () ->
                                        assertThat(SCHEMA.accepts(Schema.read(text.getValue())))
                                                .as(text.getValue())
                                                .isFalse()));
    }

    private static boolean hasUnknown(String text) {
        var problems = Corpus.problems(text);
        boolean sound =
                problems.stream().noneMatch(p -> p.code() == Code.E01 || p.code() == Code.E02);
        return sound && problems.stream().anyMatch(SchemaTest::isUnknown);
    }

    /// An unknown key, or an unknown word where only some are possible.
    private static boolean isUnknown(Problem problem) {
        return problem.code() == Code.E03
                || (problem.code() == Code.E05
                        && (problem.hint().filter(h -> h.startsWith("possible: ")).isPresent()
                                || isMisspelt(problem)));
    }

    /// Methods may be unusual: no list holds them all.
    private static boolean isMisspelt(Problem problem) {
        return problem.message().contains("did you mean")
                && !problem.message().startsWith("method ");
    }

    private static boolean isKey(Level level, String key) {
        return Corpus.problems(level.with(key + ": 0")).stream()
                .noneMatch(p -> p.code() == Code.E03 && p.message().contains("key `" + key + "`"));
    }

    private static Set<String> keys(Level level) {
        return Schema.map(SCHEMA.at(level.at()), "properties").keySet().stream()
                .map(String::valueOf)
                .collect(Collectors.toSet());
    }

    /// The words that are possible, as the message about another one lists them.
    private static Set<String> possible(Level level, String key) {
        var found = new TreeSet<String>();
        for (var same : LEVELS) {
            if (same.at().equals(level.at())) {
                for (var value : List.of("zzzzzzzz", "[zzzzzzzz]")) {
                    Corpus.problems(same.with(key + ": " + value)).stream()
                            .filter(SchemaTest::isUnknown)
                            .filter(p -> p.message().contains("`zzzzzzzz`"))
                            .flatMap(p -> p.hint().stream())
                            .flatMap(hint -> WORDS.matcher(hint).results())
                            .forEach(word -> found.add(word.group(1)));
                }
            }
        }
        return found;
    }

    private static Set<String> schemaWords(Level level, String key) {
        var part = Schema.map(Schema.map(SCHEMA.at(level.at()), "properties"), key);
        var own = SCHEMA.resolved(part);
        var words = new TreeSet<String>();
        collect(own, words);
        if (own.get("items") instanceof Map<?, ?> items) {
            collect(items, words);
        }
        return words;
    }

    /// Those in small letters: an old spelling in capitals is taken with a warning.
    private static void collect(Map<?, ?> part, Set<String> words) {
        var options = new ArrayList<Map<?, ?>>(List.of(part));
        if (part.get("anyOf") instanceof List<?> list) {
            list.forEach(option -> options.add((Map<?, ?>) option));
        }
        for (var option : options) {
            if (option.get("enum") instanceof List<?> list && !option.containsKey("deprecated")) {
                list.forEach(word -> words.add(String.valueOf(word)));
            }
        }
    }

    /// Every text of the readers' own sources that could be a key.
    private static Set<String> words() throws IOException {
        var words = new HashSet<String>();
        try (var files = Files.list(Path.of("src/main/java/dev/clawhold/policyfile"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                WORD.matcher(Files.readString(file)).results().forEach(m -> words.add(m.group(1)));
            }
        }
        return words;
    }

    /// Every whole file of the corpora and every preset, by its name.
    private static Map<String, String> texts() throws IOException {
        var texts = new LinkedHashMap<String, String>();
        for (var name : List.of("connect.yaml", "requests.yaml")) {
            Corpus.map(Corpus.load(name), "policies")
                    .forEach((key, text) -> texts.put(name + " " + key, String.valueOf(text)));
        }
        var loading = Corpus.load("loading.yaml");
        var frames = Corpus.map(loading, "frames");
        Corpus.maps(loading, "cases")
                .forEach(line -> {
                    var frame = frames.keySet().stream().filter(line::containsKey).findFirst();
                    var key = frame.orElseThrow();
                    var text = Corpus.text(frames, key).replace("…", Corpus.text(line, key));
                    texts.put("loading.yaml " + text, text);
                });
        for (var preset : Presets.names()) {
            var bytes = Presets.bytes(preset).orElseThrow().bytes();
            texts.put("preset " + preset, new String(bytes, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
