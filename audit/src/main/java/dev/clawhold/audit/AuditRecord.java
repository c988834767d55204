package dev.clawhold.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One record read back. Its text is what a workload may have chosen: escape it before it is shown.
///
/// @param fields every simple value by its name, in the record's order; inner names are joined by
///   dots and places in a list count from 0: `binary.path`, `binary.ancestors.0.path`
/// @param json the record's line, as it stands in the log
public record AuditRecord(Map<String, String> fields, String json) {
    public AuditRecord {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// A field's value; empty if the record has no such field.
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
