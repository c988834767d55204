/// Confines one workload: the static part of a policy becomes a launch image.
@org.jspecify.annotations.NullMarked
module dev.clawhold.sandbox {
    requires static transitive org.jspecify;
    requires transitive dev.clawhold.policy;
    requires dev.clawhold.linux;
}
