/// The domain and the decision: what a policy is and what it says about one request. No I/O, no
/// clock, no logger.
@org.jspecify.annotations.NullMarked
module dev.clawhold.policy {
    requires static transitive org.jspecify;

    exports dev.clawhold.policy;
    exports dev.clawhold.policy.clause;
    exports dev.clawhold.policy.confinement;
    exports dev.clawhold.policy.content;
    exports dev.clawhold.policy.glob;
    exports dev.clawhold.policy.host;
    exports dev.clawhold.policy.inference;
    exports dev.clawhold.policy.limit;
    exports dev.clawhold.policy.program;
    exports dev.clawhold.policy.reach;
    exports dev.clawhold.policy.request;
}
