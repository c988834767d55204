package dev.clawhold.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads a log's records back, one at a time. It does not check the chain: see [AuditVerification].
public final class AuditReader {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private AuditReader() {}

    /// Hands every record to the consumer, in the log's order.
    ///
    /// @throws AuditException if the file cannot be read, or a line is not a record; the message
    ///   names the line
    public static void read(Path file, Consumer<? super AuditRecord> each) {
        try (var in = Files.newInputStream(file)) {
            var lines = new Lines(in);
            for (long number = 1; lines.next(); number++) {
                if (!lines.isWhole()) {
                    throw new AuditException(notARecord(file, number));
                }
                each.accept(parse(lines, file, number));
            }
        } catch (IOException e) {
            throw AuditException.of("cannot read the audit log `" + file + "`", e);
        }
    }

    private static AuditRecord parse(Lines lines, Path file, long number) {
        var fields = new LinkedHashMap<String, String>();
        try (var parser =
                JSON.createParser(ObjectReadContext.empty(), lines.bytes(), 0, lines.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AuditException(notARecord(file, number));
            }
            object(parser, "", fields);
            if (parser.nextToken() != null) {
                throw new AuditException(notARecord(file, number));
            }
        } catch (JacksonException e) {
            throw new AuditException(notARecord(file, number), e);
        }
        var json = new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8);
        return new AuditRecord(fields, json);
    }

    private static String notARecord(Path file, long number) {
        return "cannot read the audit log `" + file + "`: line " + number + " is not a record";
    }

    private static void object(JsonParser parser, String prefix, Map<String, String> fields) {
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            value(parser, prefix + name, fields);
        }
    }

    private static void value(JsonParser parser, String name, Map<String, String> fields) {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, name + ".", fields);
            case START_ARRAY -> {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    value(parser, name + "." + i, fields);
                }
            }
            default -> fields.put(name, parser.getString());
        }
    }
}
