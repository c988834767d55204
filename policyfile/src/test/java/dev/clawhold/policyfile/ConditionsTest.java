package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.limit.Period;
import dev.clawhold.policy.limit.Rate;
import dev.clawhold.policy.limit.RuleLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What else a rule says, as whole values.
class ConditionsTest {

    @Test
    void everyConditionIsKept() {
        assertThat(
                        conditions(
                                "verdict: ask, ask: {timeout: 5m}, until: 2026-12-31T18:00:00+01:00,"
                                        + " inspect: {secrets: ask}, limits: {requests: 60/min, bytes:"
                                        + " 100MiB/day, upload: 2kB/s, download: 1GB/month,"
                                        + " connections: 7}"))
                .isEqualTo(
                        new Conditions(
                                Optional.of(Instant.parse("2026-12-31T17:00:00Z")),
                                new RuleLimits(
                                        rate(60, Period.MINUTE),
                                        rate(100L << 20, Period.DAY),
                                        rate(2_000, Period.SECOND),
                                        rate(1_000_000_000, Period.MONTH),
                                        OptionalInt.of(7)),
                                Duration.ofMinutes(5),
                                Conditions.Secrets.ASK));
    }

    @Test
    void oneLimitLeavesTheOthersOpen() {
        assertThat(conditions("limits: {requests: 0/h}").limits())
                .isEqualTo(
                        new RuleLimits(
                                rate(0, Period.HOUR),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty()));
        assertThat(conditions("limits: {}")).isEqualTo(Conditions.NONE);
        assertThat(conditions("note: x")).isEqualTo(Conditions.NONE);
    }

    @Test
    void theFileSaysWhatSecretsMeanWhereARuleDoesNot() {
        var top = "inspect: {secrets: off}\n";
        assertThat(conditions(top, "note: x").secrets()).isEqualTo(Conditions.Secrets.OFF);
        assertThat(conditions(top, "inspect: {secrets: deny}").secrets())
                .isEqualTo(Conditions.Secrets.DENY);
        assertThat(conditions(top, "inspect: {}").secrets()).isEqualTo(Conditions.Secrets.OFF);
        assertThat(first(top + "egress: {rules: [{host: a.test, port: 443}]}\n").secrets())
                .isEqualTo(Conditions.Secrets.OFF);
    }

    @Test
    void aShortRuleEndsWhenItSays() {
        assertThat(
                        first(
                                "egress: {rules: [{host: a.test, port: 443, until:"
                                        + " 2026-12-31T18:00:00Z}]}\n"))
                .isEqualTo(
                        new Conditions(
                                Optional.of(Instant.parse("2026-12-31T18:00:00Z")),
                                RuleLimits.NONE,
                                Conditions.DEFAULT_ASK_TIMEOUT,
                                Conditions.Secrets.DENY));
    }

    private static Conditions conditions(String keys) {
        return conditions("", keys);
    }

    private static Conditions conditions(String head, String keys) {
        return first(
                "version: 1\n"
                        + head
                        + "network_policies:\n  r: {binaries: any, endpoints: [{host: a.test,"
                        + " port: 443}], "
                        + keys
                        + "}\n");
    }

    private static Conditions first(String text) {
        return Corpus.valid(text).policy().egress().rules().getFirst().conditions();
    }

    private static Optional<Rate> rate(long amount, Period period) {
        return Optional.of(new Rate(amount, period));
    }
}
