package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.gateway.Listening.Connection;
import dev.clawhold.linux.Descriptors;
import dev.clawhold.linux.Epoll;
import dev.clawhold.linux.OffHeap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FlowTest {
    private static final int PATIENCE = 20_000;
    private static final int SILENCE = 200;
    private static final int SMALL = 4096;
    private static final int STREAM = 8 << 20;
    private static final int MORE_THAN_THE_KERNEL_KEEPS = 64 << 20;
    private static final int EVERYTHING =
            Epoll.READABLE | Epoll.WRITABLE | Epoll.HUNG_UP | Epoll.EDGE;

    private final Listening listening = Listening.tcp();
    private final Connection left = listening.connect();
    private final Connection right = listening.connect();
    private final Epoll epoll = new Epoll();
    private final OffHeap shared = new OffHeap(SMALL);
    private final long pipesBefore = pipes();

    FlowTest() {
        epoll.add(left.descriptor(), EVERYTHING);
        epoll.add(right.descriptor(), EVERYTHING);
    }

    @AfterEach
    void close() throws IOException {
        left.client().close();
        right.client().close();
        Descriptors.close(left.descriptor());
        Descriptors.close(right.descriptor());
        listening.close();
    }

    @Test
    void nothingToMoveMeansWaiting() {
        assertThat(there().move(shared)).isEqualTo(Flow.State.WAITING);
    }

    @Test
    void smallMessagesArriveAsTheyWereSent() throws Exception {
        var flow = there();
        for (int size : new int[] {1, 2, 1000, SMALL - 1, 1}) {
            var message = message(size);
            left.client().getOutputStream().write(message);

            assertThat(received(right, size, flow)).isEqualTo(message);
            assertThat(pipes()).isEqualTo(pipesBefore);
        }
    }

    @Test
    void aMessageThatFillsTheBufferGoesOnThroughAPipeUntilItRunsDry() throws Exception {
        var flow = there();
        left.client().getOutputStream().write(message(SMALL));
        assertThat(received(right, SMALL, flow)).isEqualTo(message(SMALL));
        assertThat(pipes()).isEqualTo(pipesBefore);

        var large = message(100 * SMALL + 17);
        var sent = run(() -> sendAll(left, large));
        assertThat(received(right, large.length, flow)).isEqualTo(large);
        assertThat(sent.get()).isEqualTo(large.length);

        left.client().getOutputStream().write(7);
        assertThat(received(right, 1, flow)).containsExactly(7);
        assertThat(pipes()).isEqualTo(pipesBefore);
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 5000", "3, 20000", "4, 300000"})
    void nothingIsLostOrReorderedEitherWay(long seed, int most) throws Exception {
        var sent =
                List.of(
                        run(() -> send(left, seed, most, STREAM)),
                        run(() -> send(right, -seed, most, STREAM)));
        var received = List.of(run(() -> digest(right)), run(() -> digest(left)));

        moveToTheEnd(List.of(there(), back()));

        for (int way = 0; way < 2; way++) {
            assertThat(received.get(way).get(PATIENCE, TimeUnit.MILLISECONDS))
                    .as("way %d, seed %d, messages up to %d bytes", way, seed, most)
                    .isEqualTo(sent.get(way).get(PATIENCE, TimeUnit.MILLISECONDS));
        }
        assertThat(pipes()).isEqualTo(pipesBefore);
    }

    @Test
    void aReaderThatIsSlowHoldsTheSenderBackUntilItReads() throws Exception {
        var flow = there();
        var sent = run(() -> send(left, 5, 300_000, MORE_THAN_THE_KERNEL_KEEPS));
        while (flow.move(shared) != Flow.State.WAITING || epoll.await(SILENCE) > 0) {
            // until neither bytes come nor room to send
        }
        assertThat(sent.isDone()).as("the sender has sent all, to a reader of nothing").isFalse();
        var received = run(() -> digest(right));
        moveToTheEnd(List.of(flow));

        assertThat(received.get(PATIENCE, TimeUnit.MILLISECONDS))
                .isEqualTo(sent.get(PATIENCE, TimeUnit.MILLISECONDS));
    }

    @Test
    void theEndOfOneDirectionIsPassedOnAndTheOtherGoesOn() throws Exception {
        var there = there();
        var back = back();
        left.client().getOutputStream().write(1);
        left.client().shutdownOutput();
        assertThat(moveWhile(() -> right.client().getInputStream().readAllBytes(), there, back))
                .containsExactly(1);
        assertThat(there.isEnded()).isTrue();
        assertThat(back.move(shared)).isEqualTo(Flow.State.WAITING);

        right.client().getOutputStream().write(2);
        right.client().shutdownOutput();
        assertThat(moveWhile(() -> left.client().getInputStream().readAllBytes(), there, back))
                .containsExactly(2);
        assertThat(back.isEnded()).isTrue();
        assertThat(there.move(shared)).isEqualTo(Flow.State.ENDED);
    }

    @Test
    void aSourceThatIsResetBreaksTheFlow() throws IOException {
        left.client().setSoLinger(true, 0);
        left.client().close();

        assertThat(moveWhileWaiting(there())).isEqualTo(Flow.State.BROKEN);
    }

    @ParameterizedTest
    @CsvSource({"10", "100000"})
    void aSinkThatIsGoneBreaksTheFlow(int size) throws IOException {
        right.client().setSoLinger(true, 0);
        right.client().close();
        left.client().getOutputStream().write(new byte[size]);

        var flow = there();
        assertThat(moveWhileWaiting(flow)).isEqualTo(Flow.State.BROKEN);
        flow.release();
        assertThat(pipes()).isEqualTo(pipesBefore);
    }

    private Flow there() {
        return new Flow(left.descriptor(), right.descriptor());
    }

    private Flow back() {
        return new Flow(right.descriptor(), left.descriptor());
    }

    /// Moves bytes until the work is done.
    private <T> T moveWhile(Callable<T> work, Flow... flows) throws Exception {
        var task = run(work);
        while (!task.isDone()) {
            boolean again = false;
            for (var flow : flows) {
                var state = flow.move(shared);
                assertThat(state).isNotEqualTo(Flow.State.BROKEN);
                again |= state == Flow.State.READY;
            }
            if (!again) {
                epoll.await(1);
            }
        }
        return task.get();
    }

    private Flow.State moveWhileWaiting(Flow flow) {
        var state = flow.move(shared);
        while (state == Flow.State.WAITING || state == Flow.State.READY) {
            if (state == Flow.State.WAITING) {
                assertThat(epoll.await(PATIENCE)).as("something to happen").isPositive();
            }
            state = flow.move(shared);
        }
        return state;
    }

    /// As the relay does it: every flow after each event, and again at once while one is ready.
    private void moveToTheEnd(List<Flow> flows) {
        while (!flows.stream().allMatch(Flow::isEnded)) {
            boolean again = false;
            for (var flow : flows) {
                var state = flow.move(shared);
                assertThat(state).isNotEqualTo(Flow.State.BROKEN);
                again |= state == Flow.State.READY;
            }
            if (!again && !flows.stream().allMatch(Flow::isEnded)) {
                assertThat(epoll.await(PATIENCE)).as("bytes or room").isPositive();
            }
        }
    }

    private byte[] received(Connection at, int size, Flow flow) throws Exception {
        var bytes = moveWhile(() -> at.client().getInputStream().readNBytes(size), flow);
        assertThat(moveWhileReady(flow)).isEqualTo(Flow.State.WAITING);
        return bytes;
    }

    private Flow.State moveWhileReady(Flow flow) {
        var state = flow.move(shared);
        while (state == Flow.State.READY) {
            state = flow.move(shared);
        }
        return state;
    }

    private static byte[] message(int size) {
        var message = new byte[size];
        new Random(size).nextBytes(message);
        return message;
    }

    private static int sendAll(Connection from, byte[] message) throws IOException {
        from.client().getOutputStream().write(message);
        return message.length;
    }

    /// Ends of pipes that this process holds.
    private static long pipes() {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(FlowTest::isPipe).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPipe(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (IOException _) {
            return false; // the listing's own
        }
    }

    private static String send(Connection connection, long seed, int most, int total)
            throws IOException, NoSuchAlgorithmException {
        var random = new Random(seed);
        var digest = MessageDigest.getInstance("SHA-256");
        var out = connection.client().getOutputStream();
        for (int rest = total; rest > 0; ) {
            var message = new byte[Math.min(rest, 1 + random.nextInt(most))];
            random.nextBytes(message);
            out.write(message);
            digest.update(message);
            rest -= Math.max(message.length, total / 3000);
        }
        connection.client().shutdownOutput();
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digest(Connection connection)
            throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        var portion = new byte[50_000];
        Socket client = connection.client();
        for (int n = client.getInputStream().read(portion);
                n >= 0;
                n = client.getInputStream().read(portion)) {
            digest.update(portion, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static <T> FutureTask<T> run(Callable<T> work) {
        var task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        return task;
    }
}
