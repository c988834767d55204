package dev.clawhold.audit;

import dev.clawhold.policy.Decision;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;

/// The fields that say what happened, in their fixed order: `kind`, `verdict`, `reason`, `binary`
/// (`path`, `sha256`, `changed`, `pid`, `ancestors`), `host`, `port`, `method`, `path`, `rule`,
/// `revision`, then those of one kind alone. A field that does not apply is left out.
final class RecordEncoder {
    private RecordEncoder() {}

    static void append(Event event, JsonBytes out) {
        switch (event) {
            case Event.Egress(var decision) -> decision(decision, "egress", out);
            case Event.Misnamed(var decision, var presented) -> {
                decision(decision, "egress", out);
                out.raw(",\"presented\":").text(presented);
            }
            case Event.Http http -> http(http, out);
            case Event.Refusal refusal -> refusal(refusal, out);
            case Event.PolicyChange change -> policyChange(change, out);
            case Event.Lifecycle lifecycle -> lifecycle(lifecycle, out);
        }
    }

    private static void decision(Decision decision, String kind, JsonBytes out) {
        target(decision, kind, out);
        rule(decision, out);
    }

    private static void http(Event.Http http, JsonBytes out) {
        target(http.decision(), "http", out);
        out.raw(",\"method\":").text(http.method()).raw(",\"path\":").text(http.path());
        rule(http.decision(), out);
    }

    private static void target(Decision decision, String kind, JsonBytes out) {
        kind(kind, out);
        switch (decision.verdict()) {
            case Verdict.Allow(_, boolean approved) -> allowed(approved ? "approved" : "rule", out);
            case Verdict.Inspect _ -> out.raw(",\"verdict\":\"inspect\",\"reason\":\"rule\"");
            case Verdict.Ask _ -> out.raw(",\"verdict\":\"ask\",\"reason\":\"ask_rule\"");
            case Verdict.Deny(Reason(var code, _)) -> denied(code.code(), out);
        }
        var request = decision.request();
        binary(request.program(), out);
        out.raw(",\"host\":").text(request.host().text());
        out.raw(",\"port\":").number(request.port());
    }

    private static void allowed(String reason, JsonBytes out) {
        out.raw(",\"verdict\":\"allow\",\"reason\":").text(reason);
    }

    private static void rule(Decision decision, JsonBytes out) {
        switch (decision.verdict()) {
            case Verdict.Allow(var rule, _) -> rule(rule, out);
            case Verdict.Inspect(var rule, _) -> rule(rule, out);
            case Verdict.Ask(var rule) -> rule(rule, out);
            case Verdict.Deny(Reason(_, var rule)) -> rule.ifPresent(r -> rule(r, out));
        }
        out.raw(",\"revision\":").number(decision.revision());
    }

    private static void rule(RuleId rule, JsonBytes out) {
        out.raw(",\"rule\":").text(rule.key());
    }

    private static void refusal(Event.Refusal refusal, JsonBytes out) {
        kind("process", out);
        denied(refusal.reason().code(), out);
        binary(refusal.program(), out);
        out.raw(",\"call\":").text(refusal.call()).raw(",\"object\":").text(refusal.object());
    }

    private static void policyChange(Event.PolicyChange change, JsonBytes out) {
        kind("policy", out);
        out.raw(",\"revision\":").number(change.revision());
        out.raw(",\"what\":").text(change.problems().isEmpty() ? "applied" : "rejected");
        out.raw(",\"file\":").text(change.file());
        if (!change.problems().isEmpty()) {
            var separator = ",\"problems\":[";
            for (var problem : change.problems()) {
                out.raw(separator).text(problem);
                separator = ",";
            }
            out.raw("]");
        }
    }

    private static void lifecycle(Event.Lifecycle lifecycle, JsonBytes out) {
        kind("lifecycle", out);
        out.raw(",\"what\":").text(lifecycle.what());
        if (!lifecycle.details().isEmpty()) {
            var separator = ",\"details\":{";
            for (var detail : lifecycle.details().entrySet()) {
                out.raw(separator).text(detail.getKey()).raw(":").text(detail.getValue());
                separator = ",";
            }
            out.raw("}");
        }
        lifecycle.cause().ifPresent(cause -> out.raw(",\"cause\":").text(cause));
    }

    private static void kind(String kind, JsonBytes out) {
        out.raw(",\"kind\":").text(kind);
    }

    private static void denied(String code, JsonBytes out) {
        out.raw(",\"verdict\":\"deny\",\"reason\":").text(code);
    }

    private static void binary(Program program, JsonBytes out) {
        out.raw(",\"binary\":{");
        switch (program) {
            case Program.Known known -> {
                executable(known.executable(), out);
                out.raw(",\"pid\":").number(known.pid()).raw(",\"ancestors\":[");
                var separator = "{";
                for (var ancestor : known.ancestors()) {
                    executable(ancestor, out.raw(separator));
                    out.raw("}");
                    separator = ",{";
                }
                out.raw("]}");
            }
            case Program.Unknown(var cause, var pid) ->
                    out.raw("\"unknown\":").text(cause).raw(",\"pid\":").number(pid).raw("}");
        }
    }

    private static void executable(Executable executable, JsonBytes out) {
        out.raw("\"path\":").text(executable.path());
        out.raw(",\"sha256\":").text(executable.sha256());
        if (executable.changed()) {
            out.raw(",\"changed\":true");
        }
    }
}
