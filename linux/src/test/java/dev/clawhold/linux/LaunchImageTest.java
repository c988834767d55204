package dev.clawhold.linux;

import static dev.clawhold.linux.Operand.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real images, run by this machine's kernel: the stub does what the builder means.
class LaunchImageTest {
    private static final int SIGCHLD = 17;
    private static final Operand NONE = number(0);

    /// How an image ended and what it said.
    private record Run(int status, List<StatusPipe.Message> messages, LaunchImage image) {}

    @Nested
    class AnImageThatEnds {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 77, 255})
        void givesItsExitCode(int code) {
            assertThat(run(image -> exit(image, code)).status()).isEqualTo(code);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 3, 126, 255})
        void canLeaveAsItsChildLeft(int code) {
            assertThat(leaveAs(image -> exit(image, code))).isEqualTo(code);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 9, 15, 6, 11})
        void canLeaveAsItsChildWasKilled(int signal) {
            assertThat(leaveAs(image -> killSelf(image, signal))).isEqualTo(128 + signal);
        }

        private static int leaveAs(Consumer<ImageBuilder> child) {
            return run(
                            image -> {
                                var parent = image.label();
                                var pid = fork(image);
                                image.ifPositive(pid, parent);
                                child.accept(image);
                                image.mark(parent);
                                var status = image.slot("status");
                                image.must("", SystemCall.WAIT4, pid.content(), status, NONE, NONE);
                                image.leaveAs(status);
                            })
                    .status();
        }
    }

    @Nested
    class AnOperationThatMust {
        @Test
        void endsTheImageWith125WhenItFails() {
            var run =
                    run(image -> {
                        image.must("take what nobody has", SystemCall.CLOSE, number(99_999));
                        exit(image, 0);
                    });

            assertThat(run.status()).isEqualTo(125);
        }

        @Test
        void isNamedByTheFailureReport() {
            var run =
                    run(image -> {
                        image.must("", SystemCall.GETPID);
                        image.must("enter `/nowhere`", SystemCall.CHDIR, image.text("/nowhere"));
                        exit(image, 0);
                    });
            var report = run.messages().getFirst();

            assertThat(Errno.ENOENT.is(report.kind())).isTrue();
            assertThat(run.image().operationAt(report.value()))
                    .isEqualTo("enter `/nowhere`: chdir(`/nowhere`)");
        }

        @Test
        void goesOnWhenItSucceeds() {
            var run =
                    run(image -> {
                        image.must("", SystemCall.CHDIR, image.text("/"));
                        exit(image, 5);
                    });

            assertThat(run.status()).isEqualTo(5);
            assertThat(run.messages()).isEmpty();
        }
    }

    @Test
    void anAttemptThatFailsDecidesNothing() {
        var run =
                run(image -> {
                    image.attempt("", SystemCall.CLOSE, number(99_999));
                    exit(image, 4);
                });

        assertThat(run.status()).isEqualTo(4);
    }

    @Nested
    class ABranch {
        @Test
        void ifPositiveIsTakenAboveZeroOnly() {
            assertThat(taken(7, (image, place, label) -> image.ifPositive(place, label))).isTrue();
            assertThat(taken(0, (image, place, label) -> image.ifPositive(place, label))).isFalse();
            assertThat(taken(-7, (image, place, label) -> image.ifPositive(place, label)))
                    .isFalse();
        }

        @Test
        void ifEqualComparesAllBits() {
            long big = 0x1_0000_0005L;
            assertThat(taken(big, (image, place, label) -> image.ifEqual(place, big, label)))
                    .isTrue();
            assertThat(taken(big, (image, place, label) -> image.ifEqual(place, 5, label)))
                    .isFalse();
            assertThat(taken(-2, (image, place, label) -> image.ifEqual(place, -2, label)))
                    .isTrue();
        }

        @Test
        void ifDifferentIsItsOpposite() {
            assertThat(taken(5, (image, place, label) -> image.ifDifferent(place, 5, label)))
                    .isFalse();
            assertThat(taken(6, (image, place, label) -> image.ifDifferent(place, 5, label)))
                    .isTrue();
        }

        @Test
        void ifSameComparesTwoPlaces() {
            assertThat(
                            taken(
                                    5,
                                    (image, place, label) -> {
                                        image.ifSame(place, image.bytes(eight(5), "5"), label);
                                    }))
                    .isTrue();
            assertThat(
                            taken(
                                    5,
                                    (image, place, label) -> {
                                        image.ifSame(place, image.bytes(eight(6), "6"), label);
                                    }))
                    .isFalse();
        }

        @Test
        void aJumpIsAlwaysTaken() {
            assertThat(taken(0, (image, _, label) -> image.jump(label))).isTrue();
        }

        @Test
        void canGoBack() {
            var run =
                    run(image -> {
                        var round = image.label();
                        var done = image.label();
                        var seen = image.slot("whether it is the second round");
                        image.mark(round);
                        image.ifEqual(seen, 1, done);
                        image.copy(image.bytes(eight(1), "1"), seen);
                        image.jump(round);
                        exit(image, 1);
                        image.mark(done);
                        exit(image, 9);
                    });

            assertThat(run.status()).isEqualTo(9);
        }

        private interface Branch {
            void write(ImageBuilder image, Operand.Place place, ImageBuilder.Label label);
        }

        private static boolean taken(long value, Branch branch) {
            var run =
                    run(image -> {
                        var label = image.label();
                        branch.write(image, image.bytes(eight(value), "value"), label);
                        exit(image, 1);
                        image.mark(label);
                        exit(image, 2);
                    });
            return run.status() == 2;
        }
    }

    @Nested
    class AResult {
        @Test
        void canBeTheArgumentOfLaterCalls() {
            var run =
                    run(image -> {
                        var pid = image.must("", SystemCall.GETPID);
                        image.must("", SystemCall.KILL, pid.content(), number(9));
                    });

            assertThat(run.status()).isEqualTo(128 + 9);
        }

        @Test
        void canBeCopiedIntoAStructure() {
            var run =
                    run(image -> {
                        var message = image.vector("", List.of(number(7), NONE));
                        image.copy(image.bytes(eight(1234), "1234"), message.plus(8));
                        image.must(
                                "",
                                SystemCall.WRITE,
                                number(LaunchImage.STATUS_DESCRIPTOR),
                                message,
                                number(16));
                        exit(image, 0);
                    });

            assertThat(run.messages()).containsExactly(new StatusPipe.Message(7, 1234, List.of()));
        }
    }

    @Test
    void descriptorsComeWithAMessage() {
        var run =
                run(image -> {
                    var rights = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
                    rights.putLong(20).putInt(1).putInt(1).putInt(0);
                    var message = image.vector("", List.of(number(3), number(4)));
                    var vector = image.vector("", List.of(message, number(16)));
                    var control = image.bytes(rights.array(), "");
                    var header =
                            image.vector(
                                    "",
                                    List.of(
                                            NONE,
                                            NONE,
                                            vector,
                                            number(1),
                                            control,
                                            number(20),
                                            NONE));
                    image.must(
                            "",
                            SystemCall.SENDMSG,
                            number(LaunchImage.STATUS_DESCRIPTOR),
                            header,
                            NONE);
                    exit(image, 0);
                });
        var message = run.messages().getFirst();

        assertThat(message.kind()).isEqualTo(3);
        assertThat(message.descriptors()).hasSize(1).allMatch(descriptor -> descriptor > 2);
        message.descriptors().forEach(Descriptors::close);
    }

    @Test
    void aStartedImageHasNoSignalBlocked() {
        var run =
                run(image -> {
                    var blocked = image.slot("the blocked signals");
                    var none = image.label();
                    image.must("", SystemCall.RT_SIGPROCMASK, NONE, NONE, blocked, number(8));
                    image.ifEqual(blocked, 0, none);
                    exit(image, 1);
                    image.mark(none);
                    exit(image, 0);
                });

        assertThat(run.status()).isZero();
    }

    @Test
    void imagesStartHoweverManyDescriptorsTheCallerHas() {
        var open = new ArrayList<StatusPipe>();
        try {
            for (int i = 0; i < LaunchImage.STATUS_DESCRIPTOR; i++) {
                assertThat(run(image -> exit(image, 3)).status()).as(i + " more").isEqualTo(3);
                open.add(new StatusPipe());
            }
        } finally {
            open.forEach(StatusPipe::close);
        }
    }

    @Nested
    class TheBuilder {
        @Test
        void keepsEqualTextsAtOnePlace() {
            var image = ImageBuilder.begin(Architecture.X86_64);

            assertThat(image.text("/proc")).isEqualTo(image.text("/proc"));
            assertThat(image.text("/proc")).isNotEqualTo(image.text("/sys"));
        }

        @Test
        void refusesACallThatTheArchitectureLacks() {
            var image = ImageBuilder.begin(Architecture.AARCH64);

            assertThatThrownBy(() -> image.must("", SystemCall.OPEN))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @EnumSource
        void refusesALabelThatWasNeverPlaced(Architecture architecture) {
            var image = ImageBuilder.begin(architecture);
            image.jump(image.label());
            image.failureScript();

            assertThatThrownBy(image::build).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void explainsEachOperationButNoLoad() {
            var image = ImageBuilder.begin(Architecture.X86_64);
            image.copy(image.slot("a"), image.slot("b"));
            image.attempt("look", SystemCall.CHDIR, image.text("/x"));
            image.attempt("", SystemCall.PRCTL, number(0x80000));

            assertThat(image.build().explanation())
                    .containsExactly("look: chdir(`/x`)", "prctl(0x80000)");
        }

        @Test
        void namesNoOperationOutsideItsTable() {
            var image = ImageBuilder.begin(Architecture.X86_64).build();

            assertThat(image.operationAt(0)).isEqualTo("an unknown operation");
            assertThat(image.operationAt(0x50_0000)).isEqualTo("an unknown operation");
        }
    }

    private static Run run(Consumer<ImageBuilder> operations) {
        var builder = ImageBuilder.begin(Architecture.current());
        operations.accept(builder);
        builder.failureScript();
        var image = builder.build();
        try (var status = new StatusPipe();
                var file = MemoryFile.executable("test", image.file())) {
            var process = new Spawn().start(file, status.writingEnd());
            status.handedOver();
            var messages = new ArrayList<StatusPipe.Message>();
            for (var next = status.next(); next.isPresent(); next = status.next()) {
                messages.add(next.get());
            }
            return new Run(process.await(), messages, image);
        }
    }

    private static Operand.Place fork(ImageBuilder image) {
        return image.must("fork", SystemCall.CLONE, number(SIGCHLD), NONE, NONE, NONE, NONE);
    }

    private static void exit(ImageBuilder image, int code) {
        image.attempt("", SystemCall.EXIT_GROUP, number(code));
    }

    private static void killSelf(ImageBuilder image, int signal) {
        // No core file: the limit of 0 counts also where the system pipes cores to a program.
        var zero = image.bytes(new byte[16], "0");
        image.must("", SystemCall.PRLIMIT64, NONE, number(4), zero, NONE);
        var pid = image.must("", SystemCall.GETPID);
        image.must("", SystemCall.KILL, pid.content(), number(signal));
    }

    private static byte[] eight(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }
}
