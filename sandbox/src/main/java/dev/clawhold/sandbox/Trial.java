package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Launcher;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.StatusPipe;
import dev.clawhold.linux.SyscallException;
import dev.clawhold.linux.SystemCall;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/// Tries a few system calls in a process of their own, which ends with them: what the kernel gives
/// is seen, not read off its version.
final class Trial {
    private static final Operand NONE = number(0);
    private static final int CLONE_NEWUSER = 0x1000_0000;
    private static final int WRITE_ONLY = 0x80001;

    private Trial() {}

    /// The call that did not work.
    ///
    /// @param errno 0 where the kernel did not say
    record Failure(String operation, int errno) {
        String words() {
            return operation + ": " + (errno == 0 ? "failed" : Errno.words(errno));
        }

        boolean is(Errno expected) {
            return errno == expected.number();
        }
    }

    /// Runs the operations.
    ///
    /// @return empty when all of them worked
    static Optional<Failure> run(Consumer<ImageBuilder> operations) {
        var builder = ImageBuilder.begin(Architecture.current());
        operations.accept(builder);
        builder.attempt("", SystemCall.EXIT_GROUP, NONE);
        builder.failureScript();
        var image = builder.build();
        try (var status = new StatusPipe()) {
            var process = new Launcher().start(image, status.writingEnd());
            status.handedOver();
            Optional<Failure> failure = Optional.empty();
            for (var m = status.next(); m.isPresent(); m = status.next()) {
                m.get().descriptors().forEach(Descriptors::close);
                if (m.get().kind() < 0) {
                    failure =
                            Optional.of(
                                    new Failure(
                                            Failures.words(image.operationAt(m.get().value())),
                                            (int) -m.get().kind()));
                }
            }
            int ended = process.await();
            return ended == 0 || failure.isPresent()
                    ? failure
                    : Optional.of(new Failure("it ended with " + ended, 0));
        } catch (SyscallException e) {
            return Optional.of(new Failure("start an image", e.errno()));
        }
    }

    /// For an ordinary caller: the powers of a user namespace of its own, which other namespaces
    /// need.
    static void enterUserNamespace(ImageBuilder image, Blueprint.Ids ids) {
        if (ids.root()) {
            return;
        }
        image.must("make a user namespace", SystemCall.UNSHARE, number(CLONE_NEWUSER));
        write(image, "/proc/self/setgroups", "deny");
        write(image, "/proc/self/uid_map", ids.uid() + " " + ids.callerUid() + " 1");
        write(image, "/proc/self/gid_map", ids.gid() + " " + ids.callerGid() + " 1");
    }

    private static void write(ImageBuilder image, String path, String content) {
        var file =
                image.must(
                        "open " + path,
                        SystemCall.OPENAT,
                        number(-100),
                        image.text(path),
                        number(WRITE_ONLY),
                        NONE);
        image.must(
                "write " + path,
                SystemCall.WRITE,
                file.content(),
                image.text(content),
                number(content.getBytes(StandardCharsets.US_ASCII).length));
    }
}
