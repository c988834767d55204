/// Egress enforcement: identify, decide, record, then relay or refuse.
@org.jspecify.annotations.NullMarked
module dev.clawhold.gateway {
    requires static transitive org.jspecify;
    requires transitive dev.clawhold.policy;
    requires transitive dev.clawhold.audit;
    requires dev.clawhold.linux;
}
