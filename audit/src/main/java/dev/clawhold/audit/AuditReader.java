package dev.clawhold.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

    /// How far a log could be read.
    public sealed interface Reading {
        /// To its end.
        record Whole(long records) implements Reading {}

        /// To a line that is not a record.
        ///
        /// @param record the line's number, from 1
        record Stopped(long record, String cause) implements Reading {}
    }

    private AuditReader() {}

    /// Hands every record to the consumer, in the log's order, up to the first line that is none.
    ///
    /// @throws AuditException if the file cannot be read
    public static Reading read(Path file, Consumer<? super AuditRecord> each) {
        try (var in = Files.newInputStream(file)) {
            var lines = new Lines(in);
            long records = 0;
            while (lines.next()) {
                var record = lines.isWhole() ? parse(lines) : Optional.<AuditRecord>empty();
                if (record.isEmpty()) {
                    return new Reading.Stopped(records + 1, "it is not a record");
                }
                each.accept(record.get());
                records++;
            }
            return new Reading.Whole(records);
        } catch (IOException e) {
            throw AuditException.of("cannot read the audit log `" + file + "`", e);
        }
    }

    private static Optional<AuditRecord> parse(Lines lines) {
        var fields = new LinkedHashMap<String, String>();
        try (var parser =
                JSON.createParser(ObjectReadContext.empty(), lines.bytes(), 0, lines.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            object(parser, "", fields);
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
        } catch (JacksonException _) {
            return Optional.empty();
        }
        var json = new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8);
        return Optional.of(new AuditRecord(fields, json));
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
