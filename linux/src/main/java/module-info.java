/// The kernel's edge: system calls, the launch image, filters, descriptors. Knows nothing of
/// policies.
@org.jspecify.annotations.NullMarked
module dev.clawhold.linux {
    requires static transitive org.jspecify;
}
