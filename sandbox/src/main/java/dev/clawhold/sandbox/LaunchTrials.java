package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.LaunchImage;
import dev.clawhold.linux.Launcher;
import dev.clawhold.linux.StatusPipe;
import dev.clawhold.linux.SyscallException;
import dev.clawhold.linux.SystemCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Tries how images start, and whether a supervisor can take a keeper's descriptors.
final class LaunchTrials {
    private static final int SIGKILL = 9;
    private static final int NO_YAMA = 0;

    private LaunchTrials() {}

    static LayerReport memoryFiles() {
        return Trial.run(_ -> {})
                .map(failure ->
                        LayerReport.missing(
                                "launch images",
                                failure.words(),
                                "set vm.memfd_noexec to 0 or 1, or TMPDIR"
                                        + " (java.io.tmpdir) to a directory without"
                                        + " noexec"))
                .orElseGet(() -> LayerReport.available("launch images", "start"));
    }

    /// A child that waits, whose descriptors are looked into.
    static LayerReport otherProcesses() {
        var image = waiting();
        try (var status = new StatusPipe()) {
            var child = new Launcher().start(image, status.writingEnd());
            status.handedOver();
            try {
                return look(child.pid());
            } finally {
                child.signal(SIGKILL);
                child.await();
            }
        } catch (SyscallException e) {
            return LayerReport.missing(
                    "other processes", String.valueOf(e.getMessage()), "use Linux 5.15 or newer");
        }
    }

    private static LaunchImage waiting() {
        var image = ImageBuilder.begin(Architecture.current());
        image.attempt("", SystemCall.PPOLL, number(0), number(0), number(0), number(0));
        image.failureScript();
        return image.build();
    }

    private static LayerReport look(int pid) {
        int process = Descriptors.ofProcess(pid);
        int copy = Descriptors.copy(process, LaunchImage.STATUS_DESCRIPTOR);
        int thread = Descriptors.ofThread(pid);
        Descriptors.close(process);
        if (thread >= 0) {
            Descriptors.close(thread);
        }
        if (copy < 0) {
            return LayerReport.missing(
                    "other processes",
                    "a child's descriptors cannot be taken: " + Errno.words(-copy) + yama(),
                    "sysctl -w kernel.yama.ptrace_scope=1, or below");
        }
        Descriptors.close(copy);
        return LayerReport.available(
                "other processes",
                "descriptors can be taken"
                        + (thread < 0 ? "; threads by their leader (before Linux 6.9)" : "")
                        + yama());
    }

    private static String yama() {
        int scope =
                ProcFile.find("/proc/sys/kernel/yama/ptrace_scope")
                        .map(text -> Integer.parseInt(text.strip()))
                        .orElse(NO_YAMA);
        return scope == NO_YAMA ? "" : "; Yama's ptrace_scope is " + scope;
    }

    /// A blueprint that shows nothing.
    static Blueprint blueprint(Blueprint.Ids ids) {
        return new Blueprint(
                "survey",
                new Exposure.Plan(List.of(), List.of(), List.of()),
                List.of(),
                "/",
                ids,
                new Blueprint.Ceilings(0, 0, 0),
                new Blueprint.Machine(1, 0, Files.exists(Path.of("/proc/net/if_inet6"))),
                new Blueprint.Stdio(List.of(), -1),
                List.of(),
                List.of("true"),
                Map.of());
    }
}
