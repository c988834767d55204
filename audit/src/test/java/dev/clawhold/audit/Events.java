package dev.clawhold.audit;

import dev.clawhold.policy.Decision;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Events for tests.
final class Events {
    static final Program CURL =
            new Program.Known(
                    new Executable("/usr/bin/curl", "c".repeat(64), false),
                    List.of(new Executable("/bin/sh", "5".repeat(64), false)),
                    4_711);

    private Events() {}

    static Event.Egress allowed(String host) {
        return new Event.Egress(decision(host, new Verdict.Allow(new RuleId("web"))));
    }

    static Event.Egress denied(String host) {
        return new Event.Egress(
                decision(host, new Verdict.Deny(Reason.of(ReasonCode.HOST_NOT_LISTED))));
    }

    static Decision decision(String host, Verdict verdict) {
        return new Decision(new EgressRequest(new Host.Name(host), 443, CURL), verdict, 3);
    }

    static Event.Lifecycle started() {
        return new Event.Lifecycle("started", Map.of("command", "sh"), Optional.empty());
    }
}
