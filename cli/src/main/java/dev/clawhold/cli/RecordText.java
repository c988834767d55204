package dev.clawhold.cli;

import dev.clawhold.audit.AuditRecord;
import java.util.Map;
import java.util.stream.Collectors;

/// One audit record, for people and for scripts. Nothing in it reaches the terminal unescaped.
final class RecordText {
    private static final String NOTHING = "-";

    private RecordText() {}

    /// Time, kind, verdict, reason, program, what it was about, rule; columns stand under each
    /// other as long as nothing is too long.
    static String line(AuditRecord record) {
        return column(record, "time", 27)
                + column(record, "kind", 9)
                + column(record, "verdict", 5)
                + column(record, "reason", 18)
                + pad(program(record), 20)
                + pad(subject(record), 30)
                + shown(record, "rule");
    }

    /// The record's own line; what is not ASCII in it is escaped, which changes no value.
    static String json(AuditRecord record) {
        return record.json().chars().mapToObj(c -> json((char) c)).collect(Collectors.joining());
    }

    private static String json(char c) {
        if (c >= ' ' && c < 127) {
            return String.valueOf(c);
        }
        return c < ' ' ? " " : JsonText.escape(c);
    }

    private static String program(AuditRecord record) {
        return record.field("binary.unknown").isPresent() ? "?" : shown(record, "binary.path");
    }

    private static String subject(AuditRecord record) {
        return switch (record.field("kind").orElse("")) {
            case "egress" -> place(record) + presented(record);
            case "http" -> shown(record, "method") + " " + place(record) + shown(record, "path");
            case "process" -> shown(record, "call") + " " + shown(record, "object");
            case "policy" ->
                    shown(record, "what")
                            + " "
                            + shown(record, "file")
                            + " as revision "
                            + shown(record, "revision")
                            + others(record, "problems.");
            default -> shown(record, "what") + others(record, "details.") + cause(record);
        };
    }

    private static String place(AuditRecord record) {
        var host = shown(record, "host");
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + shown(record, "port");
    }

    private static String presented(AuditRecord record) {
        return record.field("presented")
                .map(name -> " presented " + TerminalText.escape(name))
                .orElse("");
    }

    private static String cause(AuditRecord record) {
        return record.field("cause").map(cause -> ": " + TerminalText.escape(cause)).orElse("");
    }

    private static String others(AuditRecord record, String prefix) {
        return record.fields().entrySet().stream()
                .filter(field -> field.getKey().startsWith(prefix))
                .map(field -> other(field, prefix))
                .collect(Collectors.joining());
    }

    private static String other(Map.Entry<String, String> field, String prefix) {
        var name = TerminalText.escape(field.getKey().substring(prefix.length()));
        return " " + name + "=" + TerminalText.escape(field.getValue());
    }

    private static String column(AuditRecord record, String field, int width) {
        return pad(shown(record, field), width);
    }

    private static String shown(AuditRecord record, String field) {
        return record.field(field).map(TerminalText::escape).orElse(NOTHING);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()) + 2);
    }
}
