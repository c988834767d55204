/// The append-only, tamper-evident record, and reading it back.
@org.jspecify.annotations.NullMarked
module dev.clawhold.audit {
    requires static transitive org.jspecify;
    requires transitive dev.clawhold.policy;
    requires tools.jackson.core;

    exports dev.clawhold.audit;
}
