package dev.clawhold.cli;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Explanation;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.request.RequestExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a policy decides about one connection, or one request on it, for people and for scripts.
///
/// @param target of the request that was judged, in canonical form where it has one
/// @param candidates of the last step that was judged
record ExplanationText(
        RuleFiles files,
        EgressRequest connection,
        Outcome outcome,
        Optional<String> target,
        List<JsonText> candidates) {

    static List<JsonText> candidates(Explanation explanation) {
        return explanation.candidates().stream().map(ExplanationText::candidate).toList();
    }

    static List<JsonText> candidates(RequestExplanation explanation) {
        return explanation.candidates().stream().map(ExplanationText::candidate).toList();
    }

    /// One `name value` a line.
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(line("verdict", outcome.verdict()));
        lines.add(line("reason", outcome.reason()));
        outcome.rule().ifPresent(rule -> lines.add(line("rule", rule + place(rule))));
        lines.add(line("program", program()));
        lines.add(line("host", connection.host().text() + ", port " + connection.port()));
        target.ifPresent(text -> lines.add(line("request", text)));
        outcome.hint().ifPresent(hint -> lines.add(line("hint", hint)));
        return lines;
    }

    JsonText json() {
        var json =
                JsonText.object().put("verdict", outcome.verdict()).put("reason", outcome.reason());
        outcome.rule().map(RuleId::key).ifPresent(key -> json.put("rule", key));
        outcome.rule().ifPresent(rule -> json.put("file", files.of(rule)));
        outcome.line().ifPresent(number -> json.put("line", number));
        json.put("binary", program());
        json.put("host", connection.host().text()).put("port", connection.port());
        target.ifPresent(text -> json.put("request", text));
        outcome.hint().ifPresent(hint -> json.put("hint", hint));
        return json.put("candidates", candidates);
    }

    private static JsonText candidate(Explanation.Candidacy candidate) {
        var json = JsonText.object().put("rule", candidate.rule().key());
        json.put("effect", candidate.effect().name().toLowerCase(Locale.ROOT));
        json.put("endpoint", candidate.endpoint());
        return fit(json, candidate.line(), candidate.fit());
    }

    private static JsonText candidate(RequestExplanation.Candidacy candidate) {
        var json = JsonText.object().put("rule", candidate.rule().key());
        json.put("protocol", candidate.protocol());
        return fit(json, candidate.line(), candidate.fit());
    }

    private static JsonText fit(JsonText json, int line, Enum<?> fit) {
        if (line > 0) {
            json.put("line", line);
        }
        return json.put("fit", fit.name().toLowerCase(Locale.ROOT));
    }

    private static String line(String name, String value) {
        return name + " ".repeat(9 - name.length()) + TerminalText.escape(value);
    }

    private String place(RuleId rule) {
        var line = outcome.line();
        return line.isPresent() ? " (" + files.of(rule) + ":" + line.getAsInt() + ")" : "";
    }

    private String program() {
        return switch (connection.program()) {
            case Program.Known known -> known.executable().path();
            case Program.Unknown(var cause, _) -> cause;
        };
    }
}
