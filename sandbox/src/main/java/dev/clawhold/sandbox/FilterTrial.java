package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.SystemCall;
import java.util.List;

/// Loads the workloads' filter with a listener, and looks at the sizes of the kernel's messages.
final class FilterTrial {
    /// `SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV`, Linux 5.19.
    static final int KILLABLE = 0x20;

    private static final Operand NONE = number(0);
    private static final int NEW_LISTENER = 8;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int SET_MODE_FILTER = 1;
    private static final int GET_NOTIF_SIZES = 3;
    private static final long SIZES = 80 | (24 << 16) | (64L << 32); // notification, response, call

    private FilterTrial() {}

    static void load(ImageBuilder image, int flags) {
        var known = image.label();
        var sizes = image.slot("sizes");
        image.must(
                "ask for the sizes of messages",
                SystemCall.SECCOMP,
                number(GET_NOTIF_SIZES),
                NONE,
                sizes);
        image.ifEqual(sizes, SIZES, known);
        image.must("know the sizes of messages", SystemCall.SECCOMP, number(-1));
        image.mark(known);
        image.must(
                "set no_new_privs",
                SystemCall.PRCTL,
                number(PR_SET_NO_NEW_PRIVS),
                number(1),
                NONE,
                NONE,
                NONE);
        var filter = WorkloadFilter.forWorkloads(Architecture.current());
        var program = image.bytes(filter.encode(), "the filter");
        image.must(
                "load a filter with a listener",
                SystemCall.SECCOMP,
                number(SET_MODE_FILTER),
                number(NEW_LISTENER | flags),
                image.vector("its header", List.of(number(filter.length()), program)));
    }
}
