/// The kernel's edge: system calls, the launch image, filters and descriptors. Knows nothing of
/// policies; the only user of foreign functions.
@org.jspecify.annotations.NullMarked
module dev.clawhold.linux {
    requires static transitive org.jspecify;

    exports dev.clawhold.linux;
}
