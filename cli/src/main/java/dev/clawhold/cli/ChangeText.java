package dev.clawhold.cli;

import dev.clawhold.policy.reach.Change;
import dev.clawhold.policy.reach.FixedChange;
import dev.clawhold.policy.reach.Ruling;
import java.util.List;
import java.util.Locale;

/// Differences and answers of `policy diff` and `policy can`, for people and for scripts.
final class ChangeText {
    private ChangeText() {}

    /// `<sign> <subject>: <before> => <after>`.
    static String line(FixedChange change) {
        return TerminalText.escape(
                change.direction().sign()
                        + " "
                        + change.subject()
                        + ": "
                        + change.before()
                        + " => "
                        + change.after());
    }

    /// `<sign> <programs> -> <hosts>:<ports> <methods> <paths>: <before> => <after>`.
    static String line(Change change, RuleFiles before, RuleFiles after) {
        return TerminalText.escape(
                change.direction().sign()
                        + " "
                        + change.subject()
                        + ": "
                        + told(change.before(), before)
                        + " => "
                        + told(change.after(), after));
    }

    /// `<programs> -> <hosts>:<ports> <methods> <paths> <verdict> <rule> <file>:<line>`.
    static String line(Change way, RuleFiles files) {
        return TerminalText.escape(way.subject() + " " + told(way.after(), files));
    }

    private static String told(Ruling ruling, RuleFiles files) {
        var text = new StringBuilder(verdict(ruling));
        if (!ruling.conditions().isEmpty()) {
            text.append(" (").append(String.join("; ", ruling.conditions())).append(')');
        }
        ruling.rule()
                .ifPresent(rule -> {
                    text.append(' ').append(rule.key());
                    if (ruling.line() > 0) {
                        text.append(' ').append(files.of(rule)).append(':').append(ruling.line());
                    }
                });
        return text.toString();
    }

    private static String verdict(Ruling ruling) {
        return switch (ruling.verdict()) {
            case DENIED -> "deny";
            case NOT_LISTED -> "not listed";
            case ASK -> "ask";
            case OPAQUE -> "allow, opaque";
            case INSPECT -> "inspect";
            case ALLOW -> "allow";
        };
    }

    static JsonText json(FixedChange change) {
        return JsonText.object()
                .put("direction", direction(change.direction()))
                .put("subject", change.subject())
                .put("before", change.before())
                .put("after", change.after());
    }

    static JsonText json(Change change, RuleFiles before, RuleFiles after) {
        return subject(JsonText.object().put("direction", direction(change.direction())), change)
                .put("before", List.of(json(change.before(), before)))
                .put("after", List.of(json(change.after(), after)));
    }

    static JsonText json(Change way, RuleFiles files) {
        return subject(JsonText.object(), way).put("by", List.of(json(way.after(), files)));
    }

    private static String direction(Change.Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    private static JsonText subject(JsonText json, Change change) {
        return json.put("binary", change.programs().text())
                .put("host", change.hosts().text())
                .put("port", String.join(",", change.ports()))
                .put("method", String.join(",", change.what()))
                .put("path", change.paths().text())
                .put("when", String.join("; ", change.when()));
    }

    private static JsonText json(Ruling ruling, RuleFiles files) {
        var json =
                JsonText.object()
                        .put("verdict", ruling.verdict().name().toLowerCase(Locale.ROOT))
                        .put("conditions", String.join("; ", ruling.conditions()));
        ruling.rule().ifPresent(rule -> json.put("rule", rule.key()).put("file", files.of(rule)));
        return ruling.line() > 0 ? json.put("line", ruling.line()) : json;
    }
}
