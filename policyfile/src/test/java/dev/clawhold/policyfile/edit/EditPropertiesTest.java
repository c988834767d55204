package dev.clawhold.policyfile.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policyfile.Merging.Preference;
import dev.clawhold.policyfile.Parsed;
import dev.clawhold.policyfile.PolicyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds of merging and formatting whatever the policies are. Each failure names its seed.
class EditPropertiesTest {
    private static final int RUNS = 300;

    @Test
    void mergingTwiceIsMergingOnce() {
        for (int seed = 0; seed < RUNS; seed++) {
            var random = new Random(seed);
            var base = new RandomPolicy(random).text();
            var adds = List.of(new RandomPolicy(random).text(), new RandomPolicy(random).text());
            var result = merge(base, adds);
            assertThat(result)
                    .as("seed %d\n%s\n+\n%s", seed, base, adds)
                    .isNotInstanceOf(PolicyMerge.Merged.Invalid.class);
            if (result instanceof PolicyMerge.Merged.Text(var merged)) {
                var once = string(merged.bytes());
                assertThat(merge(once, adds))
                        .as("seed %d\n%s\n+\n%s", seed, base, adds)
                        .isInstanceOfSatisfying(
                                PolicyMerge.Merged.Text.class,
                                again -> assertThat(string(again.text().bytes())).isEqualTo(once));
            }
        }
    }

    @Test
    void whatIsMergedInDecidesAsTheUnion() {
        int merged = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            var random = new Random(seed);
            var base = new RandomPolicy(random).text();
            var add = new RandomPolicy(random).text();
            if (merge(base, List.of(add)) instanceof PolicyMerge.Merged.Text(var text)) {
                merged++;
                var whole = policy(string(text.bytes()));
                var one = policy(base);
                var other = policy(add);
                for (var request : requests()) {
                    assertThat(strictness(whole, request))
                            .as(
                                    "seed %d, %s\n%s\n+\n%s\n=\n%s",
                                    seed, request, base, add, string(text.bytes()))
                            .isEqualTo(union(strictness(one, request), strictness(other, request)));
                }
            }
        }
        assertThat(merged).isGreaterThan(RUNS / 2);
    }

    /// 0: a rule denies, 1: it would be asked, 2: inspected, 3: allowed, 4: no rule says anything.
    private static int union(int one, int other) {
        return Math.min(one, other);
    }

    private static int strictness(Policy policy, EgressRequest request) {
        return switch (policy.decide(request, Instant.EPOCH)) {
            case Verdict.Ask _ -> 1;
            case Verdict.Inspect _ -> 2;
            case Verdict.Allow _ -> 3;
            case Verdict.Deny(var reason) -> reason.code() == ReasonCode.DENIED_BY_RULE ? 0 : 4;
        };
    }

    @Test
    void whatStoodInTheBaseStands() {
        for (int seed = 0; seed < RUNS; seed++) {
            var random = new Random(seed);
            var base = new RandomPolicy(random).text();
            var add = new RandomPolicy(random).text();
            if (merge(base, List.of(add)) instanceof PolicyMerge.Merged.Text(var merged)) {
                var text = string(merged.bytes());
                if (count(base, "access:") > count(text, "access:")
                        || count(base, "access: read-only") > count(text, "access: read-only")
                        || count(base, "access: read-write") > count(text, "access: read-write")) {
                    continue; // the one thing that gives way to another
                }
                assertThat(isSubsequence(base.replace(" {}", ""), text))
                        .as("seed %d\n%s\n+\n%s\n=\n%s", seed, base, add, text)
                        .isTrue();
            }
        }
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length;
    }

    /// Every line in its order, those that grew by what stands between their own characters.
    private static boolean isSubsequence(String part, String whole) {
        int at = 0;
        for (int i = 0; i < whole.length() && at < part.length(); i++) {
            at += whole.charAt(i) == part.charAt(at) ? 1 : 0;
        }
        return at == part.length();
    }

    @Test
    void formattingKeepsTheMeaningAndIsDoneOnce() {
        for (int seed = 0; seed < RUNS; seed++) {
            var text = new RandomPolicy(new Random(seed)).text();
            checkFormat("seed " + seed, text);
        }
    }

    @Test
    void everyCaseOfMergingIsFormattedToo() throws IOException {
        FormatTest.cases("merge.yaml")
                .map(line -> String.valueOf(line.get("base")))
                .forEach(text -> checkFormat(text, text));
    }

    @Test
    void filesOfOtherToolsAreFormatted() throws IOException {
        var folder = folder();
        assumeTrue(folder.isPresent(), "no folder of policies of other tools");
        try (var files = Files.walk(folder.get())) {
            for (var file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                if (!file.endsWith("policy-template.yaml")) {
                    checkFormat(file.toString(), Files.readString(file));
                }
            }
        }
    }

    @Test
    void aBaselineThatHasAPresetStaysByteForByte() throws IOException {
        var folder = folder();
        assumeTrue(folder.isPresent(), "no folder of policies of other tools");
        var policies = folder.get().resolve("nemoclaw/nemoclaw-blueprint/policies");
        var base = Files.readString(policies.resolve("openclaw-sandbox.yaml"));
        var discord = Files.readString(policies.resolve("presets/discord.yaml"));
        assertThat(MergeCorpusTest.merged(base, discord)).isEqualTo(base);
        var pypi = Files.readString(policies.resolve("presets/pypi.yaml"));
        var more = MergeCorpusTest.merged(base, pypi);
        assertThat(more).startsWith(base.stripTrailing()).contains("\n  pypi:\n");
        assertThat(MergeCorpusTest.merged(more, pypi)).isEqualTo(more);
    }

    private static void checkFormat(String name, String text) {
        var once = FormatTest.formatted(text);
        assertThat(FormatTest.formatted(once)).as("%s\n%s", name, text).isEqualTo(once);
        if (PolicyFile.parse("p", bytes(text), 1) instanceof Parsed.Valid(var policy, _)) {
            var again = policy(once);
            assertThat(again.confinement()).as(name).isEqualTo(policy.confinement());
            for (var request : requests()) {
                assertThat(again.decide(request, Instant.EPOCH))
                        .as("%s\n%s\n%s", name, text, once)
                        .isEqualTo(policy.decide(request, Instant.EPOCH));
            }
        }
    }

    private static PolicyMerge.Merged merge(String base, List<String> adds) {
        return MergeCorpusTest.merge(base, adds, Preference.NONE);
    }

    private static Policy policy(String text) {
        return switch (PolicyFile.parse("p", bytes(text), 1)) {
            case Parsed.Valid(var policy, _) -> policy;
            case Parsed.Invalid(var problems) -> throw new AssertionError(problems + "\n" + text);
        };
    }

    private static List<EgressRequest> requests() {
        var requests = new ArrayList<EgressRequest>();
        for (var host : RandomPolicy.HOSTS) {
            for (int port : RandomPolicy.PORTS) {
                for (var program : RandomPolicy.PROGRAMS) {
                    var executable = new Executable(program, "0".repeat(64), false);
                    requests.add(
                            new EgressRequest(
                                    Host.of(host).orElseThrow(),
                                    port,
                                    new Program.Known(executable, List.of(), 1)));
                }
            }
        }
        return requests;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Optional<Path> folder() {
        var named = Stream.ofNullable(System.getProperty("clawhold.policies")).map(Path::of);
        var above =
                Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                        .map(p -> p.resolve("shared/data/policies"));
        return Stream.concat(named, above).filter(Files::isDirectory).findFirst();
    }
}
