package dev.clawhold.cli;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Explanation;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Reason;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.Verdict;
import dev.clawhold.policy.program.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a policy decides about one connection, for people and for scripts.
record ExplanationText(Path file, Policy policy, EgressRequest request, Explanation explanation) {

    /// One `name value` a line.
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(line("verdict", verdict()));
        lines.add(line("reason", reason()));
        rule().ifPresent(rule -> lines.add(line("rule", rule + place(rule))));
        lines.add(line("program", program()));
        lines.add(line("host", request.host().text() + ", port " + request.port()));
        hint().ifPresent(hint -> lines.add(line("hint", hint)));
        return lines;
    }

    JsonText json() {
        var json = JsonText.object().put("verdict", verdict()).put("reason", reason());
        rule().ifPresent(rule -> json.put("rule", rule.key()).put("file", file.toString()));
        rule().map(policy::line)
                .ifPresent(line -> line.ifPresent(number -> json.put("line", number)));
        json.put("binary", program());
        json.put("host", request.host().text()).put("port", request.port());
        hint().ifPresent(hint -> json.put("hint", hint));
        return json.put(
                "candidates",
                explanation.candidates().stream().map(ExplanationText::candidate).toList());
    }

    /// The exit status that says the same.
    int status() {
        return switch (explanation.verdict()) {
            case Verdict.Allow _, Verdict.Inspect _ -> ExitStatus.OK;
            case Verdict.Deny _ -> ExitStatus.NO;
            case Verdict.Ask _ -> ExitStatus.ASK;
        };
    }

    private static JsonText candidate(Explanation.Candidacy candidate) {
        var json = JsonText.object().put("rule", candidate.rule().key());
        json.put("effect", candidate.effect().name().toLowerCase(Locale.ROOT));
        json.put("endpoint", candidate.endpoint());
        if (candidate.line() > 0) {
            json.put("line", candidate.line());
        }
        return json.put("fit", candidate.fit().name().toLowerCase(Locale.ROOT));
    }

    private static String line(String name, String value) {
        return name + " ".repeat(9 - name.length()) + TerminalText.escape(value);
    }

    private String verdict() {
        return switch (explanation.verdict()) {
            case Verdict.Allow _ -> "allow";
            case Verdict.Inspect _ -> "inspect";
            case Verdict.Ask _ -> "ask";
            case Verdict.Deny _ -> "deny";
        };
    }

    private String reason() {
        return switch (explanation.verdict()) {
            case Verdict.Allow _, Verdict.Inspect _ -> "rule";
            case Verdict.Ask _ -> "ask_rule";
            case Verdict.Deny(Reason(var code, _)) -> code.code();
        };
    }

    private Optional<RuleId> rule() {
        return switch (explanation.verdict()) {
            case Verdict.Allow(var rule, _) -> Optional.of(rule);
            case Verdict.Inspect(var rule, _) -> Optional.of(rule);
            case Verdict.Ask(var rule) -> Optional.of(rule);
            case Verdict.Deny(Reason(_, var rule)) -> rule;
        };
    }

    private String place(RuleId rule) {
        var line = policy.line(rule);
        return line.isPresent() ? " (" + file + ":" + line.getAsInt() + ")" : "";
    }

    private String program() {
        return switch (request.program()) {
            case Program.Known known -> known.executable().path();
            case Program.Unknown(var cause, _) -> cause;
        };
    }

    private Optional<String> hint() {
        return switch (explanation.verdict()) {
            case Verdict.Deny(var reason) -> Optional.of(policy.hint(request, reason));
            case Verdict.Allow _, Verdict.Inspect _, Verdict.Ask _ -> Optional.empty();
        };
    }
}
