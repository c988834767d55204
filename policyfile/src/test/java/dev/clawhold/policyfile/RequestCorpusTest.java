package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every line of `corpus/requests.yaml`: a policy, a request on an inspected connection, the
/// verdict.
class RequestCorpusTest {

    @TestFactory
    Stream<DynamicTest> requestsGetTheirVerdicts() throws IOException {
        var corpus = Corpus.load("requests.yaml");
        var clock = Instant.parse(Corpus.text(corpus, "clock"));
        var policies = Corpus.policies(corpus);
        return Corpus.maps(corpus, "cases")
                .map(line ->
                        DynamicTest.dynamicTest(
                                line.toString(), () -> check(policies, clock, line)));
    }

    private static void check(
            Map<String, Policy> policies, Instant clock, Map<String, Object> line) {
        var policy = Optional.ofNullable(policies.get(Corpus.text(line, "policy"))).orElseThrow();
        var told = new RequestCase(line).told(policy, clock);
        assertThat(told.verdict()).isEqualTo(Corpus.text(line, "is"));
        if (line.containsKey("sent")) {
            assertThat(told.sent()).contains(Corpus.text(line, "sent"));
        }
    }
}
