package dev.clawhold.cli;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.request.Basis;
import dev.clawhold.policy.request.RequestVerdict;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A verdict in words.
///
/// @param reason its stable code
/// @param line the one that an operator would look at
record Outcome(
        Word word, String reason, Optional<RuleId> rule, OptionalInt line, Optional<String> hint) {

    enum Word {
        ALLOW,
        INSPECT,
        ASK,
        DENY
    }

    static Outcome of(Verdict verdict, Policy policy, EgressRequest request) {
        return switch (verdict) {
            case Verdict.Allow(var rule, boolean approved) ->
                    of(Word.ALLOW, approved ? "approved" : "rule", rule, policy);
            case Verdict.Inspect(var rule, _) -> of(Word.INSPECT, "rule", rule, policy);
            case Verdict.Ask(var rule) -> of(Word.ASK, ReasonCode.ASK_RULE.code(), rule, policy);
            case Verdict.Deny(var reason) ->
                    new Outcome(
                            Word.DENY,
                            reason.code().code(),
                            reason.rule(),
                            line(reason.rule(), policy),
                            Optional.of(policy.hint(request, reason)));
        };
    }

    private static Outcome of(Word word, String reason, RuleId rule, Policy policy) {
        var named = Optional.of(rule);
        return new Outcome(word, reason, named, line(named, policy), Optional.empty());
    }

    /// @param nearest what would have been allowed; may be empty
    static Outcome of(
            RequestVerdict verdict, Policy policy, EgressRequest connection, String nearest) {
        return switch (verdict) {
            case RequestVerdict.Allow(var allowed) ->
                    of(Word.ALLOW, allowed.grant().code(), Optional.of(allowed.basis()));
            case RequestVerdict.Ask(var code, var basis, _) ->
                    of(Word.ASK, code.code(), Optional.of(basis));
            case RequestVerdict.Deny(var code, var basis, var detector) -> {
                var hint =
                        policy.hint(connection, new Reason(code, basis.map(Basis::rule)))
                                + (code.name().endsWith("_NOT_LISTED") && !nearest.isEmpty()
                                        ? "; " + nearest
                                        : "")
                                + detector.map(name -> "; found: " + name).orElse("");
                var outcome = of(Word.DENY, code.code(), basis);
                yield new Outcome(
                        outcome.word,
                        outcome.reason,
                        outcome.rule,
                        outcome.line,
                        Optional.of(hint));
            }
            case RequestVerdict.NeedBody _ ->
                    throw new CommandException(
                            "cannot explain the request: it is judged by its body",
                            "give it with `--body`");
        };
    }

    private static Outcome of(Word word, String reason, Optional<Basis> basis) {
        var line =
                basis.map(Basis::line)
                        .filter(number -> number > 0)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty());
        return new Outcome(word, reason, basis.map(Basis::rule), line, Optional.empty());
    }

    private static OptionalInt line(Optional<RuleId> rule, Policy policy) {
        return rule.map(policy::line).orElse(OptionalInt.empty());
    }

    /// The exit status that says the same.
    int status() {
        return switch (word) {
            case ALLOW, INSPECT -> ExitStatus.OK;
            case ASK -> ExitStatus.ASK;
            case DENY -> ExitStatus.NO;
        };
    }

    /// As people and scripts read it.
    String verdict() {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
