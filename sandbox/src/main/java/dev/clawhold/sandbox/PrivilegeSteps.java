package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.Operand.Place;
import dev.clawhold.linux.SystemCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The steps that take every power away, for good.
final class PrivilegeSteps {
    private static final Operand NONE = number(0);
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    private static final int CAPABILITY_VERSION_3 = 0x2008_0522;
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    private static final int NEW_LISTENER = 8;
    private static final int WAIT_KILLABLE_RECV = 0x20;
    private static final int EINVAL = -22;

    private final ImageBuilder image;
    private final Blueprint blueprint;

    PrivilegeSteps(ImageBuilder image, Blueprint blueprint) {
        this.image = image;
        this.blueprint = blueprint;
    }

    void dropBoundingSet() {
        for (int capability = 0; capability <= blueprint.machine().lastCapability(); capability++) {
            image.must(
                    "drop capability " + capability + " from the bounding set",
                    SystemCall.PRCTL,
                    number(PR_CAPBSET_DROP),
                    number(capability),
                    NONE,
                    NONE,
                    NONE);
        }
        image.must(
                "clear the ambient set",
                SystemCall.PRCTL,
                number(PR_CAP_AMBIENT),
                number(PR_CAP_AMBIENT_CLEAR_ALL),
                NONE,
                NONE,
                NONE);
    }

    // Rootless the ids are right already, and the map's kernel denies setgroups.
    void becomeSandboxUser() {
        var ids = blueprint.ids();
        if (!ids.root()) {
            return;
        }
        image.must("drop supplementary groups", SystemCall.SETGROUPS, NONE, NONE);
        var gid = number(ids.gid());
        image.must("become the sandbox's group", SystemCall.SETRESGID, gid, gid, gid);
        var uid = number(ids.uid());
        image.must("become the sandbox's user", SystemCall.SETRESUID, uid, uid, uid);
    }

    void dropCapabilities() {
        var header =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(CAPABILITY_VERSION_3);
        image.must(
                "give every capability away",
                SystemCall.CAPSET,
                image.bytes(header.array(), "this process"),
                image.bytes(new byte[24], "no capability"));
    }

    void noNewPrivileges() {
        image.must(
                "no new privileges",
                SystemCall.PRCTL,
                number(PR_SET_NO_NEW_PRIVS),
                number(1),
                NONE,
                NONE,
                NONE);
    }

    /// Loads the filter.
    ///
    /// @return where the descriptor of its listener stands
    Place filter(Architecture architecture) {
        var filter = WorkloadFilter.forWorkloads(architecture);
        var program = image.bytes(filter.encode(), "the filter");
        var header =
                image.vector(
                        "the filter's " + filter.length() + " instructions",
                        List.of(number(filter.length()), program));
        var listener = image.slot("the listener");
        var done = image.label();
        var first =
                image.attempt(
                        "filter system calls",
                        SystemCall.SECCOMP,
                        number(SECCOMP_SET_MODE_FILTER),
                        number(NEW_LISTENER | WAIT_KILLABLE_RECV),
                        header);
        image.copy(first, listener);
        image.ifDifferent(first, EINVAL, done);
        // Before Linux 5.19 a waiting call cannot be made killable only; it then starts again.
        var second =
                image.must(
                        "",
                        SystemCall.SECCOMP,
                        number(SECCOMP_SET_MODE_FILTER),
                        number(NEW_LISTENER),
                        header);
        image.copy(second, listener);
        image.mark(done);
        return listener;
    }
}
