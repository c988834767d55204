package dev.clawhold.policyfile.learn;

import dev.clawhold.policy.Circumstances;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.HttpRules;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.ProviderHosts;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.request.Body;
import dev.clawhold.policy.request.RequestHead;
import dev.clawhold.policy.request.RequestJudge;
import dev.clawhold.policy.request.RequestVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a base policy makes of something that a rule would have to allow.
record BaseCheck(Policy base, Instant now) {
    private static final Screen.Finding SETTLED = new Screen.Finding.Settled();

    Screen.Finding find(Wanted wanted, Program program) {
        var connection = new EgressRequest(wanted.host(), wanted.port(), program);
        return switch (base.decide(connection, now)) {
            case Verdict.Allow _ -> SETTLED;
            case Verdict.Ask _ -> new Screen.Finding.Refused("the base asks the operator");
            case Verdict.Deny(var reason) -> denied(reason.code(), wanted);
            case Verdict.Inspect(_, var rules) ->
                    wanted.call().map(call -> inspected(rules, call, wanted)).orElse(SETTLED);
        };
    }

    private Screen.Finding denied(ReasonCode code, Wanted wanted) {
        if (!Screen.FOR_WANT_OF_A_RULE.contains(code)) {
            return new Screen.Finding.Refused("the base denies it as " + code.code());
        }
        boolean routed =
                base.egress().inference().isPresent()
                        && wanted.host() instanceof Host.Name name
                        && ProviderHosts.contains(name);
        return routed
                ? new Screen.Finding.Refused("the base routes models by `inference.local`")
                : new Screen.Finding.Learn(wanted);
    }

    private Screen.Finding inspected(HttpRules rules, Call call, Wanted wanted) {
        var host = wanted.host().text();
        var authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + wanted.port();
        var head =
                new RequestHead(
                        true,
                        call.method(),
                        call.path(),
                        List.of(new RequestHead.Header("Host", authority)));
        var verdict = new RequestJudge(rules, Circumstances.at(now)).judge(head, new Body.Absent());
        return switch (verdict) {
            case RequestVerdict.Allow _ -> SETTLED;
            case RequestVerdict.Ask _ -> new Screen.Finding.Refused("the base asks the operator");
            case RequestVerdict.NeedBody _ ->
                    new Screen.Finding.Refused("the base judges its body, which no log holds");
            case RequestVerdict.Deny(var code, _, _) when !isRest(rules) ->
                    new Screen.Finding.Refused(
                            "the base denies it as "
                                    + code.code()
                                    + ", and by another protocol than rest");
            case RequestVerdict.Deny(var code, _, _)
                    when !Screen.FOR_WANT_OF_A_RULE.contains(code) ->
                    new Screen.Finding.Refused("the base denies it as " + code.code());
            case RequestVerdict.Deny _ ->
                    new Screen.Finding.Learn(
                            new Wanted(
                                    wanted.program(),
                                    wanted.host(),
                                    wanted.port(),
                                    Optional.of(call),
                                    true));
        };
    }

    private static boolean isRest(HttpRules rules) {
        return rules.parts().stream()
                .allMatch(part -> part.inspection().protocol() instanceof Protocol.Rest);
    }
}
