package dev.clawhold.policyfile.hash;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.content.JsonValue;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.limit.Rate;
import dev.clawhold.policy.limit.RuleLimits;
import dev.clawhold.policy.program.ProgramPattern;
import dev.clawhold.policy.program.Programs;
import java.util.Optional;

/// One rule without its note and its lines. Its key stays: verdicts name it.
final class NormalRule {
    private NormalRule() {}

    static JsonValue of(Rule rule) {
        return new JsonForm()
                .put("key", rule.id().key())
                .put("effect", rule.effect())
                .put("programs", programs(rule.programs()))
                .put("conditions", conditions(rule.conditions()))
                .put("endpoints", JsonForm.list(rule.endpoints(), NormalRule::endpoint))
                .value();
    }

    private static JsonValue programs(Programs programs) {
        return switch (programs) {
            case Programs.Any _ -> new JsonValue.Text("any");
            case Programs.Listed(var patterns) -> JsonForm.list(patterns, NormalRule::program);
        };
    }

    /// What an exact path resolves to is this machine's, not the policy's.
    private static JsonValue program(ProgramPattern pattern) {
        return new JsonForm()
                .put("path", pattern.path().toString())
                .put("sha256", JsonForm.texts(pattern.sha256().stream().sorted().toList()))
                .put("descendants", pattern.descendants())
                .value();
    }

    private static JsonValue conditions(Conditions conditions) {
        return new JsonForm()
                .put("until", conditions.until().map(Object::toString))
                .put("ask_timeout", conditions.askTimeout().toString())
                .put("secrets", conditions.secrets())
                .put("limits", limits(conditions.limits()))
                .value();
    }

    private static JsonValue limits(RuleLimits limits) {
        var form =
                new JsonForm()
                        .put("requests", rate(limits.requests()))
                        .put("bytes", rate(limits.bytes()))
                        .put("upload", rate(limits.upload()))
                        .put("download", rate(limits.download()));
        limits.connections().ifPresent(most -> form.put("connections", most));
        return form.value();
    }

    private static Optional<String> rate(Optional<Rate> rate) {
        return rate.map(r -> r.amount() + "/" + r.period());
    }

    private static JsonValue endpoint(Endpoint endpoint) {
        var form =
                new JsonForm()
                        .put("host", host(endpoint.host()))
                        .put("ports", endpoint.ports().toString())
                        .put(
                                "allowed_ips",
                                JsonForm.list(
                                        endpoint.allowedIps(),
                                        (Cidr range) -> new JsonValue.Text(range.toString())))
                        .put("control_plane", endpoint.controlPlane());
        return switch (endpoint) {
            case Endpoint.Opaque(_, boolean testsName) -> form.put("tests_name", testsName).value();
            case Endpoint.Inspected(_, var inspection) ->
                    form.put("path", inspection.path().map(Glob::toString))
                            .put("audit", inspection.audit())
                            .put("encoded_slash", inspection.encodedSlash())
                            .put("metered", inspection.metered())
                            .put("protocol", inspection.protocol().text())
                            .put("clauses", NormalProtocol.of(inspection.protocol()))
                            .put("credential", NormalProtocol.credential(inspection.credential()))
                            .value();
        };
    }

    private static JsonValue host(HostPattern host) {
        return switch (host) {
            case HostPattern.Exact(var name) -> kind("exact", name.text());
            case HostPattern.Wildcard(var glob) -> kind("wildcard", glob.toString());
            case HostPattern.Range(var range) -> kind("range", range.toString());
            case HostPattern.ByAddress _ -> new JsonValue.Text("by address");
            case HostPattern.CatchAll _ -> new JsonValue.Text("catch-all");
        };
    }

    private static JsonValue kind(String kind, String text) {
        return new JsonForm().put(kind, text).value();
    }
}
