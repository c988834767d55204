/// Confines one workload: the static part of a policy becomes a launch image, and the image a
/// running sandbox with descriptors for its gateway.
@org.jspecify.annotations.NullMarked
module dev.clawhold.sandbox {
    requires static transitive org.jspecify;
    requires transitive dev.clawhold.policy;
    requires transitive dev.clawhold.linux;

    exports dev.clawhold.sandbox;
}
